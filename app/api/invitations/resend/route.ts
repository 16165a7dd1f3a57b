import { InvitationById } from '@/lib/contracts/invitation';
import { write } from '@/lib/http/route';
import { sendInvitationAgain } from '@/lib/services/send-invitation-again';

export const POST = write({
  body: InvitationById,
  answer: InvitationById,
  may: 'manage-members',
  isConfirmed: true,
  run: sendInvitationAgain,
});
