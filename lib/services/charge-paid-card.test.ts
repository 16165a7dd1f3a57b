import { expect, test } from 'vitest';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { type Stuck, stuckAccount } from '@/test/recovery/stuck-account';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { chargePaidCard } from './charge-paid-card';
import { lookAtRecovery } from './look-at-recovery';
import { payRecovery } from './pay-recovery';

const DECLINED = 'pm_card_chargeCustomerFail';
const VISA = { brand: 'visa', last4: '4242' };

const { ledger } = await ledgerAndStripe();

const pausedOf = async ({ ctx }: Stuck) => (await findAutoTopUpRule(ledger.db, ctx.accountId))?.paused;
async function defaultOf({ customer }: Stuck) {
  const found = await stripeApi().customers.retrieve(customer);
  return found.deleted === true ? null : found.invoice_settings.default_payment_method;
}
/** Refused with one card, and paid with another. */
async function paidByAnother() {
  const account = await stuckAccount(ledger, DECLINED);
  const { id: other } = await stripeApi().paymentMethods.attach('pm_card_visa', {
    customer: account.customer,
  });
  const returnUrl = 'https://app.test/recovery/link';
  await payRecovery(account.ctx, { topUpId: account.topUpId, attempt: 2, card: other, returnUrl });
  return { ...account, other };
}

test('the card that paid in place of the refused one is offered, and nothing changes until it is taken', async () => {
  const account = await paidByAnother();
  expect(await lookAtRecovery(account.ctx, account)).toMatchObject({ goOnWith: VISA });
  expect(await pausedOf(account)).toBe('card-declined');
  expect(await defaultOf(account)).toBe(account.card);

  await chargePaidCard(account.ctx, account);
  expect(await pausedOf(account)).toBeNull();
  expect(await defaultOf(account)).toBe(account.other);
  expect(await lookAtRecovery(account.ctx, account)).toMatchObject({ goOnWith: null });
});

test('is offered no more once it is gone, and taking it then changes nothing', async () => {
  const account = await paidByAnother();
  await stripeApi().paymentMethods.detach(account.other);
  expect(await lookAtRecovery(account.ctx, account)).toMatchObject({ goOnWith: null });
  expect(await chargePaidCard(account.ctx, account)).toBeNull();
  expect(await pausedOf(account)).toBe('card-declined');
  expect(await defaultOf(account)).toBe(account.card);
});

test('a payment that still waits offers nothing of the kind', async () => {
  const account = await stuckAccount(ledger, DECLINED);
  await chargePaidCard(account.ctx, account);
  expect(await pausedOf(account)).toBe('card-declined');
});
