import sql from 'sql-template-tag';

import { type Credits, credits } from '@/lib/domain/credits';
import type { Waiting } from '@/lib/domain/release-plan';

import type { AccountId } from './context';
import type { Queryable } from './database';

// More than anybody reads; the rest waits behind them anyway.
const MOST = 1_000;

/** What waits to be paid for, the oldest first, and what is available for it above the floor. */
export async function readWaiting(
  db: Queryable,
  accountId: AccountId,
): Promise<{ waiting: Waiting[]; room: Credits }> {
  const [waiting, [balance]] = await Promise.all([
    db.query<Waiting>(sql`
      SELECT reference, service, amount, purge_at AS "purgeAt" FROM operations
       WHERE account_id = ${accountId} AND state = 'pending_payment' AND purge_at > ledger.now()
       ORDER BY finished_at, reference LIMIT ${MOST}`),
    db.query<{ room: Credits }>(
      sql`SELECT balance - held - credit_floor AS room FROM balances WHERE account_id = ${accountId}`,
    ),
  ]);
  return { waiting, room: balance?.room ?? credits(0n) };
}
