import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { MemberCtx } from '@/lib/db/context';
import { cents } from '@/lib/domain/credits';
import { refundPurchase } from '@/lib/services/refund-purchase';
import { settleMoneyBack } from '@/lib/services/settle-money-back';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { purchasesIn } from '@/test/stripe/purchases';

import { crashWorld } from './crash-points';

const DISPUTED = { number: '4000000000000259' };
const TIME = { timeout: 300_000 };

const world = await crashWorld();
const shop = purchasesIn(world.ledger, world.stripe);

type Purchase = { buyer: MemberCtx; id: string; payment: string };
const toldOf = ({ buyer }: Purchase) => world.jobsDone(`${buyer.accountId}`)['tell-money-back'];
const refundsOf = async ({ payment }: Purchase) =>
  (await stripeApi().refunds.list({ payment_intent: payment })).data.map(({ amount }) => amount);
const TAKEN_BACK = [
  { kind: 'topup', credits: 5000 },
  { kind: 'clawback', credits: -1000 },
];

test('a refund of ours gives the money back once, and takes its credits once', TIME, async () => {
  const refund = { amount: cents(10_00n), reason: null, memo: 'as agreed' };
  const crossings = await world.sweep(
    {
      verb: 'refundPurchase',
      scene: async () => ({ ...(await shop.aCreditedPurchase()), refundId: randomUUID() }),
      inputOf: ({ buyer, id, refundId }) => ({
        accountId: `${buyer.accountId}`,
        topUpId: id,
        refundId,
        cents: `${refund.amount}`,
      }),
      again: ({ buyer, id, refundId }) => refundPurchase(buyer, { ...refund, id: refundId, topUpId: id }),
      end: async (one) => ({
        entries: await shop.entriesOf(one.buyer),
        refunds: await refundsOf(one),
        told: toldOf(one),
      }),
    },
    { entries: TAKEN_BACK, refunds: [10_00], told: 1 },
  );
  expect(crossings).toBeGreaterThan(20);
});

test('a refund of Stripe’s dashboard takes its credits once, by the worker alone', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'settleMoneyBack',
      scene: async () => {
        const purchase = await shop.aCreditedPurchase();
        await stripeApi().refunds.create({ payment_intent: purchase.payment, amount: 10_00 });
        return purchase;
      },
      inputOf: ({ buyer, payment }) => ({ accountId: `${buyer.accountId}`, payment }),
      end: async (one) => ({ entries: await shop.entriesOf(one.buyer), told: toldOf(one) }),
    },
    { entries: TAKEN_BACK, told: 1 },
  );
  expect(crossings).toBeGreaterThan(10);
});

test('a dispute freezes what its purchase left once, by the worker alone', TIME, async () => {
  const crossings = await world.sweep(
    {
      verb: 'settleMoneyBack',
      scene: async () => {
        const purchase = await shop.aCreditedPurchase(DISPUTED);
        await world.stripe.lever('clock', { advance: 60 });
        await world.stripe.deliveries();
        return purchase;
      },
      inputOf: ({ buyer, payment }) => ({ accountId: `${buyer.accountId}`, payment }),
      again: ({ buyer, payment }) => settleMoneyBack(buyer, payment),
      end: async (one) => ({ ...(await shop.balanceOf(one.buyer)), told: toldOf(one) }),
    },
    { balance: 5000, held: 5000, told: 1 },
  );
  expect(crossings).toBeGreaterThan(10);
});
