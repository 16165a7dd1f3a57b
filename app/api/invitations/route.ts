import { InvitationById, Invitations, InviteMember } from '@/lib/contracts/invitation';
import { Nothing } from '@/lib/contracts/nothing';
import { read, write } from '@/lib/http/route';
import { inviteMember } from '@/lib/services/invite-member';
import { readInvitations } from '@/lib/views/invitations';

export const GET = read({ may: 'look', input: Nothing, answer: Invitations, run: readInvitations });
export const POST = write({
  body: InviteMember,
  answer: InvitationById,
  may: 'manage-members',
  isConfirmed: true,
  limit: { name: 'invitations-of-account', most: 50, seconds: 86_400 },
  run: inviteMember,
});
