import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { cents } from '@/lib/domain/credits';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { arrives, purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { refundPurchase } from './refund-purchase';

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
beforeAll(async () => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
});

const wanted = (topUpId: string, amount: bigint, id: string = randomUUID()) => ({
  id,
  topUpId,
  amount: cents(amount),
  reason: null,
  memo: null,
});

test('a refund has a credit note with a PDF, and takes back what it had bought', async () => {
  const { buyer, id, invoice } = await shop.aCreditedPurchase();
  const { creditNote } = await refundPurchase(buyer, wanted(id, 20_00n));
  expect(await stripeApi().creditNotes.retrieve(creditNote)).toMatchObject({
    invoice,
    total: 20_00,
    pdf: expect.stringMatching(/^http/),
  });
  expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
});

test('the same refund asked for twice, even at once, is one', async () => {
  const { buyer, id, payment } = await shop.aCreditedPurchase();
  const same = wanted(id, 20_00n);
  const [one, other] = await Promise.all([refundPurchase(buyer, same), refundPurchase(buyer, same)]);
  expect(one).toEqual(other);
  expect(await refundPurchase(buyer, same)).toEqual(one);
  expect((await stripeApi().refunds.list({ payment_intent: payment })).data).toHaveLength(1);
  expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
});

test('more than is left is refused, and changes nothing', async () => {
  const { buyer, id } = await shop.aCreditedPurchase();
  await refundPurchase(buyer, wanted(id, 20_00n));
  await expect(refundPurchase(buyer, wanted(id, 30_01n))).rejects.toMatchObject({ code: 'conflict' });
  expect(await shop.balanceOf(buyer)).toEqual({ balance: 3000, held: 0 });
});

test('a purchase of another account is not there', async () => {
  const { id } = await shop.aCreditedPurchase();
  await expect(refundPurchase(await shop.aBuyer(), wanted(id, 1n))).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a purchase that was not paid cannot be refunded', async () => {
  const { buyer, id } = await shop.aPaidPurchase();
  await expect(refundPurchase(buyer, wanted(id, 1n))).rejects.toMatchObject({ code: 'conflict' });
});

test('after all of it the ledger is sound', async () => {
  expect(await ledger.audit()).toEqual([]);
});

test('a refund that the bank sent back is not called done when it is asked for again; another one is made', async () => {
  const { buyer, id, payment } = await shop.aCreditedPurchase({ number: '4000000000005126' });
  const same = wanted(id, 20_00n);
  await refundPurchase(buyer, same);
  await stripe.lever('clock', { advance: 86_400 });
  for (const delivery of await stripe.deliveries()) await arrives({ db: ledger.db }, delivery);
  const refunds = async () =>
    (await stripeApi().refunds.list({ payment_intent: payment })).data.map(({ status }) => status);
  expect(await refunds()).toEqual(['failed']);
  await expect(refundPurchase(buyer, same)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('sent this refund back') as string,
  });
  expect(await shop.balanceOf(buyer)).toEqual({ balance: 5000, held: 0 });
  await refundPurchase(buyer, wanted(id, 20_00n));
  expect(await refunds()).toHaveLength(2);
  await stripe.lever('clock', { offset: 0 });
});
