import sql from 'sql-template-tag';

import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';

export type Member = { accountName: string; email: string };

/** Who acts for an account, as both are called. */
export async function readMember(
  db: Queryable,
  { accountId, userId }: { accountId: AccountId; userId: string },
): Promise<Member> {
  const [member] = await db.query<Member>(sql`
    SELECT a.name AS "accountName", u.email
      FROM members m JOIN accounts a USING (account_id) JOIN users u ON u.id = m.user_id
     WHERE m.account_id = ${accountId} AND m.user_id = ${userId}`);
  if (!member) throw new Error(`User ${userId} is no member of account ${accountId}`);
  return member;
}
