import sql from 'sql-template-tag';

import type { AcceptInvitation } from '@/lib/contracts/invitation';
import type { SessionCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { findByLink, markAccepted } from '@/lib/db/invitations';
import { keepMember } from '@/lib/db/members';
import { AppError } from '@/lib/domain/app-error';

/**
 * Makes the person a member of the account that invited their address, and goes over to it. A link works once; whoever is a
 * member already keeps the role that they have.
 */
export async function acceptInvitation(
  { db, now, userId, sessionId }: SessionCtx,
  { link }: AcceptInvitation,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const invitation = await findByLink(tx, link, now);
    if (!invitation) throw new AppError('not_found', 'This invitation is not open any more.');
    const [person] = await tx.query<{ email: string }>(sql`SELECT email FROM users WHERE id = ${userId}`);
    if (person?.email !== invitation.email)
      throw new AppError('forbidden', 'This invitation is for another e-mail address.');

    if (!(await markAccepted(tx, { ...invitation, userId, now })))
      throw new AppError('not_found', 'This invitation is not open any more.');
    const { accountId, role } = invitation;
    await keepMember(tx, { accountId, userId, role });
    await tx.query(
      sql`UPDATE sign_in_sessions SET account_id = ${accountId} WHERE id = ${sessionId} AND user_id = ${userId}`,
    );
  });
}
