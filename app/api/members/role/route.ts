import { ChangeMemberRole } from '@/lib/contracts/member';
import { write } from '@/lib/http/route';
import { changeMemberRole } from '@/lib/services/change-member-role';

export const POST = write({
  body: ChangeMemberRole,
  answer: ChangeMemberRole,
  may: 'manage-members',
  isConfirmed: true,
  run: changeMemberRole,
});
