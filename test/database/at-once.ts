import { setTimeout as sleep } from 'node:timers/promises';

import { withClient } from '@/bin/support/postgres';
import type { AccountId } from '@/lib/db/context';

import type { LedgerFixture } from './ledger-fixtures';

const ARRIVED_WITHIN_MS = 20_000;

/** How many of a test's connections wait for a lock that another has. */
export async function waiting({ asOwner }: LedgerFixture): Promise<number> {
  const found = await asOwner(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return found.length;
}

/**
 * The worst moment there can be, every time: the account's row is locked until every call waits for it, and what a call
 * had read before is old when it goes on.
 */
export const atOnce = <T>(
  ledger: LedgerFixture,
  accountId: AccountId,
  calls: readonly (() => Promise<T>)[],
): Promise<T[]> =>
  withClient(ledger.urls.ownerUrl, async (holder) => {
    await holder.query('BEGIN');
    await holder.query('SELECT FROM balances WHERE account_id = $1 FOR NO KEY UPDATE', [accountId]);
    const outcomes = Promise.all(calls.map((call) => call()));
    let over = false;
    void outcomes.then(() => (over = true));
    const deadline = Date.now() + ARRIVED_WITHIN_MS;
    while ((await waiting(ledger)) < calls.length) {
      if (over || Date.now() > deadline) throw new Error('Not every call came to wait for the account');
      // A call that failed will not come.
      await Promise.race([outcomes, sleep(5)]);
    }
    await holder.query('COMMIT');
    return await outcomes;
  });
