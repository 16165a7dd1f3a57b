import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { resetAllowance } from '@/lib/db/ledger/allowance';
import { hold } from '@/lib/db/ledger/hold';
import { finishOperation, startOperation } from '@/lib/db/ledger/operation';
import { closeSession, startSession } from '@/lib/db/ledger/session';
import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { wholeCredits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { choosePriceBook } from '@/test/environment';

import type { Worker } from './worker';

const START = new Date('2026-01-31T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let ledger: LedgerFixture;
let workers: { worker: Worker; db: Database }[];
beforeEach(async () => {
  ledger = await ledgerFixture();
  await stopClock(ledger.urls, START);
  workers = [];
});
afterEach(async () => {
  await Promise.all(
    workers.map(async ({ worker, db }) => {
      await worker.stop();
      await db.close();
    }),
  );
  vi.unstubAllEnvs();
  await ledger.close();
});

/** Two workers as two machines would run them, but for the clock's own ticks. */
async function twoWorkers(book: string): Promise<void> {
  await choosePriceBook(book);
  const { startWorker } = await import('./worker');
  for (const databaseUrl of [ledger.urls.appUrl, ledger.urls.appUrl]) {
    const db = openDatabase(databaseUrl);
    workers.push({ db, worker: await startWorker({ db, databaseUrl, schedule: [] }) });
  }
}

const clock = (after: number) =>
  ledger.asOwner('UPDATE clock SET now = $1', [new Date(START.getTime() + after)]);
/** Many looks at once: more than any clock would take. */
async function ticks(name: string): Promise<void> {
  await ledger.asOwner(`SELECT graphile_worker.add_job($1, '{}'::json) FROM generate_series(1, 8)`, [name]);
  await expect
    .poll(() => ledger.asOwner('SELECT task_identifier, last_error FROM graphile_worker.jobs'), {
      timeout: 25_000,
    })
    .toEqual([]);
}
const accounts = (count: number) => Promise.all(Array.from({ length: count }, () => ledger.newAccount()));
const entries = (kind: string) =>
  ledger.asOwner<{ account: string; delta: string }>(
    'SELECT account_id AS account, delta FROM entries WHERE kind = $1::entry_kind',
    [kind],
  );

describe('two workers at once', () => {
  test('end every hold, grant and waiting operation whose time has come, once', async () => {
    const all = await accounts(30);
    for (const accountId of all) {
      await gift(ledger, accountId, 10n, new Date(START.getTime() + DAY));
      await gift(ledger, accountId, 5n);
      await startOperation(ledger.db, { ...request(accountId, 'job', 0n), start: { by: 'gate' } });
      await finishOperation(ledger.db, request(accountId, 'job', 100n));
    }
    await clock(20 * DAY);
    for (const accountId of all) await hold(ledger.db, { ...request(accountId, 'held', 5n), seconds: 3600 });
    await clock(31 * DAY);
    await twoWorkers('dubbing');
    await ticks('expire-due-accounts');

    expect(await entries('expiry')).toHaveLength(30);
    const [left] = await ledger.asOwner(
      `SELECT (SELECT sum(held)::int FROM balances) AS held, (SELECT sum(balance)::int FROM balances) AS balance,
              (SELECT count(*)::int FROM operations WHERE state = 'purged') AS purged`,
    );
    expect(left).toEqual({ held: 0, balance: 150, purged: 30 });
    expect(await ledger.audit()).toEqual([]);
  });

  test('close every session past its time, once, with the full three hours charged', async () => {
    const all = await accounts(30);
    for (const [index, accountId] of all.entries()) {
      await gift(ledger, accountId, wholeCredits(1n));
      await startSession(ledger.db, {
        ...request(accountId, 'session', 0n),
        service: 'streaming',
        closesAfterMilliseconds: BigInt(3 * HOUR),
      });
      // Somebody ended every third one after an hour, and vanished before it was charged.
      if (index % 3 > 0) continue;
      await clock(HOUR);
      await closeSession(ledger.db, { accountId, reference: 'session', by: 'terminated' });
      await clock(0);
    }
    await clock(5 * HOUR);
    await twoWorkers('assemblyai');
    await ticks('close-due-sessions');

    const charged = await entries('consume');
    expect(new Set(charged.map(({ account }) => account)).size).toBe(30);
    expect(charged.map(({ delta }) => delta).toSorted()).toEqual([
      ...Array.from({ length: 10 }, () => '-150000'),
      ...Array.from({ length: 20 }, () => '-450000'),
    ]);
    expect(await ledger.audit()).toEqual([]);
  });

  test('give every account its month’s allowance, once, and take what the last one left', async () => {
    const all = await accounts(30);
    const amount = wholeCredits(2000n);
    for (const accountId of all.slice(0, 20)) {
      const period = allowancePeriodOf(START, START);
      await resetAllowance(ledger.db, { accountId, amount, period });
    }
    await ledger.asOwner('UPDATE clock SET now = $1', [new Date('2026-02-28T00:00:00Z')]);
    await twoWorkers('audiopod');
    await ticks('give-due-allowances');

    expect(await entries('allowance')).toHaveLength(50);
    expect(await entries('expiry')).toHaveLength(20);
    const balances = await ledger.asOwner<{ balance: string }>('SELECT DISTINCT balance FROM balances');
    expect(balances).toEqual([{ balance: amount.toString() }]);
    expect(await ledger.audit()).toEqual([]);
  });

  test('audit what changed and what a day has passed over, and freeze what is broken', async () => {
    const [sound, broken] = await accounts(2);
    const frozen = () =>
      ledger.asOwner<{ account_id: string; frozen_because: string }>(
        'SELECT account_id, frozen_because FROM accounts WHERE frozen_at IS NOT NULL',
      );
    if (sound === undefined || broken === undefined) throw new Error('no accounts');
    await Promise.all([sound, broken].map((accountId: AccountId) => gift(ledger, accountId, 5n)));
    await twoWorkers('dubbing');
    await ticks('audit-due-accounts');
    expect(await frozen()).toEqual([]);
    expect(await ledger.asOwner('SELECT seq FROM audit_marks')).toEqual([{ seq: '1' }, { seq: '1' }]);

    await ledger.asOwner('UPDATE balances SET held = 1 WHERE account_id = $1', [broken]);
    await ticks('audit-due-accounts');
    expect(await frozen()).toEqual([]);
    await clock(DAY);
    await ticks('audit-due-accounts');
    expect(await frozen()).toEqual([
      {
        account_id: String(broken),
        frozen_because: 'I9 what is held is the sum of the open holds: 1, holds say 0',
      },
    ]);
  });

  test('audit an account as soon as anything was entered on it, and say what is broken', async () => {
    const [accountId] = await accounts(1);
    if (accountId === undefined) throw new Error('no account');
    await twoWorkers('dubbing');
    const { log } = await import('@/lib/log');
    const errors = vi.spyOn(log, 'error');
    await ticks('audit-due-accounts');
    expect(errors).not.toHaveBeenCalled();
    await ledger.asOwner('UPDATE balances SET balance = balance + 1 WHERE account_id = $1', [accountId]);
    await gift(ledger, accountId, 5n);
    await ticks('audit-due-accounts');
    expect(await ledger.asOwner('SELECT frozen_because FROM accounts')).toMatchObject([
      { frozen_because: expect.stringMatching(/^I1 /) as string },
    ]);
    expect(errors).toHaveBeenCalledWith(
      {
        invariant: 'I1 the balance is the sum of the entries',
        accountId: String(accountId),
        detail: '6, entries say 5',
      },
      'the ledger is broken',
    );
  });
});

test('a job that fails keeps its pauses, whatever the ticks find; one that was given up is begun anew', async () => {
  const [accountId] = await accounts(1);
  if (accountId === undefined) throw new Error('no account');
  await gift(ledger, accountId, 5n, new Date(START.getTime() + HOUR));
  await clock(DAY);
  await choosePriceBook('dubbing');
  const { expireDueAccounts } = await import('./expire-accounts');
  const find = () => expireDueAccounts({ db: ledger.db, now: START });
  const queued = () =>
    ledger.asOwner(
      'SELECT task_identifier AS task, attempts, run_at > now() AS waits FROM graphile_worker.jobs',
    );
  await find();
  expect(await queued()).toEqual([{ task: 'expire-account', attempts: 0, waits: false }]);
  await ledger.asOwner(
    `UPDATE graphile_worker._private_jobs SET attempts = 3, run_at = now() + interval '1 hour'`,
  );
  await find();
  expect(await queued()).toEqual([{ task: 'expire-account', attempts: 3, waits: true }]);
  await ledger.asOwner('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');
  await find();
  expect(await queued()).toContainEqual({ task: 'expire-account', attempts: 0, waits: false });
});

test('the clock’s ticks are known to the queue, each once however many workers', async () => {
  await choosePriceBook('dubbing');
  const { startWorker } = await import('./worker');
  for (const databaseUrl of [ledger.urls.appUrl, ledger.urls.appUrl]) {
    const db = openDatabase(databaseUrl);
    workers.push({ db, worker: await startWorker({ db, databaseUrl }) });
  }
  await expect
    .poll(() => ledger.asOwner('SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY 1'))
    .toEqual(
      [
        'audit-due-accounts',
        'catch-up-stripe-events',
        'close-due-sessions',
        'expire-due-accounts',
        'find-coming-purges',
        'find-due-bills',
        'find-expiring-cards',
        'find-expiring-credits',
        'find-low-balances',
        'forget-old-rows',
        'give-due-allowances',
        'prune-sign-ins',
        'reconcile-recent-top-ups',
        'run-due-auto-top-ups',
        'seal-secrets-anew',
      ].map((identifier) => ({ identifier })),
    );
});
