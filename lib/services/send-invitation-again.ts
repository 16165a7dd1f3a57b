import type { InvitationById } from '@/lib/contracts/invitation';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { findPending, markSentAgain } from '@/lib/db/invitations';
import { invitationEnds } from '@/lib/domain/invitation-term';

import { queueInvitation, refuseFlood } from './invite-member';
import { noSuchInvitation } from './refusals';

/** Mails an invitation once more, for another week; the link of the mail before it is none any more. */
export async function sendInvitationAgain(
  { db, now, accountId }: AccountCtx,
  { id }: InvitationById,
): Promise<InvitationById> {
  const pending = await findPending(db, { accountId, id });
  if (!pending) throw noSuchInvitation();
  await refuseFlood(db, pending.email);
  await inTransaction(db, async (tx) => {
    const isSent = await markSentAgain(tx, { accountId, id, sentAt: now, expiresAt: invitationEnds(now) });
    if (!isSent) throw noSuchInvitation();
    await queueInvitation(tx, { accountId, id, sentAt: now });
  });
  return { id };
}
