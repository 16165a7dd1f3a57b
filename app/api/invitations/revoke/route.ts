import { InvitationById } from '@/lib/contracts/invitation';
import { write } from '@/lib/http/route';
import { revokeInvitation } from '@/lib/services/revoke-invitation';

export const POST = write({
  body: InvitationById,
  answer: InvitationById,
  may: 'manage-members',
  run: revokeInvitation,
});
