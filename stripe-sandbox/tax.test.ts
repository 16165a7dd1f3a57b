import type { Stripe } from 'stripe';
import { expect, test } from 'vitest';

import { aCard, anOrder, aSandbox } from './testing';
import { textOfPdf } from './testing-pdf';

type Asked = {
  country?: string;
  state?: string;
  behavior?: 'exclusive' | 'inclusive';
  vat?: string;
  exempt?: Stripe.CustomerCreateParams.TaxExempt;
};

/** An invoice of 100 dollars to a customer who lives there, with automatic tax by place. */
const anInvoice = async ({ country, state, behavior = 'exclusive', vat, exempt }: Asked) => {
  const world = aSandbox({ switches: { automaticTax: 'by_place' } });
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({
    name: 'Ada',
    ...(country === undefined ? {} : { address: { country, ...(state === undefined ? {} : { state }) } }),
    ...(exempt === undefined ? {} : { tax_exempt: exempt }),
  });
  if (vat !== undefined) await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: vat });
  const draft = await stripe.invoices.create({ customer, automatic_tax: { enabled: true } });
  await stripe.invoiceItems.create({
    invoice: draft.id,
    amount: 10_000,
    currency: 'usd',
    tax_behavior: behavior,
  });
  return { ...world, draft, finalize: () => stripe.invoices.finalizeInvoice(draft.id) };
};

test.each([
  { asked: { country: 'DE' }, tax: 1900, total: 11_900, reason: 'standard_rated' },
  {
    asked: { country: 'DE', behavior: 'inclusive' as const },
    tax: 1597,
    total: 10_000,
    reason: 'standard_rated',
  },
  { asked: { country: 'US', state: 'NY' }, tax: 888, total: 10_888, reason: 'standard_rated' },
  { asked: { country: 'US', state: 'OR' }, tax: 0, total: 10_000, reason: 'not_collecting' },
  { asked: { country: 'FR', vat: 'FR12123456789' }, tax: 0, total: 10_000, reason: 'reverse_charge' },
  {
    asked: { country: 'GB', exempt: 'exempt' as const },
    tax: 0,
    total: 10_000,
    reason: 'customer_exempt',
  },
])('tax of $asked is $tax: $reason', async ({ asked, tax, total, reason }) => {
  const { finalize, open, stripe } = await anInvoice(asked);
  const invoice = await finalize();
  expect(invoice).toMatchObject({
    subtotal: 10_000,
    total,
    total_excluding_tax: total - tax,
    automatic_tax: { status: 'complete' },
    total_taxes: [{ amount: tax, taxability_reason: reason }],
    lines: { data: [{ taxes: [{ amount: tax }] }] },
  });
  const paid = await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' });
  expect(paid.amount_paid).toBe(total);
  const pdf = await (await open(invoice.invoice_pdf ?? '')).arrayBuffer();
  expect(/(VAT|Sales Tax) \([\d.]+%\)/.test(textOfPdf(new Uint8Array(pdf)))).toBe(tax > 0);
});

test('without a place the invoice stays a draft and says why', async () => {
  const { draft, eventTypes, finalize, stripe } = await anInvoice({});
  await expect(finalize()).rejects.toMatchObject({ code: 'customer_tax_location_invalid' });
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
    status: 'draft',
    last_finalization_error: { code: 'customer_tax_location_invalid' },
  });
  expect(eventTypes().slice(-1)).toEqual(['invoice.finalization_failed']);
});

type Buyer = { address?: Stripe.AddressParam; vat?: string; behavior?: 'exclusive' | 'inclusive' };

/** A session for 50 dollars, with automatic tax by place. */
const aTaxedSession = async ({ address, vat, behavior = 'exclusive' }: Buyer) => {
  const world = aSandbox({ switches: { automaticTax: 'by_place' } });
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({
    email: 'ada@example.org',
    ...(address === undefined ? {} : { address }),
    ...(vat === undefined ? {} : { tax_id_data: [{ type: 'eu_vat' as const, value: vat }] }),
  });
  const order = anOrder(customer);
  const [line] = order.line_items ?? [];
  const session = await stripe.checkout.sessions.create({
    ...order,
    line_items: [{ ...line, price_data: { ...line?.price_data, currency: 'usd', tax_behavior: behavior } }],
  });
  return { ...world, session, customer };
};

test.each([
  { buyer: { address: { country: 'US', state: 'NY' } }, tax: 444, total: 5444, status: 'complete' },
  { buyer: { address: { country: 'DE' } }, tax: 950, total: 5950, status: 'complete' },
  {
    buyer: { address: { country: 'DE' }, behavior: 'inclusive' as const },
    tax: 798,
    total: 5000,
    status: 'complete',
  },
  { buyer: { address: { country: 'DE' }, vat: 'DE123456789' }, tax: 0, total: 5000, status: 'complete' },
  { buyer: {}, tax: 0, total: 5000, status: 'requires_location_inputs' },
])('a session of $buyer has a tax of $tax', async ({ buyer, tax, total, status }) => {
  const { session } = await aTaxedSession(buyer);
  expect(session).toMatchObject({
    amount_subtotal: 5000,
    amount_total: total,
    total_details: { amount_tax: tax },
    automatic_tax: { status },
  });
});

test('a session is taxed where its buyer says to be, on the charge and on the invoice', async () => {
  const { stripe, session, post, customer } = await aTaxedSession({});
  await post(session.url ?? '', aCard('4242424242424242', { country: 'GB' }));
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent', 'invoice', 'line_items.data.taxes', 'total_details.breakdown'],
  });
  expect(paid).toMatchObject({
    amount_total: 6000,
    payment_intent: { amount_received: 6000 },
    invoice: {
      total: 6000,
      amount_paid: 6000,
      total_excluding_tax: 5000,
      total_taxes: [{ amount: 1000, taxability_reason: 'standard_rated' }],
    },
    line_items: { data: [{ amount_tax: 1000, taxes: [{ amount: 1000, rate: { percentage: 20 } }] }] },
    total_details: { amount_tax: 1000, breakdown: { taxes: [{ amount: 1000, taxable_amount: 5000 }] } },
  });
  expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({
    address: { country: 'GB' },
  });
});

test('the rate of a place is a tax rate like any other', async () => {
  const { finalize, stripe } = await anInvoice({ country: 'US', state: 'NY' });
  const [tax] = (await finalize()).total_taxes ?? [];
  expect(await stripe.taxRates.retrieve(tax?.tax_rate_details?.tax_rate ?? '')).toMatchObject({
    percentage: 8.875,
    display_name: 'Sales Tax',
    jurisdiction: 'NY',
    active: false,
  });
});
