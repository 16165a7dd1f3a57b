import { expect, test } from 'vitest';

import { resumeAutoTopUp, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import { type Database, inTransaction, openDatabase } from '@/lib/db/database';
import { pauseAutoTopUp } from '@/lib/services/pause-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { newMember } from '@/test/api/new-member';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { anAutomaticAccount } from '@/test/stripe/automatic-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { tellAutoTopUpChanged } from './tell-auto-top-up-changed';
import { tellAutoTopUpPaused } from './tell-auto-top-up-paused';
import { tellAutoTopUpResumed } from './tell-auto-top-up-resumed';
import { startWorker, type Worker } from './worker';

const { ledger } = await ledgerAndStripe();

async function anAccount(): Promise<{ accountId: AccountId; customer: string }> {
  const { ctx, customer } = await anAutomaticAccount(ledger);
  await newMember(ledger, ctx.accountId, 'owner');
  return { accountId: ctx.accountId, customer };
}

async function withTwoWorkers(work: () => Promise<void>): Promise<void> {
  const running: { worker: Worker; db: Database }[] = [];
  try {
    for (const databaseUrl of [ledger.urls.appUrl, ledger.urls.appUrl]) {
      const db = openDatabase(databaseUrl);
      running.push({ db, worker: await startWorker({ db, databaseUrl, schedule: [] }) });
    }
    await work();
  } finally {
    for (const { worker, db } of running) {
      await worker.stop();
      await db.close();
    }
  }
}

test('two workers and many looks top every account up once', async () => {
  const accounts = await Promise.all(Array.from({ length: 10 }, anAccount));
  await ledger.asOwner(
    `SELECT graphile_worker.add_job('run-due-auto-top-ups', '{}'::json) FROM generate_series(1, 8)`,
  );
  await withTwoWorkers(() =>
    expect
      .poll(() => ledger.asOwner('SELECT status, count(*)::int AS count FROM top_ups GROUP BY status'), {
        timeout: 25_000,
      })
      .toEqual([{ status: 'credited', count: 10 }]),
  );
  for (const { customer } of accounts) {
    const { data } = await stripeApi().charges.list({ customer });
    expect(data.map(({ status, amount }) => ({ status, amount }))).toEqual([
      { status: 'succeeded', amount: 20_00 },
    ]);
  }
  expect(await ledger.audit()).toEqual([]);
});

test('the owner is told of a pause once, and not of one that is over, or of a rule that is off', async () => {
  const { accountId } = await anAccount();
  const job = { accountId: accountId.toString() };
  const pause = () => inTransaction(ledger.db, (tx) => pauseAutoTopUp(tx, accountId, 'card-declined'));
  const queued = () =>
    ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `tell-auto-top-up-paused:${job.accountId}`,
    ]);
  await pause();
  expect(await queued()).toHaveLength(1);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await pause();
  expect(await queued()).toHaveLength(0);

  // The mail server of these tests does not exist: whoever tries to send is refused.
  const ctx = { db: ledger.db, now: new Date() };
  await expect(tellAutoTopUpPaused(ctx, job)).rejects.toThrow(/ECONNREFUSED/);
  const turn = async (enabled: boolean) => {
    const settings = { ...presetRule(dubbing), enabled, paymentMethod: null };
    await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  };
  await turn(false);
  await tellAutoTopUpPaused(ctx, job);
  await turn(true);
  await resumeAutoTopUp(ledger.db, accountId);
  await tellAutoTopUpPaused(ctx, job);
});

test('the owner is told of a change that was made, and that it goes on unless it has stopped again', async () => {
  const { accountId } = await anAccount();
  const account = accountId.toString();
  const ctx = { db: ledger.db, now: new Date() };
  // Whoever tries to send is refused.
  await expect(tellAutoTopUpChanged(ctx, { accountId: account, version: '1' })).rejects.toThrow(
    /ECONNREFUSED/,
  );
  await tellAutoTopUpChanged(ctx, { accountId: account, version: '2' });

  const resumed = { accountId: account, pausedAt: '1' };
  await expect(tellAutoTopUpResumed(ctx, resumed)).rejects.toThrow(/ECONNREFUSED/);
  await inTransaction(ledger.db, (tx) => pauseAutoTopUp(tx, accountId, 'card-declined'));
  await tellAutoTopUpResumed(ctx, resumed);
});
