import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test, vi } from 'vitest';

import { findTopUp } from '@/lib/db/top-ups';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { newMember } from '@/test/api/new-member';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { settleTopUp } from './settle-top-up';
import { startTopUp } from './start-top-up';

const { ledger, stripe } = await ledgerAndStripe();
beforeAll(async () => {
  vi.stubEnv('STRIPE_TAX', 'automatic');
  stripe.sandbox.switches.automaticTax = 'by_place';
});

const BERLIN = {
  country: 'DE',
  line1: 'Unter den Linden 1',
  line2: '',
  city: 'Berlin',
  state: '',
  postcode: '10117',
};
const CARD = {
  number: '4242424242424242',
  expiry: '12 / 34',
  cvc: '123',
  name: 'Ada Lovelace',
  method: 'new',
};

async function begins() {
  const accountId = await ledger.newAccount();
  await newMember(ledger, accountId, 'owner');
  const [user] = await ledger.asOwner<{ id: string }>(
    'SELECT user_id AS id FROM members WHERE account_id = $1',
    [accountId],
  );
  const ctx = { db: ledger.db, now: new Date(), accountId, userId: user?.id ?? '' };
  const id = randomUUID();
  const { checkoutUrl } = await startTopUp(ctx, { id, packageId: '5000', savesCard: false });
  const sends = async (form: Record<string, string>) => {
    const page = new URL(checkoutUrl);
    const request = new Request(page, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    return (await stripe.sandbox.answer(request)).status;
  };
  return { ctx, key: { accountId, id }, sends };
}

const receivedFor = async (payment: string) => {
  const [row] = await ledger.asOwner<{ received_cents: string }>(
    'SELECT received_cents FROM stripe_payments WHERE payment = $1',
    [payment],
  );
  return row?.received_cents;
};
const boughtBy = async ({ id }: { id: string }) => {
  const [row] = await ledger.asOwner<{ stripe_payment: string; stripe_invoice: string; status: string }>(
    'SELECT status, stripe_payment, stripe_invoice FROM top_ups WHERE id = $1',
    [id],
  );
  if (!row) throw new Error('nothing was bought');
  return row;
};

test('a person pays the tax of their place, and gets the credits that the price buys', async () => {
  const { ctx, key, sends } = await begins();
  expect(await sends({ do: 'place', ...BERLIN })).toBe(303);
  expect(await sends(CARD)).toBe(303);
  await settleTopUp(ctx, key);
  const bought = await boughtBy(key);
  expect(bought.status).toBe('credited');
  expect(await receivedFor(bought.stripe_payment)).toBe('5950');
  const invoice = await stripeApi().invoices.retrieve(bought.stripe_invoice);
  expect(invoice).toMatchObject({ subtotal: 50_00, total: 59_50, status: 'paid' });
  expect(invoice.customer_address).toMatchObject({ country: 'DE', city: 'Berlin' });
  expect(await ledger.audit()).toEqual([]);
});

test('a business says its tax ID, which stands on the invoice', async () => {
  const { ctx, key, sends } = await begins();
  const business = {
    business: 'yes',
    business_name: 'Analytical GmbH',
    type: 'eu_vat',
    value: 'DE123456789',
  };
  expect(await sends({ do: 'place', ...BERLIN, ...business })).toBe(303);
  expect(await sends(CARD)).toBe(303);
  await settleTopUp(ctx, key);
  const { stripe_invoice } = await boughtBy(key);
  const invoice = await stripeApi().invoices.retrieve(stripe_invoice);
  expect(invoice.customer_tax_ids).toMatchObject([{ type: 'eu_vat', value: 'DE123456789' }]);
  expect(invoice.customer_name).toBe('Analytical GmbH');
});

test('nobody pays before the place is said', async () => {
  const { ctx, key, sends } = await begins();
  expect(await sends(CARD)).toBe(422);
  await settleTopUp(ctx, key);
  expect(await findTopUp(ledger.db, key)).toMatchObject({ status: 'open' });
});
