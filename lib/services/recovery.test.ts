import { beforeEach, describe, expect, test } from 'vitest';

import { findAutoTopUpRule, resumeAutoTopUp, setAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { findRecovery } from '@/lib/db/recoveries';
import { keepStripeCustomer } from '@/lib/db/stripe-customers';
import { AppError } from '@/lib/domain/app-error';
import { handleStripeEvent } from '@/lib/jobs/handle-stripe-event';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';
import { aConsent } from '@/test/database/auto-top-up';
import { request } from '@/test/database/ledger-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { askForRecoveryLink } from './ask-for-recovery-link';
import { chargeAutoTopUp } from './charge-auto-top-up';
import { giveUpRecovery } from './give-up-recovery';
import { lookAtRecovery } from './look-at-recovery';
import { openCardForRecovery } from './open-card-for-recovery';
import { payRecovery } from './pay-recovery';
import { receiveStripeEvent } from './receive-stripe-event';
import { reconcileTopUp } from './reconcile-top-up';
import { resumeAutoTopUp as letGoOn } from './resume-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';
import { settleTopUp } from './settle-top-up';

const CHALLENGED = 'pm_card_authenticationRequired';
const DECLINED = 'pm_card_chargeCustomerFail';
const BACK = 'https://app.test/recovery/link';
const DAY_MS = 86_400_000;

const { ledger, stripe } = await ledgerAndStripe();
beforeEach(async () => {
  stripe.sandbox.switches.offSessionChallenge = 'requires_action';
  stripe.sandbox.switches.invoiceIntentConfirm = 'allowed';
  await stripe.deliveries();
  await lever('faults/clear', {});
});

const lever = (path: string, pulled: object) =>
  stripe.sandbox.answer(
    new Request(`http://127.0.0.1/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(pulled),
    }),
  );

type Stuck = { ctx: AccountCtx; customer: string; card: string; topUpId: string };

/** An account whose automatic payment was refused. */
async function stuck(card: string): Promise<Stuck> {
  const accountId = await ledger.newAccount();
  const settings = { ...presetRule(dubbing), enabled: true, paymentMethod: null };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  const customer = await stripeApi().customers.create({ name: 'Acme' });
  await keepStripeCustomer(ledger.db, accountId, customer.id);
  const method = await stripeApi().paymentMethods.attach(card, { customer: customer.id });
  await stripeApi().customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  const ctx = { db: ledger.db, now: new Date(), accountId };
  const { topUpId } = await runAutoTopUp(ctx, { kind: 'scheduled' });
  if (topUpId === null) throw new Error('nothing was claimed');
  await chargeAutoTopUp(ctx, { accountId, id: topUpId });
  return { ctx, customer: customer.id, card: method.id, topUpId };
}

const attach = async ({ customer }: Stuck, card: string) =>
  (await stripeApi().paymentMethods.attach(card, { customer })).id;
const pay = ({ ctx, topUpId, card: tried }: Stuck, attempt = 2, card = tried) =>
  payRecovery(ctx, { topUpId, attempt, card, returnUrl: BACK });
const work = ({ ctx, topUpId }: Stuck) => chargeAutoTopUp(ctx, { accountId: ctx.accountId, id: topUpId });

/** What the customer presses on the bank's page, and where that leads. */
async function answers(url: string | null, answer: 'complete' | 'fail'): Promise<string | null> {
  const page = new URL(url ?? '');
  page.protocol = 'http:';
  const answered = await stripe.sandbox.answer(
    new Request(page, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `answer=${answer}`,
    }),
  );
  return answered.headers.get('location');
}

async function handleDeliveries({ ctx }: Stuck) {
  for (const { body, signature } of await stripe.deliveries()) {
    await receiveStripeEvent(ctx, { body, signature });
    await handleStripeEvent(ctx, { eventId: (JSON.parse(body.toString()) as { id: string }).id });
  }
}

const stateOf = async ({ ctx, topUpId }: Stuck) =>
  (await findRecovery(ledger.db, { accountId: ctx.accountId, id: topUpId }))?.recovery;
const pausedOf = async ({ ctx }: Stuck) =>
  (await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused ?? null;
const invoiceOf = async ({ ctx, topUpId }: Stuck) => {
  const [row] = await ledger.asOwner<{ stripe_invoice: string }>(
    'SELECT stripe_invoice FROM top_ups WHERE account_id = $1 AND id = $2',
    [ctx.accountId, topUpId],
  );
  return stripeApi().invoices.retrieve(row?.stripe_invoice ?? '');
};
const chargesOf = async ({ customer }: Stuck) =>
  (await stripeApi().charges.list({ customer, limit: 100 })).data.map(({ status }) => status);

/** Everything that a payment leaves behind. */
const outcomeOf = async (account: Stuck) => ({
  charged: (await chargesOf(account)).filter((status) => status === 'succeeded').length,
  entries: await ledger.asOwner('SELECT kind, delta FROM entries WHERE account_id = $1', [
    account.ctx.accountId,
  ]),
  recovery: await stateOf(account),
  paused: await pausedOf(account),
  invoice: (await invoiceOf(account)).status,
  audit: await ledger.audit(),
});
const PAID_ONCE = {
  charged: 1,
  entries: [{ kind: 'topup', delta: '2000000000' }],
  recovery: { kind: 'paid' },
  paused: null,
  invoice: 'paid',
  audit: [],
};

/** Auto top-up would charge the refused card again: its customer has to choose. */
const PAID_BY_ANOTHER = { ...PAID_ONCE, paused: 'card-declined' };

describe('a payment that waits to be confirmed', () => {
  test.each(['requires_action', 'requires_payment_method'] as const)(
    'is confirmed at the bank and credited, where it was left in %s',
    async (variant) => {
      stripe.sandbox.switches.offSessionChallenge = variant;
      const account = await stuck(CHALLENGED);
      expect(await stateOf(account)).toEqual({ kind: 'authentication-required', attempt: 1 });
      const bank = await pay(account);
      expect(bank).toContain('/3d_secure_2/hosted');
      expect(await stateOf(account)).toEqual({ kind: 'authenticating', attempt: 2 });
      expect(await answers(bank, 'complete')).toContain(BACK);
      await lookAtRecovery(account.ctx, account);
      expect(await outcomeOf(account)).toEqual(PAID_ONCE);
    },
  );

  test('is credited by the event of a customer who never came back, before or after their page', async () => {
    const account = await stuck(CHALLENGED);
    await answers(await pay(account), 'complete');
    await handleDeliveries(account);
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
    expect(await lookAtRecovery(account.ctx, account)).toEqual({ cards: [], tried: null });
    expect(await pay(account, 3)).toBeNull();
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test('is asked for again where the challenge failed, and another card pays', async () => {
    const account = await stuck(CHALLENGED);
    await answers(await pay(account), 'fail');
    await handleDeliveries(account);
    expect(await stateOf(account)).toEqual({ kind: 'authentication-required', attempt: 2 });
    const other = await attach(account, 'pm_card_visa');
    expect(await pay(account, 3, other)).toBeNull();
    expect(await outcomeOf(account)).toEqual({ ...PAID_BY_ANOTHER, paused: 'authentication-required' });
  });

  test('is one payment for two impatient clicks, a back button and a second window', async () => {
    const account = await stuck(CHALLENGED);
    const [one, two] = await Promise.all([pay(account), pay(account)]);
    expect(one).toBe(two);
    // From the page before, or from the one after.
    expect(await pay(account, 2)).toBe(one);
    const again = await pay(account, 3);
    await answers(again, 'complete');
    expect(await pay(account, 2)).toBeNull();
    expect(await pay(account, 3)).toBeNull();
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test('is paid on Stripe’s page where the payment cannot be confirmed here', async () => {
    stripe.sandbox.switches.invoiceIntentConfirm = 'refused';
    const account = await stuck(CHALLENGED);
    const { hosted_invoice_url: hosted } = await invoiceOf(account);
    expect(await pay(account)).toBe(hosted);
  });
});

describe('a payment that was declined', () => {
  test('is tried again with the same card, once a click', async () => {
    const account = await stuck(DECLINED);
    expect(await chargesOf(account)).toEqual(['failed']);
    expect(await Promise.all([pay(account), pay(account)])).toEqual([null, null]);
    expect(await chargesOf(account)).toEqual(['failed', 'failed']);
    expect(await stateOf(account)).toMatchObject({ kind: 'declined', attempt: 2 });
    await lever(`payment_methods/${account.card}/behaviour`, { outcome: 'ok' });
    expect(await pay(account, 2)).toBeNull();
    expect(await chargesOf(account)).toHaveLength(2);
    expect(await pay(account, 3)).toBeNull();
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test('is never charged to a card of somebody else', async () => {
    const account = await stuck(DECLINED);
    const stranger = await stripeApi().customers.create({ name: 'Stranger' });
    const { id } = await stripeApi().paymentMethods.attach('pm_card_visa', { customer: stranger.id });
    expect(await pay(account, 2, id)).toBeNull();
    expect(await pay(account, 2, 'pm_card_visa')).toBeNull();
    expect(await chargesOf(account)).toEqual(['failed']);
    const other = await stuck(DECLINED);
    await expect(
      payRecovery(account.ctx, { topUpId: other.topUpId, attempt: 2, card: other.card, returnUrl: BACK }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is one payment when it is paid with two cards at once', async () => {
    const account = await stuck(DECLINED);
    const [a, b] = [await attach(account, 'pm_card_visa'), await attach(account, 'pm_card_mastercard')];
    await Promise.allSettled([pay(account, 2, a), pay(account, 2, b), pay(account, 2, a)]);
    await lookAtRecovery(account.ctx, account);
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test('leads to Stripe’s page for a new card, which charges nothing', async () => {
    const account = await stuck(DECLINED);
    const page = await openCardForRecovery(account.ctx, { topUpId: account.topUpId, returnUrl: BACK });
    expect(await stripe.pay(page ?? '', { email: 'ada@example.com' })).toBe(303);
    const shown = await lookAtRecovery(account.ctx, account);
    expect(shown?.cards.map(({ last4 }) => last4)).toEqual(['4242', '0341']);
    expect(shown?.tried).toBe(account.card);
    expect(await chargesOf(account)).toEqual(['failed']);
    expect(await pay(account, 2, shown?.cards[0]?.paymentMethod)).toBeNull();
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test('is credited when it is paid on Stripe’s own page, or in its dashboard', async () => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await stripeApi().invoices.pay((await invoiceOf(account)).id ?? '', { payment_method: other });
    await handleDeliveries(account);
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test('does not let auto top-up charge the refused card again where another one paid, until its customer says so', async () => {
    const account = await stuck(DECLINED);
    await pay(account, 2, await attach(account, 'pm_card_visa'));
    await charge(ledger.db, request(account.ctx.accountId, 'spent', 1_990_000_000n));
    expect(await runAutoTopUp(account.ctx, { kind: 'scheduled' })).toMatchObject({
      decision: { because: 'card-declined' },
      topUpId: null,
    });
    await letGoOn(account.ctx);
    expect(await pausedOf(account)).toBeNull();
  });

  test('lets auto top-up go on where the card that it charges paid, or the same number saved again', async () => {
    const account = await stuck(DECLINED);
    const paying = await attach(account, 'pm_card_visa');
    await stripeApi().customers.update(account.customer, {
      invoice_settings: { default_payment_method: await attach(account, 'pm_card_visa') },
    });
    await pay(account, 2, paying);
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test('is credited, and auto top-up stays paused, where Stripe does not say which card paid', async () => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await stripeApi().customers.update(account.customer, {
      invoice_settings: { default_payment_method: other },
    });
    await stripeApi().invoices.pay((await invoiceOf(account)).id ?? '', { payment_method: other });
    await lever('faults', { method: 'GET', path: '/v1/customers/*', fault: 'timeout_before', times: 3 });
    await settleTopUp(account.ctx, { accountId: account.ctx.accountId, id: account.topUpId });
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test('ends where Stripe takes no further attempt, and the worker voids its invoice', async () => {
    const account = await stuck(DECLINED);
    for (let attempt = 2; attempt <= 26; attempt += 1) await pay(account, attempt);
    expect(await stateOf(account)).toEqual({ kind: 'lapsed' });
    await work(account);
    expect((await invoiceOf(account)).status).toBe('void');
    expect(await pay(account, 27)).toBeNull();
    expect((await outcomeOf(account)).charged).toBe(0);
  });

  test('has its mail once, and again only when it is asked for, an hour apart', async () => {
    const account = await stuck(DECLINED);
    const askedAt = async () =>
      (await findRecovery(ledger.db, { accountId: account.ctx.accountId, id: account.topUpId }))?.linkAskedAt;
    const first = await askedAt();
    expect(await askForRecoveryLink(account.ctx, { topUpId: account.topUpId, page: '/p' })).toBe(
      '/p?said=sent',
    );
    const soon = { ...account.ctx, now: new Date(account.ctx.now.getTime() + 59 * 60_000) };
    await askForRecoveryLink(soon, { topUpId: account.topUpId, page: '/p' });
    expect(await askedAt()).toEqual(first);
    const later = { ...account.ctx, now: new Date(account.ctx.now.getTime() + 61 * 60_000) };
    await askForRecoveryLink(later, { topUpId: account.topUpId, page: '/p' });
    expect(await askedAt()).toEqual(later.now);
  });
});

const FAULTS = ['timeout_before', 'drop_after_commit', '409', '429', '500'];
// A look is tried three times at once, and anything whose connection breaks twice.
const CALLS = [
  { call: 'the invoice', method: 'GET', path: '/v1/invoices/*', times: 3 },
  { call: 'the payment', method: 'GET', path: '/v1/payment_intents/*', times: 3 },
  { call: 'the cards', method: 'GET', path: '/v1/customers/*/payment_methods', times: 3 },
  { call: 'the attempt', method: 'POST', path: '/v1/payment_intents/*/confirm', times: 2 },
];

/** As a person does: presses again after every silence. */
async function untilAnswered<T>(press: () => Promise<T>): Promise<T> {
  for (let silences = 0; silences < 6; silences += 1) {
    try {
      return await press();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'payment_unavailable') throw error;
    }
  }
  throw new Error('Stripe never answered');
}

describe('where Stripe is silent', () => {
  const each = CALLS.flatMap((call) => FAULTS.map((fault) => ({ ...call, fault })));

  test.each(each)('$fault at $call: a retry with another card is one payment', async (broken) => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await lever('faults', broken);
    await untilAnswered(() => pay(account, 2, other));
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test.each(each)('$fault at $call: a challenge is one payment', async (broken) => {
    const account = await stuck(CHALLENGED);
    await lever('faults', broken);
    await answers(await untilAnswered(() => pay(account)), 'complete');
    await handleDeliveries(account);
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test.each(FAULTS)('%s after the money: the event alone credits', async (fault) => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await lever('faults', { method: 'POST', path: '/v1/payment_intents/*/confirm', fault });
    await pay(account, 2, other).catch(() => null);
    await handleDeliveries(account);
    // Where the money did not move, the next press moves it.
    if (fault !== 'drop_after_commit') await untilAnswered(() => pay(account, 2, other));
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test.each(['timeout_before', 'drop_after_commit', '409', '429', '500'])(
    '%s while it is given up: the worker goes on',
    async (fault) => {
      const account = await stuck(DECLINED);
      await giveUpRecovery(account.ctx, account);
      await lever('faults', { method: 'POST', path: '/v1/invoices/*/void', fault });
      await untilAnswered(() => work(account));
      expect((await invoiceOf(account)).status).toBe('void');
      expect(await stateOf(account)).toEqual({ kind: 'given-up' });
    },
  );

  test('the page is shown without cards, and the payment as it was', async () => {
    const account = await stuck(DECLINED);
    await lever('faults', { method: 'GET', path: '/v1/invoices/*', fault: 'timeout_before', times: 3 });
    expect(await lookAtRecovery(account.ctx, account)).toBeNull();
    expect(await stateOf(account)).toMatchObject({ kind: 'declined', attempt: 1 });
  });
});

describe('a payment that is given up', () => {
  test('has its invoice voided, stays paused, and can no longer be paid', async () => {
    const account = await stuck(DECLINED);
    await giveUpRecovery(account.ctx, account);
    await giveUpRecovery(account.ctx, account);
    expect(await pay(account)).toBeNull();
    expect(await openCardForRecovery(account.ctx, { topUpId: account.topUpId, returnUrl: BACK })).toBeNull();
    await work(account);
    expect((await invoiceOf(account)).status).toBe('void');
    expect(await stateOf(account)).toEqual({ kind: 'given-up' });
    expect(await pausedOf(account)).toBe('card-declined');
    await handleDeliveries(account);
    expect(await stateOf(account)).toEqual({ kind: 'given-up' });
    expect(await chargesOf(account)).toEqual(['failed']);
    await expect(giveUpRecovery(account.ctx, { topUpId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is credited all the same where the money came first', async () => {
    const account = await stuck(CHALLENGED);
    const bank = await pay(account);
    await giveUpRecovery(account.ctx, account);
    await answers(bank, 'complete');
    await work(account);
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test.each([
    { when: 'after a week', days: 7, lapses: true },
    { when: 'and not before', days: 6.9, lapses: false },
  ])('lapses by itself $when', async ({ days, lapses }) => {
    const account = await stuck(DECLINED);
    const later = { ...account.ctx, now: new Date(account.ctx.now.getTime() + days * DAY_MS) };
    await work({ ...account, ctx: later });
    expect((await invoiceOf(account)).status).toBe(lapses ? 'void' : 'open');
    expect((await stateOf(account))?.kind).toBe(lapses ? 'lapsed' : 'declined');
    expect(await pausedOf(account)).toBe('card-declined');
  });

  test.each(['the worker', 'the next decision'])(
    'can still be paid until another may be made, where auto top-up goes on without it: %s',
    async (who) => {
      const account = await stuck(DECLINED);
      const other = await attach(account, 'pm_card_visa');
      await stripeApi().customers.update(account.customer, {
        invoice_settings: { default_payment_method: other },
      });
      await letGoOn(account.ctx);
      if (who === 'the worker') await work(account);
      const { decision, topUpId } = await runAutoTopUp(account.ctx, { kind: 'scheduled' });
      expect({ decision, topUpId }).toMatchObject({ decision: { because: 'backing-off' }, topUpId: null });
      await work(account);
      expect((await invoiceOf(account)).status).toBe('open');
      expect(await pay(account, 2, other)).toBeNull();
      expect(await outcomeOf(account)).toEqual(PAID_ONCE);
    },
  );

  test.each<{ how: string; end: (account: Stuck) => Promise<unknown> }>([
    { how: 'is given up', end: ({ ctx, topUpId }) => giveUpRecovery(ctx, { topUpId }) },
    {
      how: 'is a week old',
      end: (account) => work({ ...account, ctx: { ...account.ctx, now: new Date(Date.now() + 7 * DAY_MS) } }),
    },
    {
      how: 'was voided in the dashboard',
      end: async (account) => {
        await stripeApi().invoices.voidInvoice((await invoiceOf(account)).id ?? '');
        await handleDeliveries(account);
      },
    },
  ])(
    'stops auto top-up no longer than its customer wants, once it $how: the same card may be tried',
    async ({ end }) => {
      const account = await stuck(DECLINED);
      await expect(letGoOn(account.ctx)).rejects.toThrow('declined this very card');
      await end(account);
      await letGoOn(account.ctx);
      expect(await pausedOf(account)).toBeNull();
      await runAutoTopUp(account.ctx, { kind: 'scheduled' });
      await work(account);
      expect(await chargesOf(account)).toEqual(['failed']);
    },
  );

  test('does not stand in the way of the next one, charged to another card', async () => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await stripeApi().customers.update(account.customer, {
      invoice_settings: { default_payment_method: other },
    });
    await resumeAutoTopUp(ledger.db, account.ctx.accountId);
    await ledger.asOwner(
      `UPDATE top_ups SET claimed_at = claimed_at - interval '2 hours' WHERE account_id = $1`,
      [account.ctx.accountId],
    );
    const { topUpId } = await runAutoTopUp(account.ctx, { kind: 'scheduled' });
    expect(topUpId).not.toBe(account.topUpId);
    await work({ ...account, topUpId: topUpId ?? '' });
    expect((await chargesOf(account)).toSorted()).toEqual(['failed', 'succeeded']);
    expect(await stateOf(account)).toEqual({ kind: 'lapsed' });
  });

  test('that is paid after all by the card it charges now lets auto top-up go on, which is told and done at once', async () => {
    const account = await stuck(DECLINED);
    const card = await attach(account, 'pm_card_visa');
    await stripeApi().customers.update(account.customer, {
      invoice_settings: { default_payment_method: card },
    });
    await pay(account, 2, card);
    expect(await pausedOf(account)).toBeNull();
    const id = account.ctx.accountId.toString();
    const keys = await ledger.asOwner<{ key: string }>(
      `SELECT key FROM graphile_worker.jobs
        WHERE key LIKE ANY (ARRAY['tell-auto-top-up-resumed:' || $1 || ':%', 'run-auto-top-up:' || $1]) ORDER BY key`,
      [id],
    );
    expect(keys.map(({ key }) => key)).toEqual([
      `run-auto-top-up:${id}`,
      expect.stringContaining('tell-auto-top-up-resumed:'),
    ]);
  });

  test('keeps its credits where staff took the money another way and marked it paid', async () => {
    const account = await stuck(DECLINED);
    await stripeApi().invoices.pay((await invoiceOf(account)).id ?? '', { paid_out_of_band: true });
    await handleDeliveries(account);
    const nextNight = { db: ledger.db, now: new Date(account.ctx.now.getTime() + DAY_MS) };
    const key = { accountId: account.ctx.accountId, id: account.topUpId };
    expect(await reconcileTopUp(nextNight, key, 'all')).toEqual([]);
    expect(await outcomeOf(account)).toEqual({ ...PAID_ONCE, charged: 0 });
  });

  test('lapses where it is voided in Stripe’s dashboard', async () => {
    const account = await stuck(DECLINED);
    await stripeApi().invoices.voidInvoice((await invoiceOf(account)).id ?? '');
    await handleDeliveries(account);
    expect(await stateOf(account)).toEqual({ kind: 'lapsed' });
  });
});

test('a bank that took its time and then refused brings the payment back to its customer', async () => {
  const account = await stuck(DECLINED);
  await ledger.asOwner(`UPDATE top_ups SET status = 'processing' WHERE id = $1`, [account.topUpId]);
  await lookAtRecovery(account.ctx, account);
  const status = () => ledger.asOwner('SELECT status FROM top_ups WHERE id = $1', [account.topUpId]);
  expect(await status()).toEqual([{ status: 'open' }]);
  await ledger.asOwner(`UPDATE top_ups SET status = 'processing' WHERE id = $1`, [account.topUpId]);
  await work(account);
  expect(await status()).toEqual([{ status: 'open' }]);
  expect(await stateOf(account)).toMatchObject({ kind: 'declined', attempt: 1 });
});

test('a day of a declining card is one attempt and one mail', async () => {
  const account = await stuck(DECLINED);
  for (let half = 1; half <= 48; half += 1) {
    const ctx = { ...account.ctx, now: new Date(account.ctx.now.getTime() + half * 1_800_000) };
    await runAutoTopUp(ctx, { kind: 'scheduled' });
    await work({ ...account, ctx });
  }
  expect(await chargesOf(account)).toEqual(['failed']);
  const queued = await ledger.asOwner('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
    `tell-payment-needs-customer:${account.topUpId}`,
  ]);
  expect(queued).toHaveLength(1);
});

test('what is paid can never be called anything else, and an attempt never changes', async () => {
  const account = await stuck(DECLINED);
  await pay(account, 2, await attach(account, 'pm_card_visa'));
  await expect(
    ledger.asOwner(`UPDATE recoveries SET state = 'lapsed' WHERE top_up_id = $1`, [account.topUpId]),
  ).rejects.toThrow('is paid');
  await expect(
    ledger.asOwner(`UPDATE recovery_attempts SET payment_method = 'x' WHERE top_up_id = $1`, [
      account.topUpId,
    ]),
  ).rejects.toThrow('append-only');
});
