/**
 * Customers of elizaOS were told that an automatic top-up had succeeded, and the credits waited for a webhook that could
 * fail to come (elizaOS 9321). Here the answer, the webhook and the reconciler each credit it, and one of them is enough.
 */
import { expect, test } from 'vitest';

import { catchUpStripeEvents } from '@/lib/jobs/catch-up-stripe-events';
import { reconcileRecentTopUps, reconcileTopUp } from '@/lib/jobs/reconcile-top-ups';
import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { anAutomaticBuyer, loseTheAnswer } from '@/test/stripe/automatic-account';
import { arrives } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

const { ledger, stripe } = await ledgerAndStripe();

const UNANSWERED = { code: 'payment_unavailable' };
const later = (minutes: number) => ({ db: ledger.db, now: new Date(Date.now() + minutes * 60_000) });

test('the answer alone credits it', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  await chargeAutoTopUp(buyer.ctx, buyer.key);
  await stripe.deliveries();
  expect(await buyer.entries()).toEqual(['topup']);
});

test('the webhook alone credits it', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  await stripe.deliveries();
  await loseTheAnswer(stripe, '/v1/invoices/*/pay');
  await expect(chargeAutoTopUp(buyer.ctx, buyer.key)).rejects.toMatchObject(UNANSWERED);
  expect(await buyer.entries()).toEqual([]);
  for (const delivery of await stripe.deliveries()) await arrives(ledger, delivery);
  expect(await buyer.entries()).toEqual(['topup']);
});

test('the reconciler alone credits it, by the payment’s objects', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  await loseTheAnswer(stripe, '/v1/invoices/*/pay');
  await expect(chargeAutoTopUp(buyer.ctx, buyer.key)).rejects.toMatchObject(UNANSWERED);
  await stripe.deliveries();
  await reconcileRecentTopUps(later(10));
  const { accountId, id } = buyer.key;
  await reconcileTopUp(later(10), { accountId: accountId.toString(), topUpId: id });
  expect(await buyer.entries()).toEqual(['topup']);
  expect(await buyer.charges()).toBe(1);
});

test('the five-minute look has an unanswered payment taken up again, which charges nothing twice', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  await loseTheAnswer(stripe, '/v1/invoices/*/pay');
  await expect(chargeAutoTopUp(buyer.ctx, buyer.key)).rejects.toMatchObject(UNANSWERED);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await catchUpStripeEvents(later(20));
  expect(
    await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `charge-auto-top-up:${buyer.key.accountId}:${buyer.key.id}`,
    ]),
  ).toHaveLength(1);
  await chargeAutoTopUp(buyer.ctx, buyer.key);
  expect(await buyer.entries()).toEqual(['topup']);
  expect(await buyer.charges()).toBe(1);
});

test('the scenario bites: paid and called done, without a webhook nothing is ever credited', async () => {
  const buyer = await anAutomaticBuyer(ledger);
  const invoice = await stripeApi().invoices.create({ customer: buyer.customer, currency: 'usd' });
  await stripeApi().invoiceItems.create({
    customer: buyer.customer,
    invoice: invoice.id,
    amount: 20_00,
    currency: 'usd',
  });
  const { status } = await stripeApi().invoices.pay(invoice.id, { payment_method: buyer.card });
  expect(status).toBe('paid');
  await stripe.deliveries();
  expect(await buyer.entries()).toEqual([]);
});
