import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** What an account has, holds and all; below zero, what it owes. */
export async function readLedgerBalance(db: Queryable, accountId: AccountId): Promise<Credits> {
  const [row] = await db.query<{ balance: Credits }>(
    sql`SELECT balance FROM balances WHERE account_id = ${accountId}`,
  );
  if (!row) throw new Error(`Account ${accountId} has no balance`);
  return row.balance;
}
