import { beforeAll, expect, test } from 'vitest';

import type { AccountId, Ctx } from '@/lib/db/context';
import { keepStripeCustomer } from '@/lib/db/stripe-customers';
import { noticeCardExpiry } from '@/lib/services/notice-card-expiry';
import { refreshCards } from '@/lib/services/refresh-cards';
import { chooseDefault } from '@/lib/stripe/cards';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { newMember } from '@/test/api/new-member';
import { stopClock } from '@/test/database/ledger-clock';
import { queued } from '@/test/database/queued';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { findExpiringCards, tellCardExpires } from './expiring-cards';

const { ledger } = await ledgerAndStripe();
let ctx: Ctx;
beforeAll(async () => {
  await stopClock(ledger.urls, new Date('2026-06-01T00:00:00Z'));
  ctx = { db: ledger.db, now: new Date() };
});

// The mail server of these tests does not exist: whoever tries to send is refused.
const TRIED_TO_SEND = /ECONNREFUSED/;

/** An account whose default card ends with November 2026. */
async function anAccount() {
  const accountId = await ledger.newAccount();
  await newMember(ledger, accountId, 'owner');
  const { id: customer } = await stripeApi().customers.create({ name: 'Acme' });
  await keepStripeCustomer(ledger.db, accountId, customer);
  const saves = async (name: string, expires: { exp_month: number; exp_year: number }) => {
    const { id } = await stripeApi().paymentMethods.attach(`pm_card_${name}`, { customer });
    await stripeApi().paymentMethods.update(id, { card: expires });
    return id;
  };
  const card = await saves('visa', { exp_month: 11, exp_year: 2026 });
  await refreshCards({ ...ctx, accountId });
  return { accountId, customer, card, saves };
}

/** The clock looks at that instant, and what it found is worked off but for the mail. What the account is to be told. */
async function looksAt(instant: string, of: AccountId) {
  await ledger.asOwner('UPDATE clock SET now = $1', [new Date(instant)]);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await findExpiringCards(ctx);
  const accounts = await queued(ledger, 'notice-card-expiry');
  for (const { accountId } of accounts)
    await noticeCardExpiry({ ...ctx, accountId: BigInt(accountId) as AccountId });
  return queued<Queued>(ledger, 'tell-card-expires', of);
}

type Queued = { accountId: string; paymentMethod: string; daysBefore: 30 | 7 };

test('the owner of a card is told thirty days and seven days before its end, once each', async () => {
  const { accountId, card } = await anAccount();
  const told = (daysBefore: number) => [{ accountId: `${accountId}`, paymentMethod: card, daysBefore }];
  expect(await looksAt('2026-10-31T23:00:00Z', accountId)).toEqual([]);
  expect(await looksAt('2026-11-01T00:00:00Z', accountId)).toEqual(told(30));
  expect(await looksAt('2026-11-01T01:00:00Z', accountId)).toEqual([]);
  expect(await looksAt('2026-11-23T23:00:00Z', accountId)).toEqual([]);
  expect(await looksAt('2026-11-24T00:00:00Z', accountId)).toEqual(told(7));
  expect(await looksAt('2026-11-30T23:00:00Z', accountId)).toEqual([]);
  expect(await looksAt('2026-12-01T00:00:00Z', accountId)).toEqual([]);
});

test('whose card ends this week is told once, and not of the month', async () => {
  const { accountId, card } = await anAccount();
  expect(await looksAt('2026-11-28T00:00:00Z', accountId)).toMatchObject([
    { paymentMethod: card, daysBefore: 7 },
  ]);
  expect(await looksAt('2026-11-28T01:00:00Z', accountId)).toEqual([]);
});

test('nobody is told of a card that is no default', async () => {
  const { accountId, customer, saves } = await anAccount();
  await chooseDefault(customer, await saves('mastercard', { exp_month: 1, exp_year: 2034 }));
  // No event came: Stripe is asked before anybody is told.
  expect(await looksAt('2026-11-10T00:00:00Z', accountId)).toEqual([]);
  expect(
    await ledger.asOwner('SELECT 1 FROM card_expiry_notices WHERE account_id = $1', [accountId]),
  ).toEqual([]);
});

test('nobody is told of a card that its network renewed', async () => {
  const { accountId, card } = await anAccount();
  await stripeApi().paymentMethods.update(card, { card: { exp_month: 11, exp_year: 2030 } });
  expect(await looksAt('2026-11-10T00:00:00Z', accountId)).toEqual([]);
});

test('the next date of the same card is told again when it comes', async () => {
  const { accountId, card } = await anAccount();
  expect(await looksAt('2026-11-10T00:00:00Z', accountId)).toHaveLength(1);
  await stripeApi().paymentMethods.update(card, { card: { exp_month: 11, exp_year: 2027 } });
  await refreshCards({ ...ctx, accountId });
  expect(await looksAt('2027-11-10T00:00:00Z', accountId)).toMatchObject([
    { paymentMethod: card, daysBefore: 30 },
  ]);
});

test('many looks at once tell once', async () => {
  const { accountId } = await anAccount();
  await ledger.asOwner('UPDATE clock SET now = $1', [new Date('2026-11-10T00:00:00Z')]);
  await ledger.asOwner('TRUNCATE graphile_worker._private_jobs');
  await Promise.all(Array.from({ length: 8 }, () => noticeCardExpiry({ ...ctx, accountId })));
  expect(await queued(ledger, 'tell-card-expires', accountId)).toHaveLength(1);
});

test('the mail is sent, and not where another card took the place since', async () => {
  const { accountId, saves, customer } = await anAccount();
  const [job] = await looksAt('2026-11-10T00:00:00Z', accountId);
  if (!job) throw new Error('nobody is told');
  await expect(tellCardExpires(ctx, job)).rejects.toThrow(TRIED_TO_SEND);
  await chooseDefault(customer, await saves('mastercard', { exp_month: 1, exp_year: 2034 }));
  await refreshCards({ ...ctx, accountId });
  await expect(tellCardExpires(ctx, job)).resolves.toBeUndefined();
});

test('where an account has nobody, nothing is sent', async () => {
  const { accountId } = await anAccount();
  const [job] = await looksAt('2026-11-10T00:00:00Z', accountId);
  if (!job) throw new Error('nobody is told');
  // No door of ours leads there: an account keeps an owner.
  await ledger.asOwner(
    `SET session_replication_role = replica; DELETE FROM members WHERE account_id = ${accountId}`,
  );
  await expect(tellCardExpires(ctx, job)).resolves.toBeUndefined();
});
