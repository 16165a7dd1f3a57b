import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { makeApiKey } from '@/lib/db/api-keys';
import { listAuditLines } from '@/lib/db/audit-log';
import { charge } from '@/lib/db/ledger/charge';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { gift, request } from '@/test/database/ledger-account';
import { staffIn } from '@/test/staff/staff';
import { purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { mirrorInvoice } from './mirror-invoice';
import { searchAccounts } from './search-accounts';

const { ledger, stripe } = await ledgerAndStripe();
const joan = await staffIn(ledger, 'support');
/** One account with a purchase, and everything that its customer could send of it. */
let sent: Record<string, string>;
let accountId: bigint;
beforeAll(async () => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
  const shop = purchasesIn(ledger, stripe);
  const { buyer, id, payment, invoice } = await shop.aCreditedPurchase();
  // Another account beside it, which none of this may find.
  await shop.aCreditedPurchase();
  accountId = buyer.accountId;
  await mirrorInvoice(buyer, invoice);
  const [about] = await ledger.asOwner<Record<string, string>>(
    `SELECT u.email, t.stripe_session AS page, i.number, c.customer FROM users u, top_ups t, invoices i, stripe_customers c
      WHERE u.id = $1 AND t.id = $2 AND i.id = t.stripe_invoice AND c.account_id = t.account_id`,
    [buyer.userId, id],
  );
  const { latest_charge: latest } = await stripeApi().paymentIntents.retrieve(payment);
  await gift(ledger, buyer.accountId, 10n);
  await charge(ledger.db, request(buyer.accountId, 'podcast-112.wav', 3n));
  const key = {
    id: randomUUID(),
    accountId: buyer.accountId,
    name: 'Backend',
    scopes: ['read'],
    createdBy: null,
    expiresAt: null,
  } as const;
  const keyText = await makeApiKey(ledger.db, key);
  await ledger.asOwner(`UPDATE accounts SET name = 'Analytical 100% Engines' WHERE account_id = $1`, [
    accountId,
  ]);
  sent = {
    ...about,
    payment,
    invoice,
    charge: typeof latest === 'string' ? latest : '',
    topUp: id,
    keyText,
    day: new Date().toISOString().slice(0, 10),
  };
});

const found = async (text: string) => {
  const accounts = await searchAccounts(joan, { text });
  return accounts.map((one) => [one.accountId, one.by]);
};

test.each<[string, () => string | undefined, string]>([
  ['an e-mail', () => sent['email']?.toUpperCase(), 'email'],
  ['a payment', () => sent['payment'], 'payment'],
  ['a charge, which only Stripe knows', () => sent['charge'], 'payment'],
  ['an invoice', () => sent['invoice'], 'invoice'],
  ['a payment page', () => sent['page'], 'payment-page'],
  ['a customer of Stripe', () => sent['customer'], 'customer'],
  ['an invoice’s number', () => sent['number']?.toLowerCase(), 'number'],
  ['a purchase', () => sent['topUp'], 'top-up'],
  ['an API key, whole', () => sent['keyText'], 'api-key'],
  ['the beginning of an API key', () => sent['keyText']?.slice(0, 16), 'api-key'],
  ['the name’s beginning, however it is written', () => 'ANALYTICAL 100%', 'name'],
  ['the reference of a charge', () => 'podcast-112.wav', 'reference'],
])('%s finds its account and no other', async (_what, text, by) => {
  expect(await found(text() ?? '')).toEqual([[accountId, by]]);
});

test('last four, amount and day find whoever paid that, and whose card it was comes first', async () => {
  const [first] = await searchAccounts(joan, { text: `4242 50.00 ${sent['day']}` });
  expect(first?.by).toBe('card-payment');
  expect(await found(`4242 50.01 ${sent['day']}`)).toEqual([]);
});

test.each([
  'nobody@example.com',
  'pi_nothing',
  'ch_nothing',
  'in_nothing',
  '%',
  'Anal%',
  '_____',
  `'; DROP TABLE users; --`,
])('%s finds nothing', async (text) => {
  expect(await found(text)).toEqual([]);
});

test('who looked for what stands in the log, and no secret beside it', async () => {
  await searchAccounts(joan, { text: sent['keyText'] ?? '' });
  const [line] = await listAuditLines(ledger.db, { email: joan.staff.email }, 1);
  expect(line).toMatchObject({ action: 'search', object: sent['keyText']?.slice(0, 16), accountId: null });
});
