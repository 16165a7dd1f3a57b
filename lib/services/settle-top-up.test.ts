import { randomUUID } from 'node:crypto';

import { beforeEach, describe, expect, test } from 'vitest';

import type { MemberCtx } from '@/lib/db/context';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { purchasesIn, arrives } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { leaveCheckout } from './leave-checkout';
import { returnFromCheckout } from './return-from-checkout';
import { settleTopUp } from './settle-top-up';
import { startTopUp } from './start-top-up';

const { ledger, stripe } = await ledgerAndStripe();
beforeEach(() => {
  stripe.sandbox.switches.checkoutInvoice = 'after_completed_event';
});

const { aBuyer } = purchasesIn(ledger, stripe);

async function aPurchase() {
  const buyer = await aBuyer();
  const id = randomUUID();
  const { checkoutUrl } = await startTopUp(buyer, { id, packageId: '5000', savesCard: false });
  return { buyer, id, checkoutUrl, key: { accountId: buyer.accountId, id } };
}

async function aPaidPurchase() {
  const purchase = await aPurchase();
  await stripe.deliveries();
  expect(await stripe.pay(purchase.checkoutUrl)).toBe(303);
  return { ...purchase, news: await stripe.deliveries() };
}

const entriesOf = ({ accountId }: MemberCtx) =>
  ledger.asOwner<{ kind: string; delta: string }>('SELECT kind, delta FROM entries WHERE account_id = $1', [
    accountId,
  ]);
const topUpOf = async ({ id }: { id: string }) => {
  const [row] = await ledger.asOwner<{
    status: string;
    stripe_session: string | null;
    stripe_invoice: string | null;
    stripe_payment: string | null;
  }>('SELECT status, stripe_session, stripe_invoice, stripe_payment FROM top_ups WHERE id = $1', [id]);
  return row;
};
const receiptsQueuedFor = async ({ id }: { id: string }) =>
  (await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key LIKE $1', [`send-receipt:%:${id}`]))
    .length;
const customerOf = async ({ accountId }: MemberCtx) => {
  const [row] = await ledger.asOwner<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1 ORDER BY created_at DESC',
    [accountId],
  );
  return row?.customer ?? '';
};
const CREDITED = [{ kind: 'topup', delta: '5000000000' }];

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) =>
        permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
      );

const TOLD_BY = [
  'checkout.session.completed',
  'payment_intent.succeeded',
  'invoice.paid',
  'the way back',
] as const;

describe('a paid purchase', () => {
  test.each(permutations(TOLD_BY).map((order) => ({ order, told: order.join(', ') })))(
    'is credited once when told by $told',
    async ({ order }) => {
      const { buyer, id, news } = await aPaidPurchase();
      for (const teller of order) {
        if (teller === 'the way back')
          await returnFromCheckout(buyer, (await topUpOf({ id }))?.stripe_session ?? '');
        for (const delivery of news.filter(({ type }) => type === teller)) await arrives(buyer, delivery);
      }
      expect(await entriesOf(buyer)).toEqual(CREDITED);
      expect(await topUpOf({ id })).toMatchObject({
        status: 'credited',
        stripe_invoice: expect.stringMatching(/^in_/),
        stripe_payment: expect.stringMatching(/^pi_/),
      });
      expect(await receiptsQueuedFor({ id })).toBe(1);
    },
  );

  test('is credited once when everything arrives three times and at once', async () => {
    const { buyer, id, key, news } = await aPaidPurchase();
    const session = (await topUpOf({ id }))?.stripe_session;
    await Promise.all(
      [1, 2, 3].flatMap(() => [
        ...news.map((delivery) => arrives(buyer, delivery)),
        settleTopUp(buyer, key),
        returnFromCheckout(buyer, session ?? ''),
      ]),
    );
    expect(await entriesOf(buyer)).toEqual(CREDITED);
    expect(await receiptsQueuedFor({ id })).toBe(1);
    expect(await ledger.audit()).toEqual([]);
  });

  test('gets its invoice even when Stripe makes it later', async () => {
    stripe.sandbox.switches.checkoutInvoice = 'seconds_later';
    const { buyer, id, key, news } = await aPaidPurchase();
    await settleTopUp(buyer, key);
    for (const delivery of news) await arrives(buyer, delivery);
    expect(await topUpOf({ id })).toMatchObject({ status: 'credited', stripe_invoice: null });

    stripe.sandbox.clock.move({ advance: 10 });
    const later = await stripe.deliveries();
    expect(later.map(({ type }) => type)).toContain('invoice.paid');
    for (const delivery of later) await arrives(buyer, delivery);
    expect(await topUpOf({ id })).toMatchObject({ stripe_invoice: expect.stringMatching(/^in_/) });
    expect(await entriesOf(buyer)).toEqual(CREDITED);
  });

  test('is credited although we crashed before remembering its payment page', async () => {
    const { buyer, id, checkoutUrl } = await aPurchase();
    await ledger.asOwner(
      `UPDATE top_ups SET status = 'started', stripe_session = NULL, checkout_url = NULL WHERE id = $1`,
      [id],
    );
    await stripe.deliveries();
    await stripe.pay(checkoutUrl);
    for (const delivery of await stripe.deliveries()) await arrives(buyer, delivery);
    expect(await topUpOf({ id })).toMatchObject({
      status: 'credited',
      stripe_session: expect.stringMatching(/^cs_/),
    });
    expect(await entriesOf(buyer)).toEqual(CREDITED);
  });
});

describe('a purchase that is not paid', () => {
  test('credits nothing, whoever asks', async () => {
    const { buyer, id, key } = await aPurchase();
    await settleTopUp(buyer, key);
    await returnFromCheckout(buyer, (await topUpOf({ id }))?.stripe_session ?? '');
    for (const delivery of await stripe.deliveries()) await arrives(buyer, delivery);
    expect(await entriesOf(buyer)).toEqual([]);
    expect(await topUpOf({ id })).toMatchObject({ status: 'open' });
  });

  test('credits nothing when the card is declined, and can still be paid', async () => {
    const { buyer, id, key, checkoutUrl } = await aPurchase();
    expect(await stripe.pay(checkoutUrl, { number: '4000000000000002' })).toBe(402);
    await settleTopUp(buyer, key);
    expect(await topUpOf({ id })).toMatchObject({ status: 'open' });

    await stripe.pay(checkoutUrl);
    await settleTopUp(buyer, key);
    expect(await entriesOf(buyer)).toEqual(CREDITED);
  });

  test('is abandoned when its page expires, and a new one can be started', async () => {
    const { buyer, id } = await aPurchase();
    stripe.sandbox.clock.move({ advance: 25 * 60 * 60 });
    for (const delivery of await stripe.deliveries()) await arrives(buyer, delivery);
    expect(await topUpOf({ id })).toMatchObject({ status: 'abandoned' });
    await expect(startTopUp(buyer, { id, packageId: '5000', savesCard: false })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(
      (await startTopUp(buyer, { id: randomUUID(), packageId: '5000', savesCard: false })).checkoutUrl,
    ).toMatch(/^http/);
  });
});

describe('without any news from Stripe', () => {
  test('an expired page is noticed when the same purchase is pressed again', async () => {
    const { buyer, id } = await aPurchase();
    stripe.sandbox.clock.move({ advance: 25 * 60 * 60 });
    await expect(startTopUp(buyer, { id, packageId: '5000', savesCard: false })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('You were not charged'),
    });
  });

  test('whoever left the page unpaid was not charged', async () => {
    const { buyer, id } = await aPurchase();
    expect(await leaveCheckout(buyer, id)).toEqual({ kind: 'not-charged', packageId: '5000' });
  });

  test('whoever left the page in one window and paid in another is credited', async () => {
    const { buyer, id } = await aPaidPurchase();
    expect(await leaveCheckout(buyer, id)).toMatchObject({ kind: 'paid' });
    expect(await entriesOf(buyer)).toEqual(CREDITED);
  });

  test('nobody learns of another account’s purchase', async () => {
    const { id } = await aPaidPurchase();
    expect(await leaveCheckout(await aBuyer(), id)).toEqual({ kind: 'unknown' });
  });
});

describe('a stranger', () => {
  test('cannot be credited by a page of another account', async () => {
    const { id } = await aPaidPurchase();
    const stranger = await aBuyer();
    expect(await returnFromCheckout(stranger, (await topUpOf({ id }))?.stripe_session ?? '')).toBeNull();
    expect(await entriesOf(stranger)).toEqual([]);
  });

  test('cannot pay a cheap page of their own for somebody else’s dear purchase', async () => {
    const dear = await aPurchase();
    const cheap = await aPaidPurchase();
    const { customer } =
      stripe.sandbox.store.checkout_sessions.get((await topUpOf(cheap))?.stripe_session ?? '') ?? {};
    const forged = await stripeApi().checkout.sessions.create({
      mode: 'payment',
      customer: String(customer),
      line_items: [
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 5_00, product_data: { name: 'x' } } },
      ],
      metadata: { topup_id: dear.id, account_id: dear.buyer.accountId.toString() },
      success_url: 'http://app.test/',
    });
    await stripe.deliveries();
    await stripe.pay(forged.url ?? '');
    const completed = (await stripe.deliveries()).find(({ type }) => type === 'checkout.session.completed');
    if (!completed) throw new Error('the forged page was not paid');
    await arrives(dear.buyer, completed);
    expect(await topUpOf(dear)).toMatchObject({ status: 'open' });

    // Even where we do not remember which page is the right one.
    await ledger.asOwner(`UPDATE top_ups SET status = 'started', stripe_session = NULL WHERE id = $1`, [
      dear.id,
    ]);
    await expect(arrives(dear.buyer, completed)).rejects.toThrow('another-customer');
    expect(await topUpOf(dear)).toMatchObject({ status: 'started' });
    expect(await entriesOf(dear.buyer)).toEqual([]);
  });
});

describe('starting', () => {
  test('goes on when somebody deleted the customer in Stripe’s dashboard', async () => {
    const { buyer, key: before } = await aPaidPurchase();
    const customer = await customerOf(buyer);
    await stripeApi().customers.del(customer);
    const id = randomUUID();
    const { checkoutUrl } = await startTopUp(buyer, { id, packageId: '5000', savesCard: false });
    expect(await customerOf(buyer)).not.toBe(customer);
    await stripe.pay(checkoutUrl);
    // What was paid under the customer that is gone was credited when the next purchase began, whenever its news comes.
    expect(await entriesOf(buyer)).toEqual(CREDITED);
    await settleTopUp(buyer, { accountId: buyer.accountId, id });
    expect(await entriesOf(buyer)).toEqual([...CREDITED, ...CREDITED]);
    await settleTopUp(buyer, before);
    expect(await entriesOf(buyer)).toEqual([...CREDITED, ...CREDITED]);
  });

  test('the same purchase twice at once opens one page', async () => {
    const buyer = await aBuyer();
    const wanted = { id: randomUUID(), packageId: '500', savesCard: false };
    const [one, other] = await Promise.all([startTopUp(buyer, wanted), startTopUp(buyer, wanted)]);
    expect(one).toEqual(other);
    expect(
      await ledger.asOwner('SELECT 1 FROM top_ups WHERE account_id = $1', [buyer.accountId]),
    ).toHaveLength(1);
  });

  test('a purchase that is already paid is refused, kindly', async () => {
    const { buyer, id, key } = await aPaidPurchase();
    await settleTopUp(buyer, key);
    await expect(startTopUp(buyer, { id, packageId: '5000', savesCard: false })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('no need to pay again'),
    });
  });

  test('an id that stands for another package is refused', async () => {
    const { buyer, id } = await aPurchase();
    await expect(startTopUp(buyer, { id, packageId: '500', savesCard: false })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('the price is the price book’s, with the names of the purchase on every object', async () => {
    const { buyer, id } = await aPaidPurchase();
    const { stripe_session } = (await topUpOf({ id })) ?? {};
    const session = stripe.sandbox.store.checkout_sessions.get(stripe_session ?? '');
    const metadata = { topup_id: id, account_id: buyer.accountId.toString() };
    expect(session).toMatchObject({ amount_subtotal: 50_00, currency: 'usd', metadata });
  });
});
