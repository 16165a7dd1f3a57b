import sql, { type Sql } from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

/** Who stands for an account where its program bought something: the first of its owners. */
export const firstOwnerOf = (accountId: Sql): Sql => sql`(
  SELECT user_id FROM members WHERE account_id = ${accountId} AND role = 'owner' ORDER BY created_at, user_id LIMIT 1)`;

export type Buyer = { accountName: string; email: string | null };

/** An account and who buys for it; without an e-mail where a program does and the account has no owner. */
export async function findBuyer(
  db: Queryable,
  { accountId, userId }: { accountId: AccountId; userId: string | null },
): Promise<Buyer | null> {
  const [buyer] = await db.query<Buyer>(sql`
    SELECT a.name AS "accountName", u.email
      FROM accounts a
      LEFT JOIN members m ON m.account_id = a.account_id
            AND m.user_id = coalesce(${userId}::uuid, ${firstOwnerOf(sql`a.account_id`)})
      LEFT JOIN users u ON u.id = m.user_id
     WHERE a.account_id = ${accountId}`);
  return buyer ?? null;
}

/** Who hears what becomes of an account's credits: its owners, and those who see to its billing. */
export async function listPayerEmails(db: Queryable, accountId: AccountId): Promise<string[]> {
  const rows = await db.query<{ email: string }>(sql`
    SELECT u.email FROM members m JOIN users u ON u.id = m.user_id AND u.disabled_at IS NULL
     WHERE m.account_id = ${accountId} AND m.role IN ('owner', 'billing') ORDER BY u.email`);
  return rows.map(({ email }) => email);
}
