import { randomUUID } from 'node:crypto';

import type { InvitationById, InviteMember } from '@/lib/contracts/invitation';
import type { AccountId, MemberCtx } from '@/lib/db/context';
import { type Database, inTransaction, type Tx } from '@/lib/db/database';
import { keepInvitation } from '@/lib/db/invitations';
import { enqueue } from '@/lib/db/queue';
import { type Limit, takeOne } from '@/lib/db/rate-limits';
import { AppError } from '@/lib/domain/app-error';
import { normalizeEmail } from '@/lib/domain/email-address';
import { invitationEnds } from '@/lib/domain/invitation-term';

/** Whoever is invited, and by however many accounts: nobody's mailbox is filled through us. */
const TO_PERSON: Limit = { name: 'invitation-to-person', most: 5, seconds: 86_400 };

/** Invites an address to be a member. The answer is the same whether anybody is known by it. */
export async function inviteMember(
  { db, now, accountId, userId }: MemberCtx,
  { email: given, role }: InviteMember,
): Promise<InvitationById> {
  const email = normalizeEmail(given);
  if (email === null) throw new AppError('invalid_input', 'This is no e-mail address.', { param: 'email' });
  const members = await db.prisma.member.count({ where: { accountId, user: { email } } });
  if (members > 0) throw new AppError('conflict', `${email} is a member of this account already.`);

  await refuseFlood(db, email);
  return inTransaction(db, async (tx) => {
    const id = randomUUID();
    const sending = { sentAt: now, expiresAt: invitationEnds(now) };
    const kept = await keepInvitation(tx, { accountId, id, email, role, invitedBy: userId, ...sending });
    if (!kept)
      throw new AppError('conflict', `${email} is invited already. Send that invitation again instead.`);
    await queueInvitation(tx, { accountId, id: kept.id, sentAt: now });
    return { id: kept.id };
  });
}

export async function refuseFlood(db: Database, email: string): Promise<void> {
  const seconds = await takeOne(db, TO_PERSON, email);
  if (seconds === null) return;
  throw new AppError(
    'rate_limited',
    'Several invitations were mailed to this address today. Try again tomorrow.',
    {
      retry_after_seconds: seconds,
    },
  );
}

export const queueInvitation = (
  tx: Tx,
  { accountId, id, sentAt }: { accountId: AccountId; id: string; sentAt: Date },
): Promise<void> =>
  enqueue(
    tx,
    { name: 'send-invitation', accountId: `${accountId}`, id, sentAt: sentAt.toISOString() },
    { key: `${accountId}:${id}:${sentAt.getTime()}` },
  );
