import sql from 'sql-template-tag';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** Accounts for which time has made something due: a hold, a grant, a pending operation. */
export async function dueAccounts(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(
    sql`SELECT account_id AS id FROM ledger.due_accounts(${limit})`,
  );
  return rows.map(({ id }) => id);
}

/** Ends what is due for one account. Twice, late or at once with another: the same. */
export async function expireAccount(db: Queryable, accountId: AccountId): Promise<void> {
  await db.query(sql`SELECT ledger.expire_account(${accountId})`);
}
