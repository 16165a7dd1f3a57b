import { setTimeout as sleep } from 'node:timers/promises';

import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { accountsBehind, rollUp } from '@/lib/db/ledger/roll-up';
import { log } from '@/lib/log';

const PAUSE_MS = 10_000;
// What is not rolled up is read from the entries, and so many are read in a millisecond or two. Fewer are left to gather,
// so that an account's day is written a few times and not every ten seconds.
const WORTH_ROLLING_UP = 200;
const MOST_ACCOUNTS = 20_000;
const ACCOUNTS_AT_ONCE = 100;
// A statement of well under a second, so that it neither times out nor keeps a stop waiting.
const ENTRIES_AT_ONCE = 5_000;

type Options = { pauseMs?: number; leastBehind?: number };

/** `stop` returns when the statement that runs has ended. */
export type RollingUp = { stop: () => Promise<void> };

/** Rolls up what accounts used, round after round. Each process may: an account that one has is left alone by the others. */
export function keepRollingUp(
  db: Queryable,
  { pauseMs = PAUSE_MS, leastBehind = WORTH_ROLLING_UP }: Options = {},
): RollingUp {
  const stopping = new AbortController();
  const rounds = rollUntil(db, { pauseMs, leastBehind, signal: stopping.signal });
  return {
    async stop() {
      stopping.abort();
      await rounds;
    },
  };
}

async function rollUntil(
  db: Queryable,
  { pauseMs, leastBehind, signal }: Required<Options> & { signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await rollUpAll(db, { leastBehind, signal });
    } catch (error) {
      // The database is away, or one round met something; the next begins where the last statement that succeeded ended.
      log.warn({ err: error }, 'usage was not rolled up; the next round tries again');
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One round over all accounts that are behind. Those that go on meanwhile have their turn in the next. */
async function rollUpAll(
  db: Queryable,
  { leastBehind, signal }: { leastBehind: number; signal: AbortSignal },
): Promise<void> {
  const behind = await accountsBehind(db, { least: leastBehind, limit: MOST_ACCOUNTS });
  for (let start = 0; start < behind.length; start += ACCOUNTS_AT_ONCE) {
    await catchUp(db, behind.slice(start, start + ACCOUNTS_AT_ONCE), signal);
  }
}

/** Until less was left than is added at once. */
async function catchUp(db: Queryable, accounts: readonly AccountId[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const added = await rollUp(db, accounts, ENTRIES_AT_ONCE);
    if (added < BigInt(ENTRIES_AT_ONCE)) return;
  }
}
