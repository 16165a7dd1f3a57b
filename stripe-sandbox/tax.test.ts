import type { Stripe } from 'stripe';
import { expect, test } from 'vitest';

import { aSandbox } from './testing';

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
  const pdf = await (await open(invoice.invoice_pdf ?? '')).text();
  expect(pdf.includes('Tax: $')).toBe(tax > 0);
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
