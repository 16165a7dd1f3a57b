import { randomUUID } from 'node:crypto';

import { beforeEach, describe, expect, test } from 'vitest';

import { findAutoTopUpRule, pauseAutoTopUp, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { listFlightRecords } from '@/lib/db/flight-records';
import { dueAutoTopUps } from '@/lib/db/ledger/auto-top-up';
import { keyOfTopUp } from '@/lib/db/queue';
import { handleStripeEvent } from '@/lib/jobs/handle-stripe-event';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { anAutomaticAccount, type AutomaticAccount } from '@/test/stripe/automatic-account';
import { arrives } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';
import { untilAnswered } from '@/test/stripe/until-answered';

import { chargeAutoTopUp } from './charge-auto-top-up';
import { receiveStripeEvent } from './receive-stripe-event';
import { resumeAutoTopUp } from './resume-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';

const SCHEDULED = { kind: 'scheduled' } as const;

const { ledger, stripe } = await ledgerAndStripe();
beforeEach(async () => {
  stripe.sandbox.switches.offSessionChallenge = 'requires_action';
  await stripe.lever('faults/clear', {});
});

const anAccount = (card?: string) => anAutomaticAccount(ledger, card === undefined ? {} : { card });

const entriesOf = ({ ctx }: AutomaticAccount) =>
  ledger.asOwner<{ kind: string; delta: string }>('SELECT kind, delta FROM entries WHERE account_id = $1', [
    ctx.accountId,
  ]);
const topUpsOf = ({ ctx }: AutomaticAccount) =>
  ledger.asOwner<{ status: string; stripe_invoice: string | null }>(
    'SELECT status, stripe_invoice FROM top_ups WHERE account_id = $1 ORDER BY created_at',
    [ctx.accountId],
  );
const queuedFor = async (name: string, key: string) =>
  (await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [`${name}:${key}`])).length;
const chargesOf = async ({ customer }: AutomaticAccount) =>
  (await stripeApi().charges.list({ customer, limit: 100 })).data.map(({ amount, status }) => ({
    amount,
    status,
  }));
const pausedOf = async ({ ctx }: AutomaticAccount) =>
  (await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused ?? null;

const turnOff = async ({ ctx: { accountId } }: AutomaticAccount) => {
  const settings = { ...presetRule(dubbing), enabled: false, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
};
const dispute = ({ ctx: { accountId } }: AutomaticAccount) =>
  pauseAutoTopUp(ledger.db, { accountId, because: 'payment-disputed' });

const CREDITED = [{ kind: 'topup', delta: '2000000000' }];
const PAID_ONCE = [{ amount: 20_00, status: 'succeeded' }];

async function expectPaidOnce(account: AutomaticAccount) {
  expect(await chargesOf(account)).toEqual(PAID_ONCE);
  expect(await entriesOf(account)).toEqual(CREDITED);
  expect(await topUpsOf(account)).toMatchObject([{ status: 'credited' }]);
}

describe('an account below its threshold', () => {
  test('is charged, credited and told by a receipt', async () => {
    const account = await anAccount();
    const key = await account.claims();
    await chargeAutoTopUp(account.ctx, key);
    await expectPaidOnce(account);
    expect(await queuedFor('send-receipt', keyOfTopUp(key))).toBe(1);
    expect(await ledger.audit()).toEqual([]);
  });

  test('is not charged again when the same charge is repeated, or the next check comes', async () => {
    const account = await anAccount();
    const key = await account.claims();
    await chargeAutoTopUp(account.ctx, key);
    await chargeAutoTopUp(account.ctx, key);
    expect(await runAutoTopUp(account.ctx, SCHEDULED)).toMatchObject({
      decision: { because: 'enough-credits' },
      topUpId: null,
    });
    await expectPaidOnce(account);
  });

  test('is claimed for once by eight workers, and charged once by eight more', async () => {
    const account = await anAccount();
    const eight = Array.from({ length: 8 });
    const runs = await Promise.all(eight.map(() => runAutoTopUp(account.ctx, SCHEDULED)));
    expect(runs.filter(({ decision }) => decision.kind === 'charge')).toHaveLength(1);
    const key = await account.claims();
    await Promise.all(eight.map(() => untilAnswered(() => chargeAutoTopUp(account.ctx, key))));
    await expectPaidOnce(account);
    expect(await ledger.audit()).toEqual([]);
  });

  test('is found by the clock until it is paid', async () => {
    const account = await anAccount();
    const isDue = async () => (await dueAutoTopUps(ledger.db, 1_000)).includes(account.ctx.accountId);
    expect(await isDue()).toBe(true);
    const key = await account.claims();
    expect(await isDue()).toBe(true);
    await chargeAutoTopUp(account.ctx, key);
    expect(await isDue()).toBe(false);
  });
});

const STEPS = [
  { step: 'reading the card', method: 'GET', path: '/v1/customers/*' },
  { step: 'the draft', method: 'POST', path: '/v1/invoices' },
  { step: 'its item', method: 'POST', path: '/v1/invoiceitems' },
  { step: 'finalizing', method: 'POST', path: '/v1/invoices/*/finalize' },
  { step: 'paying', method: 'POST', path: '/v1/invoices/*/pay' },
  { step: 'looking it up', method: 'GET', path: '/v1/invoices/*' },
];
const FAULTS = ['timeout_before', 'drop_after_commit', '409', '429', '500'];

describe('when Stripe is silent', () => {
  test.each(STEPS.flatMap((step) => FAULTS.map((fault) => ({ ...step, fault }))))(
    '$fault at $step ends in one payment',
    async ({ method, path, fault }) => {
      const account = await anAccount();
      const key = await account.claims();
      expect((await stripe.lever('faults', { method, path, fault })).status).toBe(200);
      await untilAnswered(() => chargeAutoTopUp(account.ctx, key));
      await expectPaidOnce(account);
      expect(await pausedOf(account)).toBeNull();
    },
  );

  test('after taking the money, its event alone credits', async () => {
    const account = await anAccount();
    const key = await account.claims();
    await stripe.deliveries();
    await stripe.lever('faults', { method: 'POST', path: '/v1/invoices/*/pay', fault: 'drop_after_commit' });
    await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
    expect(await topUpsOf(account)).toMatchObject([{ status: 'started' }]);

    for (const { body, signature } of await stripe.deliveries()) {
      await receiveStripeEvent(account.ctx, { body, signature });
      await handleStripeEvent(account.ctx, { eventId: (JSON.parse(body.toString()) as { id: string }).id });
    }
    await expectPaidOnce(account);
  });

  test('a crash before the draft was kept leaves one invoice to pay', async () => {
    const account = await anAccount();
    const key = await account.claims();
    await stripe.lever('faults', { method: 'POST', path: '/v1/invoiceitems', fault: 'timeout_before' });
    await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
    await ledger.asOwner('UPDATE top_ups SET stripe_invoice = NULL WHERE id = $1', [key.id]);
    await chargeAutoTopUp(account.ctx, key);
    await expectPaidOnce(account);
  });
});

const REFUSALS = [
  { card: 'pm_card_chargeCustomerFail', challenge: 'requires_action', because: 'card-declined' },
  {
    card: 'pm_card_authenticationRequired',
    challenge: 'requires_action',
    because: 'authentication-required',
  },
  {
    card: 'pm_card_authenticationRequired',
    challenge: 'requires_payment_method',
    because: 'authentication-required',
  },
] as const;

describe('a payment that does not come', () => {
  test.each(REFUSALS)('pauses as $because where the bank leaves it in $challenge', async (refusal) => {
    stripe.sandbox.switches.offSessionChallenge = refusal.challenge;
    const account = await anAccount(refusal.card);
    const key = await account.claims();
    await chargeAutoTopUp(account.ctx, key);

    expect(await pausedOf(account)).toBe(refusal.because);
    expect(await entriesOf(account)).toEqual([]);
    const [topUp] = await topUpsOf(account);
    expect(topUp).toMatchObject({ status: 'open' });
    expect((await stripeApi().invoices.retrieve(topUp?.stripe_invoice ?? '')).status).toBe('open');
    expect(await queuedFor('tell-payment-needs-customer', keyOfTopUp(key))).toBe(1);
    expect(await queuedFor('tell-auto-top-up-paused', account.ctx.accountId.toString())).toBe(0);
    expect(await runAutoTopUp(account.ctx, SCHEDULED)).toMatchObject({
      decision: { because: 'charge-under-way' },
      topUpId: key.id,
    });
  });

  test.each(['timeout_before', 'drop_after_commit', '409', '429', '500'])(
    'is followed although Stripe was silent: %s',
    async (fault) => {
      const account = await anAccount('pm_card_authenticationRequired');
      const key = await account.claims();
      await stripe.lever('faults', { method: 'GET', path: '/v1/payment_intents/*', fault, times: 3 });
      await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
      expect(await topUpsOf(account)).toMatchObject([{ status: 'started' }]);
      await chargeAutoTopUp(account.ctx, key);
      expect(await topUpsOf(account)).toMatchObject([{ status: 'open' }]);
      expect(await pausedOf(account)).toBe('authentication-required');
      expect(await chargesOf(account)).toEqual([]);
    },
  );

  test('is not even tried without a card', async () => {
    const account = await anAccount();
    await stripeApi().paymentMethods.detach(account.card);
    expect(await runAutoTopUp(account.ctx, SCHEDULED)).toMatchObject({
      decision: { because: 'card-missing' },
      topUpId: null,
    });
    expect(await pausedOf(account)).toBe('card-missing');
    expect(await topUpsOf(account)).toEqual([]);
  });

  test.each([
    // A draft is tried three times at once.
    { when: 'before the invoice', path: '/v1/invoices', times: 3 },
    { when: 'before its item', path: '/v1/invoiceitems', times: 1 },
    { when: 'before the payment', path: '/v1/invoices/*/pay', times: 1 },
  ])('is given up where the card is removed $when', async ({ path, times }) => {
    const account = await anAccount();
    const key = await account.claims();
    await stripe.lever('faults', { method: 'POST', path, fault: 'timeout_before', times });
    await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
    await stripeApi().paymentMethods.detach(account.card);
    await chargeAutoTopUp(account.ctx, key);
    expect(await topUpsOf(account)).toMatchObject([{ status: 'failed' }]);
    expect(await pausedOf(account)).toBe('card-missing');
    expect(await chargesOf(account)).toEqual([]);
  });

  describe('whose draft was deleted at Stripe', () => {
    async function lost() {
      const account = await anAccount();
      const key = await account.claims();
      await stripe.lever('faults', { method: 'POST', path: '/v1/invoiceitems', fault: 'timeout_before' });
      await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
      const [topUp] = await topUpsOf(account);
      await stripe.deliveries();
      await stripeApi().invoices.del(topUp?.stripe_invoice ?? '');
      return { account, key };
    }
    async function expectEnded(account: AutomaticAccount) {
      expect(await topUpsOf(account)).toMatchObject([{ status: 'failed' }]);
      expect(await pausedOf(account)).toBe('payment-withdrawn');
      expect(await queuedFor('tell-auto-top-up-paused', account.ctx.accountId.toString())).toBe(1);
    }

    test('ends when Stripe tells, and its customer may go on', async () => {
      const { account } = await lost();
      for (const delivery of await stripe.deliveries()) await arrives(ledger, delivery);
      await expectEnded(account);
      await resumeAutoTopUp(account.ctx);
      const key = await account.claims();
      await chargeAutoTopUp(account.ctx, key);
      expect(await chargesOf(account)).toEqual(PAID_ONCE);
    });

    test('ends after a day where Stripe does not tell, and not before: the key may be a wrong one', async () => {
      const { account, key } = await lost();
      await expect(chargeAutoTopUp(account.ctx, key)).rejects.toThrow('is not at Stripe');
      expect(await topUpsOf(account)).toMatchObject([{ status: 'started' }]);
      await chargeAutoTopUp({ ...account.ctx, now: new Date(Date.now() + 86_400_000) }, key);
      await expectEnded(account);
    });

    test('says in the flight recorder what is waited for, as one line', async () => {
      const { account } = await lost();
      for (let check = 0; check < 3; check += 1) await runAutoTopUp(account.ctx, SCHEDULED);
      const records = await listFlightRecords(ledger.db, account.ctx.accountId, 10);
      expect(records.map(({ because, count }) => [because, count])).toEqual([
        ['charge-under-way', 3n],
        ['below-threshold', 1n],
      ]);
    });
  });

  describe.each([
    { mind: 'turned off', change: turnOff, paused: null },
    { mind: 'paused', change: dispute, paused: 'payment-disputed' },
  ])('is not asked for once auto top-up is $mind', ({ change, paused }) => {
    test.each([
      { when: 'the invoice', path: '/v1/invoices', times: 3 },
      { when: 'its item', path: '/v1/invoiceitems', times: 1 },
      { when: 'it is final', path: '/v1/invoices/*/finalize', times: 1 },
      { when: 'the payment', path: '/v1/invoices/*/pay', times: 1 },
    ])('before $when', async ({ path, times }) => {
      const account = await anAccount();
      const key = await account.claims();
      await stripe.lever('faults', { method: 'POST', path, fault: 'timeout_before', times });
      await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
      await change(account);
      await chargeAutoTopUp(account.ctx, key);
      const [topUp] = await topUpsOf(account);
      expect(topUp?.status).toBe('failed');
      const invoices = (await stripeApi().invoices.list({ customer: account.customer })).data;
      expect(invoices.filter(({ status }) => status !== 'void')).toEqual([]);
      expect(await chargesOf(account)).toEqual([]);
      expect(await pausedOf(account)).toBe(paused);
      expect(await queuedFor('tell-auto-top-up-paused', account.ctx.accountId.toString())).toBe(0);
    });

    test('unless it was asked for already: money that was taken is credited', async () => {
      const account = await anAccount();
      const key = await account.claims();
      await stripe.lever('faults', {
        method: 'POST',
        path: '/v1/invoices/*/pay',
        fault: 'drop_after_commit',
      });
      await expect(chargeAutoTopUp(account.ctx, key)).rejects.toMatchObject({ code: 'payment_unavailable' });
      await change(account);
      await chargeAutoTopUp(account.ctx, key);
      await expectPaidOnce(account);
    });
  });

  test('is refused for an invoice of another amount', async () => {
    const account = await anAccount();
    const key = await account.claims();
    const forged = await stripeApi().invoices.create({
      customer: account.customer,
      currency: 'usd',
      metadata: { topup_id: key.id, account_id: account.ctx.accountId.toString() },
    });
    await stripeApi().invoiceItems.create({
      customer: account.customer,
      invoice: forged.id ?? '',
      currency: 'usd',
      amount: 1,
    });
    await ledger.asOwner('UPDATE top_ups SET stripe_invoice = $1 WHERE id = $2', [forged.id, key.id]);
    await expect(chargeAutoTopUp(account.ctx, key)).rejects.toThrow('is not what top-up');
    expect(await chargesOf(account)).toEqual([]);
  });
});

test('only an auto top-up is charged by itself', async () => {
  const account = await anAccount();
  await expect(
    chargeAutoTopUp(account.ctx, { accountId: account.ctx.accountId, id: randomUUID() }),
  ).rejects.toThrow('is no auto top-up');
});
