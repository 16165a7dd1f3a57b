/**
 * At flexprice the minute was part of an idempotency key, so that a retry in the next minute was another payment (flexprice
 * PR 1186 and 1400). Here keys are made of ids alone: a step that is repeated an hour later is the same step.
 */
import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { chargeAutoTopUp } from '@/lib/services/charge-auto-top-up';
import { startTopUp } from '@/lib/services/start-top-up';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { anAutomaticBuyer, loseTheAnswer } from '@/test/stripe/automatic-account';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

const { ledger, stripe } = await ledgerAndStripe();

const AN_HOUR = 3_600_000;
const AN_HOUR_LATER = () => new Date(Date.now() + AN_HOUR);

test.each(['/v1/invoices', '/v1/invoiceitems', '/v1/invoices/*/finalize', '/v1/invoices/*/pay'])(
  'an automatic payment whose answer to POST %s was lost goes on an hour later, and is one',
  async (path) => {
    const buyer = await anAutomaticBuyer(ledger);
    await loseTheAnswer(stripe, path);
    await chargeAutoTopUp(buyer.ctx, buyer.key).catch(() => undefined);
    stripe.sandbox.clock.move({ advance: AN_HOUR / 1_000 });
    await chargeAutoTopUp({ ...buyer.ctx, now: AN_HOUR_LATER() }, buyer.key);
    expect(await buyer.charges()).toBe(1);
    const { data } = await stripeApi().invoices.list({ customer: buyer.customer });
    expect(data).toHaveLength(1);
    expect(await buyer.entries()).toEqual(['topup']);
  },
);

test('a purchase pressed again an hour later has the same payment page', async () => {
  const buyer = await purchasesIn(ledger, stripe).aBuyer();
  const wanted = { id: randomUUID(), packageId: '500', savesCard: false };
  const { checkoutUrl } = await startTopUp(buyer, wanted);
  await ledger.asOwner(
    `UPDATE top_ups SET status = 'started', stripe_session = NULL, checkout_url = NULL WHERE id = $1`,
    [wanted.id],
  );
  expect(await startTopUp({ ...buyer, now: AN_HOUR_LATER() }, wanted)).toMatchObject({ checkoutUrl });
});

test('the scenario bites: with the minute in its key, the retry is a second invoice', async () => {
  const customer = await stripeApi().customers.create({ name: 'Acme' });
  const draft = (minute: number) =>
    stripeApi().invoices.create(
      { customer: customer.id, currency: 'usd' },
      { idempotencyKey: `topup/1/invoice/${minute}` },
    );
  const invoices = [await draft(1), await draft(2)].map(({ id }) => id);
  expect(new Set(invoices).size).toBe(2);
});
