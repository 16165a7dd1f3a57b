import sql from 'sql-template-tag';

import type { Calculation } from '@/lib/domain/calculation';
import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** What a caller sent beside a movement, and by which request. */
export type KeptMetadata = { request_id: string; given: Record<string, string> };

export type EntryRow = {
  seq: bigint;
  delta: Credits;
  balanceAfter: Credits;
  calculation: Calculation | null;
  metadata: KeptMetadata | null;
};

/** One line of the account's ledger with what is kept beside it; found by the key of its number alone, as in `_entry_of`. */
export async function findEntry(
  db: Queryable,
  { accountId, seq }: { accountId: AccountId; seq: bigint },
): Promise<EntryRow | null> {
  const [row] = await db.query<EntryRow>(sql`
    SELECT e.seq, e.delta, e.balance_after AS "balanceAfter", d.calculation, d.metadata
      FROM entries e LEFT JOIN entry_details d USING (account_id, seq)
     WHERE e.account_id = ${accountId} AND e.seq BETWEEN ${seq} AND ${seq}
     ORDER BY e.seq`);
  return row ?? null;
}
