import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

import { beforeEach, describe, expect, test } from 'vitest';

import type { MemberCtx } from '@/lib/db/context';
import { clawback } from '@/lib/db/ledger/correction';
import { credits } from '@/lib/domain/credits';
import { reconcileTopUp } from '@/lib/services/reconcile-top-up';
import { settleMoneyBack } from '@/lib/services/settle-money-back';
import { settleTopUp } from '@/lib/services/settle-top-up';
import { startTopUp } from '@/lib/services/start-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { topUp } from '@/test/database/ledger-account';
import { arrives, purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { auditAccount } from './audit-accounts';
import { catchUpStripeEvent, catchUpStripeEvents } from './catch-up-stripe-events';
import { handleStripeEvent } from './handle-stripe-event';
import { reconcileRecentTopUps, reconcileTopUp as reconcileJob } from './reconcile-top-ups';

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
beforeEach(async () => {
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
});

const CREDITED = [{ kind: 'topup', credits: 5000 }];
const MINUTE = 60_000;
/** By Stripe's clock, which these tests never move, so many minutes from now. */
const inMinutes = (minutes: number) => ({ db: ledger.db, now: new Date(Date.now() + minutes * MINUTE) });

const queued = async (name: string) =>
  (
    await ledger.asOwner<{ payload: Record<string, string> }>(
      `SELECT j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = $1 ORDER BY j.id`,
      [name],
    )
  ).map(({ payload }) => payload);
/** The five-minute look, and what it finds to do, as the worker does it. */
async function looks(minutes = 10) {
  await catchUpStripeEvents(inMinutes(minutes));
  for (const { eventId = '' } of await queued('catch-up-stripe-event'))
    await catchUpStripeEvent(inMinutes(minutes), { eventId });
}
async function looksByDay() {
  await reconcileRecentTopUps(inMinutes(10));
  for (const { accountId = '', topUpId = '' } of await queued('reconcile-top-up'))
    await reconcileJob(inMinutes(10), { accountId, topUpId });
}
const findingsAbout = (subject: string) =>
  ledger.asOwner<{ class: string; repaired: boolean }>(
    `SELECT class, repaired_at IS NOT NULL AS repaired FROM reconciliation_findings WHERE subject = $1`,
    [subject],
  );
const told = async ({ id }: { id: string }) =>
  (await queued('tell-correction')).filter(({ topUpId }) => topUpId === id).map(({ found }) => found);

describe('news that never came', () => {
  test('of a payment: it is credited once, and the buyer is told why it was late', async () => {
    const { buyer, id } = await shop.aPaidPurchase();
    await stripe.deliveries();
    await looks();
    await looks(20);
    expect(await shop.entriesOf(buyer)).toEqual(CREDITED);
    expect(await findingsAbout(id)).toEqual([{ class: 'paid-not-credited', repaired: true }]);
    expect(await told({ id })).toEqual(['paid-not-credited']);
  });

  test('is left alone while it may be on its way', async () => {
    const { buyer } = await shop.aPaidPurchase();
    await stripe.deliveries();
    await catchUpStripeEvents(inMinutes(0));
    expect(await queued('catch-up-stripe-event')).toEqual([]);
    expect(await shop.entriesOf(buyer)).toEqual([]);
  });

  test('and comes after all, at the same moment: it is credited once', async () => {
    const { buyer } = await shop.aPaidPurchase();
    const news = await stripe.deliveries();
    await Promise.all([looks(), ...news.map((delivery) => arrives(ledger, delivery))]);
    expect(await shop.entriesOf(buyer)).toEqual(CREDITED);
  });

  test('of a refund: it is taken back once, and the refund’s own mail tells of it', async () => {
    const { buyer, id, payment } = await shop.aCreditedPurchase();
    for (const delivery of await stripe.deliveries()) await arrives(ledger, delivery);
    await stripeApi().refunds.create({ payment_intent: payment, amount: 20_00 });
    await stripe.deliveries();
    await looks();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
    expect(await findingsAbout(id)).toEqual([{ class: 'refunded-not-clawed', repaired: true }]);
    expect(await told({ id })).toEqual([]);
    expect(await queued('tell-money-back')).toHaveLength(1);
  });

  test('that was kept and never handled is taken up again', async () => {
    const { buyer } = await shop.aPaidPurchase();
    await stripe.deliveries();
    await looks();
    await ledger.asOwner('UPDATE stripe_events SET handled_at = NULL');
    await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
    await catchUpStripeEvents(inMinutes(30));
    const again = await queued('handle-stripe-event');
    expect(again.length).toBeGreaterThan(0);
    for (const { eventId = '' } of again) await handleStripeEvent(inMinutes(30), { eventId });
    expect(await shop.entriesOf(buyer)).toEqual(CREDITED);
  });
});

test('an automatic payment without an end goes on where it stopped', async () => {
  const accountId = await ledger.newAccount();
  const id = randomUUID();
  await ledger.asOwner(
    `INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
     VALUES ($1, $2, 'auto', 'processing', '1', 1000000, 100, 'usd', now(), now())`,
    [accountId, id],
  );
  await catchUpStripeEvents(inMinutes(30));
  expect(await queued('charge-auto-top-up')).toEqual([{ accountId: accountId.toString(), topUpId: id }]);
  await ledger.asOwner(`UPDATE top_ups SET status = 'failed' WHERE id = $1`, [id]);
});

test('a purchase whose bank took its time comes to its end though the news of it never came', async () => {
  const buyer = await shop.aBuyer();
  const id = randomUUID();
  await startTopUp(buyer, { id, packageId: '5000', savesCard: false });
  const [row] = await ledger.asOwner<{ session: string }>(
    `UPDATE top_ups SET status = 'processing', created_at = created_at - interval '1 hour' WHERE id = $1
     RETURNING stripe_session AS session`,
    [id],
  );
  await stripeApi().checkout.sessions.expire(row?.session ?? '');
  await catchUpStripeEvents(inMinutes(0));
  expect(await queued('reconcile-top-up')).toEqual([{ accountId: buyer.accountId.toString(), topUpId: id }]);
  await reconcileJob(inMinutes(0), { accountId: buyer.accountId.toString(), topUpId: id });
  expect(await ledger.asOwner('SELECT status FROM top_ups WHERE id = $1', [id])).toEqual([
    { status: 'abandoned' },
  ]);
});

describe('the daily look, which needs no events', () => {
  test('credits what was paid', async () => {
    const { buyer, id } = await shop.aPaidPurchase();
    await looksByDay();
    await looksByDay();
    expect(await shop.entriesOf(buyer)).toEqual(CREDITED);
    expect(await told({ id })).toEqual(['paid-not-credited']);
  });

  test('takes back what was refunded', async () => {
    const { buyer, payment } = await shop.aCreditedPurchase();
    await stripeApi().refunds.create({ payment_intent: payment });
    await looksByDay();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
  });

  test('keeps what was paid for a purchase that is not there', async () => {
    const session = await stripeApi().checkout.sessions.create({
      mode: 'payment',
      customer: (await stripeApi().customers.create({ name: 'Acme' })).id,
      line_items: [
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 5_00, product_data: { name: 'x' } } },
      ],
      metadata: { topup_id: randomUUID(), account_id: '1' },
      success_url: 'http://app.test/',
    });
    expect(await stripe.pay(session.url ?? '', { email: 'a@example.com' })).toBe(303);
    await looksByDay();
    expect(await findingsAbout(session.id)).toEqual([{ class: 'paid-not-credited', repaired: false }]);
  });

  test('finds nothing where all is as it should be', async () => {
    const { id, payment, buyer } = await shop.aCreditedPurchase();
    await stripeApi().refunds.create({ payment_intent: payment, amount: 1_00 });
    await settleMoneyBack(buyer, payment);
    await looksByDay();
    expect(await findingsAbout(id)).toEqual([]);
  });
});

describe('what takes credits from a customer', () => {
  /** Credited by hand, as a thief or a bug might: no money was ever asked for. */
  async function unpaid(buyer: MemberCtx) {
    const id = await topUp(ledger, buyer.accountId, 500_000_000n);
    return { accountId: buyer.accountId, id };
  }

  test('is found and kept, and nothing is entered before a person says so', async () => {
    const buyer = await shop.aBuyer();
    const key = await unpaid(buyer);
    await looksByDay();
    expect(await findingsAbout(key.id)).toEqual([{ class: 'credited-not-paid', repaired: false }]);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 500, held: 0 });

    expect(await reconcileTopUp(inMinutes(10), key, 'none')).toMatchObject([
      { entry: -500_000_000n, isRepaired: false },
    ]);
    await Promise.all([1, 2, 3].map(() => reconcileTopUp(inMinutes(10), key, 'all')));
    expect(await shop.entriesOf(buyer)).toEqual([
      { kind: 'topup', credits: 500 },
      { kind: 'adjustment', credits: -500 },
    ]);
    expect(await findingsAbout(key.id)).toEqual([{ class: 'credited-not-paid', repaired: true }]);
    expect(await told(key)).toEqual(['credited-not-paid']);
    expect(await reconcileTopUp(inMinutes(10), key, 'all')).toEqual([]);
  });

  test('is not seen in what is paid and credited while Stripe is asked', async () => {
    const buyer = await shop.aBuyer();
    const id = randomUUID();
    const key = { accountId: buyer.accountId, id };
    const { checkoutUrl } = await startTopUp(buyer, { id, packageId: '5000', savesCard: false });
    let isPaid = false;
    const db: typeof ledger.db = {
      ...ledger.db,
      query: async (statement, name) => {
        if (!isPaid && statement.text.includes("kind = 'topup'")) {
          isPaid = true;
          await stripe.pay(checkoutUrl);
          await settleTopUp(buyer, key);
        }
        return ledger.db.query(statement, name);
      },
    };
    expect(await reconcileTopUp({ ...inMinutes(10), db }, key, 'all')).toEqual([]);
    expect(isPaid).toBe(true);
    expect(await shop.entriesOf(buyer)).toEqual(CREDITED);
  });

  test('is not seen where Stripe does not know what we name: it may be another Stripe', async () => {
    const { buyer, key } = await shop.aCreditedPurchase();
    await ledger.asOwner(`UPDATE top_ups SET stripe_session = 'cs_test_elsewhere' WHERE id = $1`, [key.id]);
    await expect(reconcileTopUp(inMinutes(10), key, 'all')).rejects.toThrow('No such checkout');
    expect(await shop.entriesOf(buyer)).toEqual(CREDITED);
    await ledger.asOwner(`UPDATE top_ups SET stripe_session = NULL, stripe_payment = NULL WHERE id = $1`, [
      key.id,
    ]);
    await ledger.asOwner(`UPDATE top_ups SET created_at = now() - interval '1 year' WHERE id = $1`, [key.id]);
  });

  test('one payment that bought two purchases is found', async () => {
    const { buyer, id, payment } = await shop.aCreditedPurchase();
    const twin = await unpaid(buyer);
    await ledger.asOwner(
      `UPDATE top_ups t SET stripe_payment = $1, stripe_session = NULL,
              stripe_invoice = (SELECT i.invoice FROM (SELECT $3::text AS invoice) i) WHERE id = $2`,
      [payment, twin.id, await paidInvoiceOf(payment)],
    );
    expect(await reconcileTopUp(inMinutes(10), twin, 'none')).toMatchObject([{ class: 'credited-twice' }]);
    expect(await reconcileTopUp(inMinutes(10), { accountId: buyer.accountId, id }, 'none')).toEqual([]);
    await reconcileTopUp(inMinutes(10), twin, 'all');
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 0 });
  });
  const paidInvoiceOf = async (payment: string) => {
    await stripe.deliveries();
    const found = await stripeApi().invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: payment },
    });
    const invoice = found.data[0]?.invoice;
    return typeof invoice === 'string' ? invoice : '';
  };

  test('a claw-back without a refund is given back', async () => {
    const { buyer, id, payment } = await shop.aCreditedPurchase();
    const { id: refund } = await stripeApi().refunds.create({ payment_intent: payment, amount: 1_00 });
    await settleMoneyBack(buyer, payment);
    await clawback(ledger.db, {
      accountId: buyer.accountId,
      amount: credits(7_000_000n),
      reference: `not ${refund}`,
      topUpId: id,
    });
    await looksByDay();
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 4900, held: 0 });
  });
});

test('an account whose sums are broken is found, too', async () => {
  const accountId = (await ledger.newAccount()).toString();
  await ledger.asOwner('UPDATE balances SET held = 1 WHERE account_id = $1', [accountId]);
  await auditAccount(inMinutes(0), { accountId });
  expect(await findingsAbout(`${accountId} I9 what is held is the sum of the open holds`)).toEqual([
    { class: 'drift', repaired: false },
  ]);
  await ledger.asOwner('UPDATE balances SET held = 0 WHERE account_id = $1', [accountId]);
});

describe('npm run reconcile', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      let said = '';
      const child = spawn(process.execPath, ['--import', 'tsx', 'bin/reconcile.ts', ...args], {
        env: process.env,
      });
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.on('close', (code) => resolve({ code, said }));
    });

  test('says what it would do and does nothing, until it is told to', { timeout: 120_000 }, async () => {
    const buyer = await shop.aBuyer();
    const id = await topUp(ledger, buyer.accountId, 500_000_000n);
    const unreadable = await shop.aPaidPurchase();
    await ledger.asOwner(`UPDATE top_ups SET stripe_session = 'cs_test_gone' WHERE id = $1`, [unreadable.id]);
    const dry = await run();
    expect(dry.said).toContain(
      `not compared · account ${unreadable.buyer.accountId} · top-up ${unreadable.id}`,
    );
    expect(dry.said).toContain(
      `credited-not-paid · account ${buyer.accountId} · top-up ${id} · entry of -500000000 · would be repaired`,
    );
    expect(dry.code).toBe(1);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 500, held: 0 });

    const wet = await run('--repair');
    expect(wet.said).toContain(`top-up ${id} · entry of -500000000 · repaired`);
    expect(await shop.balanceOf(buyer)).toEqual({ balance: 0, held: 0 });
    expect((await run()).said).not.toContain(id);
  });
});
