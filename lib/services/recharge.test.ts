import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { findAutoTopUpRule, resumeAutoTopUp } from '@/lib/db/auto-top-up-rules';
import { type Database, openDatabase } from '@/lib/db/database';
import { charge } from '@/lib/db/ledger/charge';
import { AppError } from '@/lib/domain/app-error';
import { startWorker, type Worker } from '@/lib/jobs/worker';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dessert } from '@/price-books/dessert';
import { setEnvironment } from '@/test/environment';
import { anAutomaticAccount } from '@/test/stripe/automatic-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import type { MeterCtx } from './meter-ctx';
import { startOperation } from './start-operation';

const { ledger, stripe } = await ledgerAndStripe();
let workerDb: Database;
let worker: Worker;
beforeAll(async () => {
  setEnvironment({ DATABASE_URL: ledger.urls.appUrl, COFFER_PRICE_BOOK: 'dessert', ...stripe.address });
  workerDb = openDatabase(ledger.urls.appUrl);
  worker = await startWorker({ db: workerDb, databaseUrl: ledger.urls.appUrl, schedule: [] });
});
afterAll(async () => {
  await worker.stop();
  await workerDb.close();
});

async function anEmptyAccount(card: string): Promise<{ ctx: MeterCtx; customer: string }> {
  const { ctx: account, customer } = await anAutomaticAccount(ledger, { card, book: dessert });
  const { db } = ledger;
  const ctx = { ...account, apiKeyId: null, requestId: 'test', charge: charge.bind(null, db) };
  return { ctx, customer };
}

/** An ad of 15 credits, charged as it is accepted. */
const anAd = (ctx: MeterCtx) =>
  startOperation(ctx, {
    reference: randomUUID(),
    hash: Buffer.alloc(32, 1),
    service: 'full',
    quantities: {},
    holdSeconds: 60,
    metadata: {},
  });

/** A request that the machine was too slow for is sent again, as its refusal says. */
async function servedInTheEnd(ctx: MeterCtx): Promise<void> {
  try {
    await anAd(ctx);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'insufficient_credits') throw error;
    await servedInTheEnd(ctx);
  }
}

test('ten requests without credits wait for one payment and are all served', async () => {
  const { ctx, customer } = await anEmptyAccount('pm_card_visa');
  await Promise.all(Array.from({ length: 10 }, () => servedInTheEnd(ctx)));
  const { data } = await stripeApi().charges.list({ customer });
  expect(data.map(({ status, amount }) => ({ status, amount }))).toEqual([
    { status: 'succeeded', amount: 25_00 },
  ]);
  expect(await ledger.asOwner('SELECT balance FROM balances WHERE account_id = $1', [ctx.accountId])).toEqual(
    [{ balance: '100000000' }],
  );
  expect(await ledger.audit()).toEqual([]);
});

test('what is wrong with an older payment refuses a request for what it lacks, and does not fail it', async () => {
  const { ctx } = await anEmptyAccount('pm_card_chargeCustomerFail');
  await expect(anAd(ctx)).rejects.toMatchObject({ code: 'insufficient_credits' });
  await resumeAutoTopUp(ledger.db, ctx.accountId);
  await ledger.asOwner(
    `UPDATE top_ups SET stripe_invoice = 'in_nowhere', claimed_at = claimed_at - interval '2 hours' WHERE account_id = $1`,
    [ctx.accountId],
  );
  await expect(anAd(ctx)).rejects.toMatchObject({ code: 'insufficient_credits' });
});

test('a declined card refuses every request, is tried once, and pauses the rule', async () => {
  const { ctx, customer } = await anEmptyAccount('pm_card_chargeCustomerFail');
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => anAd(ctx)));
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'insufficient_credits' } });
  }
  await expect(anAd(ctx)).rejects.toMatchObject({ code: 'insufficient_credits' });
  expect((await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused).toBe('card-declined');
  expect((await stripeApi().charges.list({ customer })).data).toHaveLength(1);
});
