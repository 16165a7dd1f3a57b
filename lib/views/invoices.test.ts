import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import { cents } from '@/lib/domain/credits';
import { openCreditNote, openInvoiceDocument } from '@/lib/services/open-document';
import { refundPurchase } from '@/lib/services/refund-purchase';
import { stripe as stripeApi } from '@/lib/stripe/client';
import { arrives, purchasesIn } from '@/test/stripe/purchases';
import { ledgerAndStripe } from '@/test/stripe/stripe-fixture';

import { readInvoices } from './invoices';

const { ledger, stripe } = await ledgerAndStripe();
const shop = purchasesIn(ledger, stripe);
beforeAll(async () => {
  stripe.sandbox.switches.checkoutInvoice = 'in_completed_event';
});

async function allNewsArrives() {
  for (const delivery of await stripe.deliveries()) await arrives(ledger, delivery);
}
const listOf = async (buyer: Parameters<typeof readInvoices>[0]) =>
  (await readInvoices(buyer, { limit: 25 })).invoices;

test('a purchase stands in the list with what Stripe’s invoice says', async () => {
  const { buyer, invoice } = await shop.aCreditedPurchase();
  await allNewsArrives();
  const { number } = await stripeApi().invoices.retrieve(invoice);
  expect(await listOf(buyer)).toMatchObject([
    {
      id: invoice,
      number,
      standing: 'paid',
      currency: 'usd',
      tax: 0n,
      total: 50_00n,
      refunded: 0n,
      purchase: { origin: 'manual', credits: 5_000_000_000n },
      creditNotes: [],
    },
  ]);
});

test('a purchase whose invoice is not made yet stands there without a number', async () => {
  const { buyer } = await shop.aCreditedPurchase();
  expect(await listOf(buyer)).toMatchObject([{ id: null, number: null, standing: 'paid', total: 50_00n }]);
  await allNewsArrives();
  expect(await listOf(buyer)).toMatchObject([{ number: expect.any(String) }]);
});

test('refunds change the standing, and their credit notes stand beside', async () => {
  const { buyer, id } = await shop.aCreditedPurchase();
  await allNewsArrives();
  const refund = (amount: bigint) =>
    refundPurchase(buyer, { id: randomUUID(), topUpId: id, amount: cents(amount), reason: null, memo: null });
  const { creditNote } = await refund(20_00n);
  expect(await listOf(buyer)).toMatchObject([
    { standing: 'partly-refunded', refunded: 20_00n, creditNotes: [{ id: creditNote, total: 20_00n }] },
  ]);
  await refund(30_00n);
  expect(await listOf(buyer)).toMatchObject([{ standing: 'refunded', refunded: 50_00n }]);
  await stripeApi()
    .creditNotes.voidCreditNote(creditNote)
    .catch(() => null);
});

test('an invoice that is void stays in the list, whatever news of it comes late', async () => {
  const buyer = await shop.aBuyer();
  const { invoice } = await shop.aCreditedPurchase({}, buyer);
  const { customer: of } = await stripeApi().invoices.retrieve(invoice);
  const customer = typeof of === 'string' ? of : '';
  const draft = await stripeApi().invoices.create({ customer: customer, currency: 'usd' });
  await stripeApi().invoiceItems.create({
    customer: customer,
    invoice: draft.id,
    amount: 5_00,
    currency: 'usd',
  });
  await stripeApi().invoices.finalizeInvoice(draft.id);
  const opened = await stripe.deliveries();
  for (const delivery of opened) await arrives(ledger, delivery);
  const drafted = async () => (await listOf(buyer)).find(({ id }) => id === draft.id);
  expect(await drafted()).toMatchObject({ standing: 'open', purchase: null });
  await stripeApi().invoices.voidInvoice(draft.id);
  await allNewsArrives();
  for (const delivery of opened) await arrives(ledger, delivery);
  expect(await drafted()).toMatchObject({ standing: 'void' });
});

test('pages follow one another without a gap, and none shows another account’s', async () => {
  const buyer = await shop.aBuyer();
  for (let n = 0; n < 5; n += 1) await shop.aCreditedPurchase({}, buyer);
  await allNewsArrives();
  const whole = (await listOf(buyer)).map(({ id }) => id);
  expect(whole).toHaveLength(5);
  const seen: (string | null)[] = [];
  for (let before: string | undefined; ;) {
    const page = await readInvoices(buyer, { limit: 2, ...(before === undefined ? {} : { before }) });
    seen.push(...page.invoices.map(({ id }) => id));
    if (page.nextBefore === null) break;
    before = page.nextBefore;
  }
  expect(seen).toEqual(whole);
  expect(await listOf(await shop.aBuyer())).toEqual([]);
});

test('documents are where Stripe has them now, and only for their own account', async () => {
  const { buyer, id, invoice } = await shop.aCreditedPurchase();
  await allNewsArrives();
  const { creditNote } = await refundPurchase(buyer, {
    id: randomUUID(),
    topUpId: id,
    amount: cents(5_00n),
    reason: null,
    memo: null,
  });
  const open = (document: 'pdf' | 'page' | 'receipt') =>
    openInvoiceDocument(buyer, { id: invoice, document });
  expect(await open('pdf')).toMatch(/\/pdf/);
  expect(await open('page')).toMatch(/\/i\//);
  expect(await open('receipt')).toMatch(/\/receipts\//);
  expect(await openCreditNote(buyer, { id: creditNote })).toMatch(/\/pdf/);

  const stranger = await shop.aBuyer();
  await expect(openInvoiceDocument(stranger, { id: invoice, document: 'pdf' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(openCreditNote(stranger, { id: creditNote })).rejects.toMatchObject({ code: 'not_found' });
});

test('a row that was put into the wrong account opens nothing', async () => {
  const { invoice } = await shop.aCreditedPurchase();
  await allNewsArrives();
  const thief = await shop.aBuyer();
  await ledger.asOwner(
    `INSERT INTO invoices SELECT $1, id, number, status, currency, subtotal_cents, tax_cents, total_cents, issued_at
       FROM invoices WHERE id = $2`,
    [thief.accountId, invoice],
  );
  await expect(openInvoiceDocument(thief, { id: invoice, document: 'page' })).rejects.toMatchObject({
    code: 'not_found',
  });
});
