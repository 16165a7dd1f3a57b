import { describe, expect, test } from 'vitest';

import { charge } from '@/lib/db/ledger/charge';
import { findRecovery } from '@/lib/db/recoveries';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { request } from '@/test/database/ledger-account';
import {
  BACK,
  CHALLENGED,
  DECLINED,
  PAID_BY_ANOTHER,
  PAID_ONCE,
  recoveriesIn,
} from '@/test/recovery/stuck-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { askForRecoveryLink } from './ask-for-recovery-link';
import { lookAtRecovery } from './look-at-recovery';
import { openCardForRecovery } from './open-card-for-recovery';
import { payRecovery } from './pay-recovery';
import { resumeAutoTopUp as letGoOn } from './resume-auto-top-up';
import { runAutoTopUp } from './run-auto-top-up';
import { settleTopUp } from './settle-top-up';

const { ledger, stripe } = await ledgerAndStripe();
const {
  answers,
  attach,
  chargesOf,
  handleDeliveries,
  invoiceOf,
  outcomeOf,
  pausedOf,
  pay,
  stateOf,
  stuck,
  work,
} = recoveriesIn(ledger, stripe);

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
    expect(await lookAtRecovery(account.ctx, account)).toMatchObject({ cards: [], tried: null });
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
    await stripe.lever(`payment_methods/${account.card}/behaviour`, { outcome: 'ok' });
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
    await stripe.lever('faults', {
      method: 'GET',
      path: '/v1/customers/*',
      fault: 'timeout_before',
      times: 3,
    });
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
