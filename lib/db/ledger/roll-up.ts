import sql from 'sql-template-tag';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** Accounts with at least so many entries beyond their roll-ups, those that are farthest behind first. */
export async function accountsBehind(
  db: Queryable,
  { least, limit }: { least: number; limit: number },
): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(
    sql`SELECT account_id AS id FROM ledger.behind(${least}, ${limit})`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Adds up to `most` of the next entries of these accounts to their roll-ups, one account after another, and says how many
 * it added. Twice, late or at once with another worker: the same.
 */
export async function rollUp(db: Queryable, accounts: readonly AccountId[], most: number): Promise<bigint> {
  const [row] = await db.query<{ added: bigint }>(
    sql`SELECT ledger.roll_up(${[...accounts]}::bigint[], ${most}) AS added`,
    'ledger.roll_up',
  );
  return row?.added ?? 0n;
}
