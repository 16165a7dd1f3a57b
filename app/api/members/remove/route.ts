import { MemberById } from '@/lib/contracts/member';
import { write } from '@/lib/http/route';
import { removeMember } from '@/lib/services/remove-member';

export const POST = write({
  body: MemberById,
  answer: MemberById,
  may: 'manage-members',
  isConfirmed: true,
  run: removeMember,
});
