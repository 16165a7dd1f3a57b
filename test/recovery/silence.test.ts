import { describe, expect, test } from 'vitest';

import { giveUpRecovery } from '@/lib/services/give-up-recovery';
import { lookAtRecovery } from '@/lib/services/look-at-recovery';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';
import { untilAnswered } from '@/test/stripe/until-answered';

import { CHALLENGED, DECLINED, PAID_BY_ANOTHER, PAID_ONCE, recoveriesIn } from './stuck-account';

const { ledger, stripe } = await ledgerAndStripe();
const { answers, attach, handleDeliveries, invoiceOf, outcomeOf, pay, stateOf, stuck, work } = recoveriesIn(
  ledger,
  stripe,
);

const FAULTS = ['timeout_before', 'drop_after_commit', '409', '429', '500'];
// A look is tried three times at once, and anything whose connection breaks twice.
const CALLS = [
  { call: 'the invoice', method: 'GET', path: '/v1/invoices/*', times: 3 },
  { call: 'the payment', method: 'GET', path: '/v1/payment_intents/*', times: 3 },
  { call: 'the cards', method: 'GET', path: '/v1/customers/*/payment_methods', times: 3 },
  { call: 'the attempt', method: 'POST', path: '/v1/payment_intents/*/confirm', times: 2 },
];

describe('where Stripe is silent', () => {
  const each = CALLS.flatMap((call) => FAULTS.map((fault) => ({ ...call, fault })));

  test.each(each)('$fault at $call: a retry with another card is one payment', async (broken) => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await stripe.lever('faults', broken);
    await untilAnswered(() => pay(account, 2, other));
    expect(await outcomeOf(account)).toEqual(PAID_BY_ANOTHER);
  });

  test.each(each)('$fault at $call: a challenge is one payment', async (broken) => {
    const account = await stuck(CHALLENGED);
    await stripe.lever('faults', broken);
    await answers(await untilAnswered(() => pay(account)), 'complete');
    await handleDeliveries(account);
    expect(await outcomeOf(account)).toEqual(PAID_ONCE);
  });

  test.each(FAULTS)('%s after the money: the event alone credits', async (fault) => {
    const account = await stuck(DECLINED);
    const other = await attach(account, 'pm_card_visa');
    await stripe.lever('faults', { method: 'POST', path: '/v1/payment_intents/*/confirm', fault });
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
      await stripe.lever('faults', { method: 'POST', path: '/v1/invoices/*/void', fault });
      await untilAnswered(() => work(account));
      expect((await invoiceOf(account)).status).toBe('void');
      expect(await stateOf(account)).toEqual({ kind: 'given-up' });
    },
  );

  test('the page is shown without cards, and the payment as it was', async () => {
    const account = await stuck(DECLINED);
    await stripe.lever('faults', {
      method: 'GET',
      path: '/v1/invoices/*',
      fault: 'timeout_before',
      times: 3,
    });
    expect(await lookAtRecovery(account.ctx, account)).toBeNull();
    expect(await stateOf(account)).toMatchObject({ kind: 'declined', attempt: 1 });
  });
});
