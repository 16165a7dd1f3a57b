import { describe, expect, test } from 'vitest';

import { findAutoTopUpRule, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { MemberCtx } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { findRecovery } from '@/lib/db/recoveries';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { request } from '@/test/database/ledger-account';
import { arrives, purchasesIn } from '@/test/stripe/purchases';
import { saveCard } from '@/test/stripe/saved-card';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { chargeAutoTopUp } from './charge-auto-top-up';
import { payRecovery } from './pay-recovery';
import { resumeAutoTopUp } from './resume-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';
import { setAutoTopUp } from './set-auto-top-up';

const DECLINED = 'pm_card_chargeCustomerFail';
const GOOD = 'pm_card_visa';
const RULE = { ...presetRule(dubbing), enabled: true, paymentMethod: null };

const { ledger, stripe } = await ledgerAndStripe();

type Buyer = { ctx: MemberCtx; customer: string; payment: string };

/** Has used nearly all of a purchase that a bank disputes; of that, nothing has been heard yet. */
async function aBuyer(card: string, rule: typeof RULE | null = RULE): Promise<Buyer> {
  const { buyer: ctx, payment } = await purchasesIn(ledger, stripe).aCreditedPurchase({
    number: '4000000000000259',
  });
  const { accountId } = ctx;
  await charge(ledger.db, request(accountId, 'job', 4_990_000_000n));
  if (rule !== null)
    await setAutoTopUpRule(ledger.db, { accountId, settings: rule, consent: await aConsent(ledger) });
  const [row] = await ledger.asOwner<{ customer: string }>(
    'SELECT customer FROM stripe_customers WHERE account_id = $1',
    [accountId],
  );
  const buyer = { ctx, customer: row?.customer ?? '', payment };
  await hasDefault(buyer, card);
  return buyer;
}

const hasDefault = async ({ ctx }: Buyer, card: string) =>
  (await saveCard(ledger.db, ctx.accountId, card)).card;

async function newsArrives() {
  stripe.sandbox.clock.move({ advance: 60 });
  for (const delivery of await stripe.deliveries()) await arrives(ledger, delivery);
}
const disputeOf = async ({ payment }: Buyer) =>
  (await stripeApi().disputes.list({ payment_intent: payment })).data[0]?.id ?? '';
async function isWon(buyer: Buyer) {
  const evidence = { uncategorized_text: 'winning_evidence' };
  await stripeApi().disputes.update(await disputeOf(buyer), { evidence, submit: true });
  await newsArrives();
}
async function isLost(buyer: Buyer) {
  await stripeApi().disputes.close(await disputeOf(buyer));
  await newsArrives();
}

async function claims({ ctx }: Buyer): Promise<string> {
  const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
  if (topUpId === null) throw new Error('nothing was claimed');
  return topUpId;
}
const works = ({ ctx: { accountId, db } }: Buyer, id: string) =>
  chargeAutoTopUp({ db, now: new Date() }, { accountId, id });
/** A day on, as far as what bars an auto top-up for a while goes. */
const waitsLong = ({ ctx }: Buyer) =>
  ledger.asOwner(
    `UPDATE top_ups SET claimed_at = claimed_at - interval '1 day', window_end = window_end - interval '1 day'
      WHERE account_id = $1 AND origin = 'auto'`,
    [ctx.accountId],
  );
const decides = async ({ ctx }: Buyer) => (await runAutoTopUp(ctx, { kind: 'scheduled' })).decision.because;

const pausedOf = async ({ ctx }: Buyer) =>
  (await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused ?? null;
/** Automatic payments. */
const paymentsOf = async ({ customer, payment }: Buyer) =>
  (await stripeApi().charges.list({ customer, limit: 100 })).data
    .filter(({ payment_intent: intent }) => intent !== payment)
    .map(({ status }) => status);
const queued = async ({ ctx: { accountId } }: Buyer) =>
  (
    await ledger.asOwner<{ name: string }>(
      `SELECT split_part(key, ':', 1) AS name FROM graphile_worker.jobs
        WHERE key LIKE ANY (ARRAY['tell-auto-top-up-resumed:' || $1 || ':%', 'run-auto-top-up:' || $1]) ORDER BY key`,
      [accountId.toString()],
    )
  ).map(({ name }) => name);
const GOES_ON = ['run-auto-top-up', 'tell-auto-top-up-resumed'];

describe('a dispute that comes after a decline', () => {
  async function declinedAndDisputed() {
    const buyer = await aBuyer(DECLINED);
    const topUpId = await claims(buyer);
    await works(buyer, topUpId);
    await newsArrives();
    return { buyer, topUpId };
  }

  test('keeps auto top-up paused though the declined payment is paid', async () => {
    const { buyer, topUpId } = await declinedAndDisputed();
    const card = await hasDefault(buyer, GOOD);
    await payRecovery(buyer.ctx, { topUpId, attempt: 2, card, returnUrl: 'https://app.test/back' });
    expect(await pausedOf(buyer)).toBe('payment-disputed');
    expect(await queued(buyer)).toEqual([]);
    await isWon(buyer);
    expect(await pausedOf(buyer)).toBeNull();
    expect(await queued(buyer)).toEqual(GOES_ON);
  });

  test('keeps it paused though the customer has another card', async () => {
    const { buyer } = await declinedAndDisputed();
    await hasDefault(buyer, GOOD);
    await expect(resumeAutoTopUp(buyer.ctx)).rejects.toThrow(/disputed at the bank/);
    await waitsLong(buyer);
    expect(await decides(buyer)).toBe('charge-under-way');
    expect(await paymentsOf(buyer)).toEqual(['failed']);
    await isWon(buyer);
    await resumeAutoTopUp(buyer.ctx);
    expect(await queued(buyer)).toEqual(GOES_ON);
    await works(buyer, await claims(buyer));
    expect((await paymentsOf(buyer)).toSorted()).toEqual(['failed', 'succeeded']);
  });
});

test('a dispute that is heard of between a claim and its charge leaves the card alone', async () => {
  const buyer = await aBuyer(GOOD);
  const topUpId = await claims(buyer);
  await newsArrives();
  await works(buyer, topUpId);
  expect(await paymentsOf(buyer)).toEqual([]);
  expect(await pausedOf(buyer)).toBe('payment-disputed');
  await isWon(buyer);
  expect(await pausedOf(buyer)).toBeNull();
  expect(await queued(buyer)).toEqual(GOES_ON);
});

describe('a decline that comes after a dispute', () => {
  async function disputedAndDeclined() {
    const buyer = await aBuyer(DECLINED);
    const topUpId = await claims(buyer);
    await works(buyer, topUpId);
    await newsArrives();
    // As it stands where the dispute was heard of while the bank was still being asked.
    await ledger.asOwner(
      `UPDATE auto_top_up_rules SET paused_because = 'payment-disputed' WHERE account_id = $1`,
      [buyer.ctx.accountId],
    );
    expect(await pausedOf(buyer)).toBe('payment-disputed');
    const recovery = async () =>
      (await findRecovery(ledger.db, { accountId: buyer.ctx.accountId, id: topUpId }))?.recovery.kind;
    return { buyer, recovery };
  }

  test('is what auto top-up waits for once the dispute is won', async () => {
    const { buyer, recovery } = await disputedAndDeclined();
    await isWon(buyer);
    expect(await pausedOf(buyer)).toBe('card-declined');
    await waitsLong(buyer);
    expect(await decides(buyer)).toBe('charge-under-way');
    expect(await recovery()).toBe('declined');
    expect(await paymentsOf(buyer)).toEqual(['failed']);
    expect(await queued(buyer)).toEqual([]);
  });

  test('is not made again with the same card once the dispute is lost', async () => {
    const { buyer, recovery } = await disputedAndDeclined();
    await isLost(buyer);
    await expect(resumeAutoTopUp(buyer.ctx)).rejects.toThrow(/declined this very card/);
    expect(await recovery()).toBe('declined');
    await hasDefault(buyer, GOOD);
    await resumeAutoTopUp(buyer.ctx);
    expect(await pausedOf(buyer)).toBeNull();
  });
});

test('after a dispute that was won auto top-up goes on, and its customer is told', async () => {
  const buyer = await aBuyer(GOOD);
  await newsArrives();
  expect(await decides(buyer)).toBe('payment-disputed');
  await isWon(buyer);
  expect(await queued(buyer)).toEqual(GOES_ON);
  expect(await decides(buyer)).toBe('below-threshold');
});

test('after one that was lost it goes on when its customer says so, and not before', async () => {
  const buyer = await aBuyer(GOOD);
  await newsArrives();
  await expect(resumeAutoTopUp(buyer.ctx)).rejects.toThrow(/disputed at the bank/);
  await isLost(buyer);
  expect(await decides(buyer)).toBe('payment-disputed');
  await resumeAutoTopUp(buyer.ctx);
  expect(await queued(buyer)).toEqual(GOES_ON);
  expect(await decides(buyer)).toBe('below-threshold');
});

test('a rule that is made during a dispute waits for its end', async () => {
  const buyer = await aBuyer(GOOD, null);
  await newsArrives();
  const agreeing = { ...buyer.ctx, apiKeyId: null, ipAddress: null, userAgent: null };
  await setAutoTopUp(agreeing, { ...RULE, textShown: null });
  expect(await decides(buyer)).toBe('payment-disputed');
  await isWon(buyer);
  expect(await decides(buyer)).toBe('below-threshold');
});

test('after all of it the ledger is sound', async () => {
  expect(await ledger.audit()).toEqual([]);
});
