import sql from 'sql-template-tag';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** Accounts whose roll-ups do not reach their last entry, those that are farthest behind first. */
export async function accountsBehind(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(sql`SELECT account_id AS id FROM ledger.behind(${limit})`);
  return rows.map(({ id }) => id);
}

/**
 * Adds up to `most` of the next entries of each account to its roll-ups, and says how many it added in all. Twice, late
 * or at once with another worker: the same.
 */
export async function rollUp(db: Queryable, accounts: readonly AccountId[], most: number): Promise<bigint> {
  const [row] = await db.query<{ added: bigint }>(
    sql`SELECT ledger.roll_up(${[...accounts]}::bigint[], ${most}) AS added`,
    'ledger.roll_up',
  );
  return row?.added ?? 0n;
}
