import sql from 'sql-template-tag';

import type { MemberRole } from '@/lib/domain/member-role';

import type { AccountId } from './context';
import type { Tx } from './database';

export type MemberRow = { userId: string; role: MemberRole };
type OfAccount = { accountId: AccountId };

/** The owners of an account, and whoever else is named; all of them stay as they are until the transaction ends. */
export const lockMembers = (
  tx: Tx,
  { accountId, userIds }: OfAccount & { userIds: readonly string[] },
): Promise<MemberRow[]> =>
  tx.query(sql`
    SELECT user_id AS "userId", role FROM members
     WHERE account_id = ${accountId} AND (role = 'owner' OR user_id = ANY (${userIds}::uuid[]))
     ORDER BY user_id FOR UPDATE`);

export async function setRole(
  tx: Tx,
  { accountId, userId, role }: OfAccount & { userId: string; role: MemberRole },
): Promise<void> {
  await tx.query(sql`
    UPDATE members SET role = ${role}::member_role WHERE account_id = ${accountId} AND user_id = ${userId}`);
}

export async function deleteMember(
  tx: Tx,
  { accountId, userId }: OfAccount & { userId: string },
): Promise<void> {
  await tx.query(sql`DELETE FROM members WHERE account_id = ${accountId} AND user_id = ${userId}`);
}

/** Whoever is a member already stays what they are. */
export async function keepMember(tx: Tx, { accountId, userId, role }: OfAccount & MemberRow): Promise<void> {
  await tx.query(sql`
    INSERT INTO members (account_id, user_id, role) VALUES (${accountId}, ${userId}, ${role}::member_role)
    ON CONFLICT DO NOTHING`);
}
