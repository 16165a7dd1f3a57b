import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { listOpenBills } from '@/lib/db/bills';
import { findFreeze } from '@/lib/db/ledger/audit';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { wholeCredits } from '@/lib/domain/credits';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { readInvoices } from '@/lib/views/invoices';
import { topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { queued } from '@/test/database/queued';
import { Random } from '@/test/database/random';
import { type AccountOnTerms, anAccountOnTerms } from '@/test/stripe/on-terms';
import { arrives } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { billMonths } from './bill-months';
import { restrictOverdue } from './restrict-overdue';
import { sendBill } from './send-bill';

const { ledger, stripe } = await ledgerAndStripe();
beforeAll(() => stopClock(ledger.urls, new Date('2026-10-01T12:00:00Z')));
beforeEach(() => stripe.lever('faults/clear', {}));

const OCTOBER = '2026-10-05T12:00:00Z';
const keysOf = async ({ accountId }: AccountOnTerms) =>
  (
    await ledger.asOwner<{ id: string }>(
      `SELECT id FROM top_ups WHERE account_id = $1 AND origin = 'invoice' ORDER BY created_at`,
      [accountId],
    )
  ).map(({ id }) => ({ accountId, id }));
/** What the worker does at a moment: bills what is over, and sends it. */
async function month(account: AccountOnTerms, at: string) {
  await billMonths(account.ctx(at));
  for (const key of await keysOf(account)) await sendBill(account.ctx(at), key);
}
async function hears(account: AccountOnTerms) {
  for (const delivery of await stripe.deliveries()) await arrives({ db: ledger.db }, delivery);
  return account.bills();
}
/** By a bank transfer, of which Stripe is told. */
async function pays(account: AccountOnTerms, nth = 0) {
  const invoice = (await account.bills()).filter(({ invoice: id }) => id !== null)[nth]?.invoice ?? '';
  await stripeApi().invoices.pay(invoice, { paid_out_of_band: true });
  return hears(account);
}
const customerOf = async ({ accountId }: AccountOnTerms) =>
  (await listStripeCustomers(ledger.db, accountId))[0] ?? '';
const frozen = ({ accountId }: AccountOnTerms) => findFreeze(ledger.db, accountId);
const told = async ({ accountId }: AccountOnTerms) =>
  (await queued<{ accountId: string; news: string }>(ledger, 'tell-bill', accountId)).map(({ news }) => news);

describe('a month', () => {
  test('is one invoice, with a line for each service, its PO number and its days to pay', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER, poNumber: 'PO-7 Łódź' });
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    await account.uses(300, 'training', '2026-10-31T23:59:59Z');
    await account.uses(50, 'dubbing', '2026-11-01T00:00:00Z');
    await month(account, '2026-11-01T01:00:00Z');

    const [bill] = await account.bills();
    expect(bill).toMatchObject({ month: '2026-10', status: 'open', cents: '1500' });
    const invoice = await stripeApi().invoices.retrieve(bill?.invoice ?? '');
    expect(invoice).toMatchObject({
      status: 'open',
      collection_method: 'send_invoice',
      subtotal: 15_00,
      custom_fields: [{ name: 'PO number', value: 'PO-7 Łódź' }],
      description: 'Usage of October 2026',
    });
    expect(Math.round(((invoice.due_date ?? 0) - invoice.created) / 86_400)).toBe(30);
    expect(invoice.lines.data.map(({ description, amount }) => [description, amount])).toEqual([
      ['dubbing: 1,200 credits', 12_00],
      ['training: 300 credits', 3_00],
    ]);
    const { invoices } = await readInvoices(account.ctx('2026-11-01T02:00:00Z'), { limit: 5 });
    expect(invoices).toMatchObject([{ standing: 'open', purchase: { origin: 'invoice' } }]);
    expect(await told(account)).toEqual(['sent']);
  });

  test.each([
    { timeZone: 'America/New_York', early: '2026-11-01T04:59:59Z', late: '2026-11-01T05:00:00Z' },
    { timeZone: 'Europe/Berlin', early: '2026-10-31T23:59:59Z', late: '2026-11-01T00:00:00Z' },
    { timeZone: 'Pacific/Kiritimati', early: '2026-10-31T10:59:59Z', late: '2026-10-31T11:00:00Z' },
  ])('ends where its account is: $timeZone', async ({ timeZone, early, late }) => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER, timeZone });
    await account.uses(100, 'dubbing', '2026-10-06T12:00:00Z');
    await month(account, early);
    expect(await account.bills()).toEqual([]);
    await month(account, late);
    expect(await account.bills()).toMatchObject([{ month: '2026-10', cents: '100' }]);
  });

  test('that was paid is credited once, and nothing is owed', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    await month(account, '2026-11-01T01:00:00Z');
    expect(await account.balance()).toBe(-1_200);
    expect(await pays(account)).toMatchObject([{ status: 'credited' }]);
    await hears(account);
    expect(await account.balance()).toBe(0);
    expect(await ledger.audit()).toEqual([]);
  });

  test('can be paid with a card, on the invoice’s page', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    await month(account, '2026-11-01T01:00:00Z');
    const [bill] = await account.bills();
    const card = await stripeApi().paymentMethods.attach('pm_card_visa', {
      customer: await customerOf(account),
    });
    await stripeApi().invoices.pay(bill?.invoice ?? '', { payment_method: card.id });
    expect(await hears(account)).toMatchObject([{ status: 'credited' }]);
    expect(await account.balance()).toBe(0);
  });

  test('asks for nothing that credits have paid for, nor for what another invoice asks for', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await topUp(ledger, account.accountId, wholeCredits(1_000n));
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    await account.uses(70, 'dubbing', '2026-11-06T12:00:00Z');
    await month(account, '2026-12-01T01:00:00Z');
    expect(await account.bills()).toMatchObject([
      { month: '2026-10', cents: '200' },
      { month: '2026-11', cents: '70' },
    ]);
  });

  test('without usage has no invoice', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await month(account, '2026-12-01T01:00:00Z');
    expect(await account.bills()).toMatchObject([
      { month: '2026-10', invoice: null },
      { month: '2026-11', invoice: null },
    ]);
  });

  test('whose invoice was voided is asked for by the next one', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    await month(account, '2026-11-01T01:00:00Z');
    await stripeApi().invoices.voidInvoice((await account.bills())[0]?.invoice ?? '');
    expect(await hears(account)).toMatchObject([{ status: 'failed' }]);
    await month(account, '2026-12-01T01:00:00Z');
    expect(await account.bills()).toMatchObject([{ status: 'failed' }, { month: '2026-11', cents: '1200' }]);
  });

  test('is billed once by eight workers, and sent once by eight more', async () => {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    const ctx = account.ctx('2026-11-01T01:00:00Z');
    await Promise.all(Array.from({ length: 8 }, () => billMonths(ctx)));
    const [key, ...others] = await keysOf(account);
    if (key === undefined) throw new Error('nothing was billed');
    expect(others).toEqual([]);
    await Promise.allSettled(Array.from({ length: 8 }, () => sendBill(ctx, key)));
    await sendBill(ctx, key);
    const sent = (await stripeApi().invoices.list({ customer: await customerOf(account) })).data;
    expect(sent.map(({ status, subtotal }) => [status, subtotal])).toEqual([['open', 12_00]]);
    expect(await told(account)).toEqual(['sent']);
  });
});

describe('an invoice that is not paid in time', () => {
  async function anOverdueAccount() {
    const account = await anAccountOnTerms(ledger, { since: OCTOBER });
    await account.uses(1_200, 'dubbing', '2026-10-06T12:00:00Z');
    await month(account, '2026-11-01T01:00:00Z');
    const [key] = await keysOf(account);
    if (key === undefined) throw new Error('nothing was billed');
    const inDays = (days: number) => account.ctx(new Date(Date.now() + days * 86_400_000).toISOString());
    return { account, key, inDays };
  }

  test('stops its account on the day after, and is told of once', async () => {
    const { account, key, inDays } = await anOverdueAccount();
    const due = async (days: number) =>
      (await listOpenBills(ledger.db, inDays(days).now)).filter(({ id }) => id === key.id);
    expect(await due(29)).toEqual([]);
    expect(await due(31)).toMatchObject([{ isSent: true }]);
    await restrictOverdue(inDays(29), key);
    expect(await frozen(account)).toBeNull();
    await restrictOverdue(inDays(31), key);
    await restrictOverdue(inDays(32), key);
    expect(await frozen(account)).toBe('A monthly invoice is overdue.');
    expect(await told(account)).toEqual(['sent', 'overdue']);
    expect(await due(33)).toEqual([]);
  });

  test('lets it go on as soon as it is paid', async () => {
    const { account, key, inDays } = await anOverdueAccount();
    await restrictOverdue(inDays(31), key);
    await pays(account);
    expect(await frozen(account)).toBeNull();
    expect(await account.balance()).toBe(0);
  });

  test('that was paid, though nobody told us, stops nothing', async () => {
    const { account, key, inDays } = await anOverdueAccount();
    await stripeApi().invoices.pay((await account.bills())[0]?.invoice ?? '', { paid_out_of_band: true });
    await restrictOverdue(inDays(31), key);
    expect(await frozen(account)).toBeNull();
    expect(await account.balance()).toBe(0);
    await stripe.deliveries();
  });

  test('leaves a stop for another reason as it is', async () => {
    const { account, key, inDays } = await anOverdueAccount();
    await ledger.asOwner('SELECT ledger.freeze_account($1, $2)', [account.accountId, 'somebody looks at it']);
    await restrictOverdue(inDays(31), key);
    await pays(account);
    expect(await frozen(account)).toBe('somebody looks at it');
  });
});

test.each([1, 2, 3])(
  'whatever is used, bought, paid and left unpaid, invoices ask for each debt once: life %i',
  { timeout: 120_000 },
  async (seed) => {
    const random = new Random(seed);
    const account = await anAccountOnTerms(ledger, { since: OCTOBER, timeZone: 'Europe/Berlin' });
    for (const name of ['2026-10', '2026-11', '2026-12', '2027-01']) {
      for (let day = 10; day < 28; day += 3) {
        const moment = `${name}-${day}T12:00:00Z`;
        await account.uses(1 + random.below(500), random.pick(['dubbing', 'training']), moment);
        if (random.below(8) === 0)
          await topUp(ledger, account.accountId, wholeCredits(BigInt(1 + random.below(900))));
      }
      const [year = 0, nth = 0] = name.split('-').map(Number);
      await month(account, new Date(Date.UTC(year, nth, 2)).toISOString());
      const open = (await account.bills()).filter(({ status }) => status === 'open');
      for (const { invoice } of open) {
        if (random.below(2) === 0) continue;
        await stripeApi().invoices.pay(invoice ?? '', { paid_out_of_band: true });
        await hears(account);
      }
    }
    for (const { invoice } of (await account.bills()).filter(({ status }) => status === 'open'))
      await stripeApi().invoices.pay(invoice ?? '', { paid_out_of_band: true });
    await hears(account);
    // Everything that was ever used before the last month's end is paid for; what was bought besides is left.
    expect(await account.balance()).toBeGreaterThanOrEqual(0);
    const [sums] = await ledger.asOwner<{ used: string; paid: string; bought: string }>(
      `SELECT -sum(delta) FILTER (WHERE kind = 'consume') AS used,
              sum(delta) FILTER (WHERE reference IN (SELECT id::text FROM top_ups WHERE origin = 'invoice')) AS paid,
              coalesce(sum(delta) FILTER (WHERE reference IN (SELECT id::text FROM top_ups WHERE origin = 'manual')), 0) AS bought
         FROM entries WHERE account_id = $1`,
      [account.accountId],
    );
    const spare = Number(sums?.bought) + Number(sums?.paid) - Number(sums?.used);
    expect(spare).toBeGreaterThanOrEqual(0);
    // Nobody pays by invoice for more than what their own purchases left unpaid.
    expect(spare).toBeLessThanOrEqual(Number(sums?.bought));
    expect(await ledger.audit()).toEqual([]);
  },
);
