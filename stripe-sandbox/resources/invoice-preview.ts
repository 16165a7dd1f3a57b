import { discountsAsked, reductionsOf } from '../discounts';
import { invalidRequest } from '../errors';
import { draftInvoice } from '../invoicing/draft';
import { lineOfItem, withLines } from '../invoicing/lines';
import type { Customer, Invoice } from '../objects';
import { post, type Operation } from '../operations';
import {
  address,
  boolean,
  integer,
  listOf,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unmodelled,
  unset,
  type Read,
} from '../params';
import type { Context } from '../world';
import { createCustomer, emptyAddress, knownCustomer } from './customers';
import { createItem, knownItem, pendingItems, updateItem } from './invoice-items';
import { taxBehavior } from './prices';
import { createTaxId } from './tax-ids';

const item = shape({
  amount: integer(),
  currency: text(),
  description: text(),
  discountable: boolean(),
  discounts: unset(discountsAsked),
  invoiceitem: text(),
  metadata: metadata(),
  period: shape({ end: required(integer()), start: required(integer()) }),
  price: text(),
  price_data: shape({
    currency: required(text()),
    product: required(text()),
    tax_behavior: taxBehavior,
    unit_amount: integer(),
    ...unmodelled('unit_amount_decimal'),
  }),
  quantity: integer({ min: 0 }),
  tax_behavior: taxBehavior,
  tax_code: unset(text()),
  tax_rates: unset(listOf(text())),
  ...unmodelled('quantity_decimal', 'unit_amount', 'unit_amount_decimal'),
});

const asked = shape({
  automatic_tax: shape({ enabled: required(boolean()), ...unmodelled('liability') }),
  currency: text(),
  customer: text(),
  customer_details: shape({
    address: unset(address()),
    tax_exempt: unset(oneOf('none', 'exempt', 'reverse')),
    tax_ids: listOf(shape({ type: required(text()), value: required(text()) })),
    ...unmodelled('shipping', 'tax'),
  }),
  discounts: unset(discountsAsked),
  invoice_items: listOf(item),
  preview_mode: oneOf('next', 'recurring'),
  ...unmodelled(
    'customer_account',
    'issuer',
    'on_behalf_of',
    'schedule',
    'schedule_details',
    'subscription',
    'subscription_details',
  ),
});
type Asked = Read<typeof asked>;

/** The customer as the preview is to see them. */
const seen = (ctx: Context, { customer: id, customer_details: details = {} }: Asked): Customer => {
  const customer = id === undefined ? createCustomer(ctx, {}) : knownCustomer(ctx, id);
  const { address: at, tax_exempt: exempt, tax_ids: numbers = [] } = details;
  for (const number of numbers) createTaxId(ctx, customer, number);
  return ctx.store.customers.put({
    ...customer,
    ...(at === undefined ? {} : { address: at === null ? null : { ...emptyAddress, ...at } }),
    ...(exempt === undefined ? {} : { tax_exempt: exempt ?? 'none' }),
  });
};

/** An item that is pending, changed as the preview asks, or one that only the preview knows. */
const addItem = (
  ctx: Context,
  customer: Customer,
  { invoiceitem: pending, price, ...wanted }: Read<typeof item>,
  currency: string,
) => {
  const fields = { ...wanted, ...(price === undefined ? {} : { pricing: { price } }) };
  if (pending !== undefined)
    updateItem(ctx, knownItem(ctx, pending, 'invoice_items[0][invoiceitem]'), fields);
  else createItem(ctx, { currency, ...fields, customer: customer.id });
};

const asUpcoming = (invoice: Invoice): Invoice => {
  const id = `upcoming_${invoice.id}`;
  const data = invoice.lines.data.map((line) => ({ ...line, invoice: id }));
  return {
    ...invoice,
    id,
    billing_reason: 'upcoming',
    lines: { ...invoice.lines, data, url: `/v1/invoices/upcoming/lines?customer=${invoice.customer ?? ''}` },
  };
};

/** The invoice that would be, of which nothing stays. */
const preview = (ctx: Context, params: Asked): Invoice => {
  const customer = seen(ctx, params);
  const currency = params.currency?.toLowerCase() ?? customer.currency ?? 'usd';
  for (const wanted of params.invoice_items ?? []) addItem(ctx, customer, wanted, currency);
  const items = pendingItems(ctx, customer.id).filter((pending) => pending.currency === currency);
  if (items.length === 0) {
    throw invalidRequest(`No upcoming invoices for customer: ${customer.id}`, {
      code: 'invoice_upcoming_none',
      status: 404,
    });
  }
  const subtotal = items.reduce((sum, { amount }) => sum + amount, 0);
  const blank = draftInvoice(ctx, {
    customer,
    currency,
    automaticTax: params.automatic_tax?.enabled ?? false,
    reductions: reductionsOf(ctx, params.discounts ?? [], { customer, subtotal, currency }),
  });
  const lines = items.map((one) => lineOfItem(blank, one));
  return asUpcoming(withLines(ctx, blank, lines));
};

export const invoicePreview: Operation[] = [
  post('/v1/invoices/create_preview', 'invoice', asked, (ctx, params) =>
    ctx.store.rehearse(() => preview(ctx, params)),
  ),
];
