/**
 * At Autumn, a worker that met a locked customer dropped the key that held back further top-ups, and put its job back: the
 * queue fed itself, and the card was asked again and again (Autumn PR 2536). Here a claim and a pause are rows: a worker
 * that cannot get the lock changes neither.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { openDatabase } from '@/lib/db/database';
import { runDueAutoTopUps } from '@/lib/jobs/auto-top-ups';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { runAutoTopUp } from '@/lib/services/run-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';
import { anAutomaticBuyer } from '@/test/stripe/automatic-buyer';
import { stripeFixture, type StripeFixture } from '@/test/stripe/stripe-fixture';

let ledger: LedgerFixture;
let stripe: StripeFixture;
beforeAll(async () => {
  ledger = await ledgerFixture();
  stripe = await stripeFixture(ledger.urls.appUrl);
});
afterAll(async () => {
  await ledger.close();
  await stripe.close();
});

const WORKERS = 6;
const SCHEDULED = { kind: 'scheduled' } as const;

/** What workers come to that wait for the account's lock and do not get it in time. */
async function contended<T>({ accountId }: AccountCtx, work: (db: AccountCtx['db']) => Promise<T>) {
  const hasty = openDatabase(ledger.urls.appUrl, { statement_timeout: 200 });
  try {
    return await withClient(ledger.urls.ownerUrl, async (holder) => {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM balances WHERE account_id = $1 FOR UPDATE', [accountId]);
      await holder.query('SELECT FROM auto_top_up_rules WHERE account_id = $1 FOR UPDATE', [accountId]);
      const outcomes = await Promise.allSettled(Array.from({ length: WORKERS }, () => work(hasty)));
      await holder.query('ROLLBACK');
      return outcomes.map(({ status }) => status);
    });
  } finally {
    await hasty.close();
  }
}
const jobsOf = async ({ accountId }: AccountCtx) =>
  (
    await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `run-auto-top-up:${accountId}`,
    ])
  ).length;

test('a decline that met locked accounts is asked for once, and stays paused', async () => {
  const { ctx, key, customer, card } = await anAutomaticBuyer(ledger);
  await stripe.sandbox.answer(
    new Request(`http://127.0.0.1/_sandbox/payment_methods/${card}/behaviour`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ outcome: 'insufficient_funds' }),
    }),
  );
  await chargeAutoTopUp(ctx, key);
  const outcomes = await contended(ctx, (db) => runAutoTopUp({ ...ctx, db }, SCHEDULED));
  expect(outcomes).toContain('rejected');

  expect((await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused).toBe('card-declined');
  for (let tick = 0; tick < 10; tick += 1) await runDueAutoTopUps(ctx);
  expect(await jobsOf(ctx)).toBe(0);
  expect((await runAutoTopUp(ctx, SCHEDULED)).decision).toMatchObject({ kind: 'wait' });
  expect((await stripeApi().charges.list({ customer })).data).toHaveLength(1);
});

test('a claim outlives workers that could not get the lock, and its queue holds one job', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  const { ctx, key } = buyer;
  await contended(ctx, (db) => runAutoTopUp({ ...ctx, db }, SCHEDULED));
  for (let tick = 0; tick < 10; tick += 1) await runDueAutoTopUps(ctx);
  expect(await jobsOf(ctx)).toBe(1);
  expect((await runAutoTopUp(ctx, SCHEDULED)).topUpId).toBe(key.id);
  await Promise.all([chargeAutoTopUp(ctx, key), chargeAutoTopUp(ctx, key)]);
  expect(await buyer.charges()).toBe(1);
  expect(await buyer.entries()).toEqual(['topup']);
});

test('the scenario bites: with a key that contention drops, each round is another charge', async () => {
  const { ctx, customer, card } = await anAutomaticBuyer(ledger);
  const held = new Set<string>();
  const attempt = async (db: AccountCtx['db']) => {
    if (held.has(customer)) return;
    held.add(customer);
    await stripeApi().paymentIntents.create({
      amount: 20_00,
      currency: 'usd',
      customer,
      payment_method: card,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    try {
      await db.pool.query('SELECT ledger.pause_auto_top_up($1, $2)', [ctx.accountId, 'card-declined']);
    } catch (error) {
      held.delete(customer);
      throw error;
    }
  };
  for (let round = 0; round < 3; round += 1) await contended(ctx, attempt);
  expect((await stripeApi().charges.list({ customer })).data).toHaveLength(3);
});
