import { accountOfRow, type Ctx } from '@/lib/db/context';
import { findPending, invitationLink } from '@/lib/db/invitations';
import { invitationMail } from '@/lib/email/invitation-mail';
import { sendMail } from '@/lib/email/send-mail';
import { env } from '@/lib/env';

type Job = { accountId: string; id: string; sentAt: string };

/** Mails an invitation; nothing where it was accepted, revoked or sent again meanwhile. */
export async function sendInvitation({ db }: Ctx, job: Job): Promise<void> {
  const accountId = accountOfRow(BigInt(job.accountId));
  const invitation = await findPending(db, { accountId, id: job.id });
  if (invitation === null || invitation.sentAt.toISOString() !== job.sentAt) return;
  const { email: to, accountName, invitedBy, role } = invitation;
  const url = `${env().APP_URL}/invitations/${invitationLink(invitation)}`;
  await sendMail(await invitationMail({ to, accountName, invitedBy, role, url }));
}
