import sql from 'sql-template-tag';

import type { MemberRole } from '@/lib/domain/member-role';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';
import { readSignedLink, signedLink } from './signed-link';

type OfRow = { accountId: AccountId; id: string };
/** When it was sent last, and until when its link is good. */
type Sending = { sentAt: Date; expiresAt: Date };

/** Pending: neither accepted nor revoked. It may have expired, and is listed until it is sent again or revoked. */
export type Pending = OfRow &
  Sending & { email: string; role: MemberRole; accountName: string; invitedBy: string };

/** What the mail carries: one row as it was sent last, so that a link of an earlier time ends with the next. */
export const invitationLink = (invitation: OfRow & Sending): string =>
  signedLink('invitation', invitation, invitation.expiresAt);

const PENDING = sql`accepted_at IS NULL AND revoked_at IS NULL`;

/** Keeps an invitation; null where that address has one that is still good. One that expired makes way. */
export async function keepInvitation(
  tx: Tx,
  invitation: OfRow & Sending & { email: string; role: MemberRole; invitedBy: string },
): Promise<OfRow | null> {
  const { accountId, id, email, role, invitedBy, sentAt, expiresAt } = invitation;
  const [kept] = await tx.query<OfRow>(sql`
    INSERT INTO invitations AS known (account_id, id, email, role, invited_by, sent_at, expires_at)
    VALUES (${accountId}, ${id}, ${email}, ${role}::member_role, ${invitedBy}, ${sentAt}, ${expiresAt})
    ON CONFLICT (account_id, email) WHERE ${PENDING} DO UPDATE
       SET role = EXCLUDED.role, invited_by = EXCLUDED.invited_by, sent_at = EXCLUDED.sent_at, expires_at = EXCLUDED.expires_at
     WHERE known.expires_at <= EXCLUDED.sent_at
    RETURNING account_id AS "accountId", id`);
  return kept ?? null;
}

/** Whether there was a pending one to send again, for as long as a new one; within one second too it is another link. */
export async function markSentAgain(
  tx: Tx,
  { accountId, id, sentAt, expiresAt }: OfRow & Sending,
): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE invitations SET sent_at = ${sentAt}, expires_at = greatest(${expiresAt}, expires_at + interval '1 second')
     WHERE account_id = ${accountId} AND id = ${id} AND ${PENDING}
    RETURNING id`);
  return rows.length > 0;
}

/** Whether there was one to revoke; its link opens nothing from now on. */
export async function markRevoked(
  db: Queryable,
  { accountId, id, now }: OfRow & { now: Date },
): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE invitations SET revoked_at = ${now}
     WHERE account_id = ${accountId} AND id = ${id} AND ${PENDING} RETURNING id`);
  return rows.length > 0;
}

const columns = sql`
  i.account_id AS "accountId", i.id, i.email, i.role, i.sent_at AS "sentAt", i.expires_at AS "expiresAt",
  a.name AS "accountName", coalesce(u.name, u.email) AS "invitedBy"
  FROM invitations i JOIN accounts a USING (account_id) JOIN users u ON u.id = i.invited_by`;

/** Whom an account awaits. */
export const listPending = (db: Queryable, accountId: AccountId): Promise<Pending[]> =>
  db.query(
    sql`SELECT ${columns} WHERE account_id = ${accountId} AND ${PENDING} ORDER BY i.sent_at DESC, i.id`,
  );

export async function findPending(db: Queryable, { accountId, id }: OfRow): Promise<Pending | null> {
  const [found] = await db.query<Pending>(
    sql`SELECT ${columns} WHERE account_id = ${accountId} AND i.id = ${id} AND ${PENDING}`,
  );
  return found ?? null;
}

/** The invitations that await an address and are still good. */
export const listPendingTo = (db: Queryable, email: string, now: Date): Promise<Pending[]> =>
  db.query(
    sql`SELECT ${columns} WHERE i.email = ${email} AND ${PENDING} AND i.expires_at > ${now} ORDER BY i.sent_at DESC`,
  );

/** What a link opens now; null where it was revoked, accepted, sent again since, has expired, or is none of ours. */
export async function findByLink(db: Queryable, link: string, now: Date): Promise<Pending | null> {
  const read = readSignedLink('invitation', link);
  if (read === null || now >= read.until) return null;
  const found = await findPending(db, read);
  return found !== null && found.expiresAt.getTime() === read.until.getTime() ? found : null;
}

/** Uses an invitation up: true for one caller, however many there are. */
export async function markAccepted(
  tx: Tx,
  { accountId, id, expiresAt, userId, now }: OfRow & { expiresAt: Date; userId: string; now: Date },
): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE invitations SET accepted_at = ${now}, accepted_by = ${userId}
     WHERE account_id = ${accountId} AND id = ${id} AND expires_at = ${expiresAt} AND ${PENDING} RETURNING id`);
  return rows.length > 0;
}
