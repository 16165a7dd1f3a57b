import { invalidRequest, noSuch } from '../errors';
import { emit } from '../events';
import { newId } from '../ids';
import { keepInvoice, requireDraft } from '../invoicing/draft';
import { lineOfItem, withLines } from '../invoicing/lines';
import { dated, page } from '../lists';
import type { Invoice, InvoiceItem } from '../objects';
import { del, get, post, type Operation } from '../operations';
import { boolean, integer, mergeMetadata, metadata, oneOf, required, shape, text } from '../params';
import { unmodelled, unset, type Read } from '../params';
import type { Context } from '../world';
import { knownCustomer } from './customers';
import { inlinePrice } from './prices';

const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified');

const priceData = shape({
  currency: required(text()),
  product: required(text()),
  tax_behavior: taxBehavior,
  unit_amount: integer(),
  ...unmodelled('unit_amount_decimal'),
});

const fields = {
  amount: integer(),
  description: text(),
  discountable: boolean(),
  metadata: metadata(),
  period: shape({ end: required(integer()), start: required(integer()) }),
  price_data: priceData,
  quantity: integer({ min: 0 }),
  tax_behavior: taxBehavior,
  tax_code: unset(text()),
  ...unmodelled('discounts', 'pricing', 'quantity_decimal', 'tax_rates', 'unit_amount_decimal'),
};
const creation = shape({
  ...fields,
  currency: text(),
  customer: text(),
  invoice: text(),
  ...unmodelled('customer_account', 'subscription'),
});
const change = shape({ ...fields, ...unmodelled('invoicing_rules') });

/** An item as it travels: it has a date where other objects say when they were created. */
const shown = ({ created: _created, ...item }: InvoiceItem) => item;

const knownItem = (ctx: Context, id: string, param = 'id'): InvoiceItem => {
  const item = ctx.store.invoice_items.get(id);
  if (item === null) throw noSuch('invoiceitem', id, param);
  return item;
};

const draftOf = (ctx: Context, id: string): Invoice => {
  const invoice = ctx.store.invoices.get(id);
  if (invoice === null) throw noSuch('invoice', id, 'invoice');
  requireDraft(invoice, `The invoice ${id} is no longer editable`);
  return invoice;
};

/** Writes the item's line into its invoice, in place of the one it had. */
const writeLine = (ctx: Context, item: InvoiceItem) => {
  if (item.invoice === null) return;
  const draft = draftOf(ctx, item.invoice);
  const line = lineOfItem(draft, item);
  const lines = draft.lines.data;
  const known = lines.find((kept) => kept.parent?.invoice_item_details?.invoice_item === item.id);
  const written =
    known === undefined
      ? [...lines, line]
      : lines.map((kept) => (kept === known ? { ...line, id: known.id } : kept));
  keepInvoice(ctx, draft, withLines(ctx, draft, written));
};

type Priced = {
  currency: string;
  unit: number;
  quantity: number;
  behavior?: 'exclusive' | 'inclusive' | 'unspecified';
};

const priced = (params: Read<typeof creation>): Priced => {
  const { amount, price_data: data, tax_behavior: behavior } = params;
  const quantity = params.quantity ?? 1;
  const tax = behavior === undefined ? {} : { behavior };
  if (data?.unit_amount !== undefined) {
    const own = data.tax_behavior === undefined ? tax : { behavior: data.tax_behavior };
    return { currency: data.currency.toLowerCase(), unit: data.unit_amount, quantity, ...own };
  }
  if (amount === undefined) {
    throw invalidRequest('You must pass either `amount`, `price_data` or `pricing`.', {
      code: 'parameter_missing',
      param: 'amount',
    });
  }
  if (params.quantity !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: amount, quantity.', {
      param: 'amount',
    });
  }
  if (params.currency === undefined) {
    throw invalidRequest('Missing required param: currency.', {
      code: 'parameter_missing',
      param: 'currency',
    });
  }
  return { currency: params.currency.toLowerCase(), unit: amount, quantity, ...tax };
};

/** Something to be invoiced: on the draft that is named, or pending until the customer's next one. */
export const createItem = (ctx: Context, params: Read<typeof creation>): InvoiceItem => {
  const { unit, quantity, currency, behavior } = priced(params);
  const draft = params.invoice === undefined ? null : draftOf(ctx, params.invoice);
  const owner = params.customer ?? draft?.customer ?? null;
  if (owner === null) {
    throw invalidRequest('Missing required param: customer.', {
      code: 'parameter_missing',
      param: 'customer',
    });
  }
  knownCustomer(ctx, owner);
  if (draft !== null && draft.customer !== owner) {
    throw invalidRequest('The invoice item and the invoice must belong to the same customer.', {
      param: 'invoice',
    });
  }
  if (draft !== null && draft.currency !== currency) {
    throw invalidRequest(
      `The currency of the invoice item (${currency}) must match that of the invoice (${draft.currency}).`,
      { param: 'currency' },
    );
  }
  const now = ctx.clock.seconds();
  const { price, product } = inlinePrice(ctx, {
    currency,
    amount: unit,
    ...(behavior === undefined ? {} : { taxBehavior: behavior }),
    product: { name: params.description ?? 'Invoice item', taxCode: params.tax_code ?? null },
  });
  const item = ctx.store.invoice_items.put({
    id: newId('invoice_item'),
    object: 'invoiceitem',
    amount: unit * quantity,
    created: now,
    currency,
    customer: owner,
    customer_account: null,
    date: now,
    description: params.description ?? null,
    discountable: params.discountable ?? true,
    discounts: [],
    invoice: draft?.id ?? null,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    parent: null,
    period: params.period ?? { end: now, start: now },
    pricing: {
      price_details: { price: price.id, product: product.id },
      type: 'price_details',
      unit_amount_decimal: `${unit}`,
    },
    proration: false,
    quantity,
    quantity_decimal: `${quantity}`,
    tax_rates: [],
    test_clock: null,
  });
  emit(ctx, 'invoiceitem.created', shown(item));
  writeLine(ctx, item);
  return item;
};

export const pendingItems = (ctx: Context, customer: string): InvoiceItem[] =>
  [...ctx.store.invoice_items.oldestFirst(undefined, { by: 'customer', is: customer })].filter(
    (item) => item.invoice === null,
  );

/** Moves a pending item onto an invoice. */
export const takeItem = (ctx: Context, item: InvoiceItem | string, invoice: string): InvoiceItem => {
  const pending = typeof item === 'string' ? knownItem(ctx, item, 'lines[0][invoice_item]') : item;
  const taken = ctx.store.invoice_items.put({ ...pending, invoice });
  if (typeof item === 'string') writeLine(ctx, taken);
  return taken;
};

/** An item whose draft was deleted is deleted with it. */
export const forgetItem = (ctx: Context, id: string | undefined): void => {
  const item = id === undefined ? null : ctx.store.invoice_items.get(id);
  if (item === null) return;
  ctx.store.invoice_items.remove(item.id);
  emit(ctx, 'invoiceitem.deleted', shown(item));
};

const updateItem = (ctx: Context, item: InvoiceItem, params: Read<typeof change>): InvoiceItem => {
  if (item.invoice !== null) draftOf(ctx, item.invoice);
  const quantity = params.quantity ?? item.quantity;
  const unit = params.price_data?.unit_amount ?? item.amount / Math.max(1, item.quantity);
  const after = ctx.store.invoice_items.put({
    ...item,
    amount: params.amount ?? unit * quantity,
    description: params.description ?? item.description,
    discountable: params.discountable ?? item.discountable,
    metadata: mergeMetadata(item.metadata ?? {}, params.metadata),
    period: params.period ?? item.period,
    quantity,
    quantity_decimal: `${quantity}`,
  });
  writeLine(ctx, after);
  return after;
};

const deleteItem = (ctx: Context, item: InvoiceItem): object => {
  if (item.invoice !== null) {
    const draft = draftOf(ctx, item.invoice);
    const others = draft.lines.data.filter(
      (line) => line.parent?.invoice_item_details?.invoice_item !== item.id,
    );
    keepInvoice(ctx, draft, withLines(ctx, draft, others));
  }
  forgetItem(ctx, item.id);
  return { id: item.id, object: 'invoiceitem', deleted: true };
};

export const invoiceItems: Operation[] = [
  post('/v1/invoiceitems', 'invoiceitem', creation, (ctx, params) => shown(createItem(ctx, params))),
  get(
    '/v1/invoiceitems',
    'list of invoiceitem',
    shape({
      ...dated,
      customer: text(),
      invoice: text(),
      pending: boolean(),
      ...unmodelled('customer_account'),
    }),
    (ctx, params) => {
      const found = page(ctx.store.invoice_items, {
        url: '/v1/invoiceitems',
        kind: 'invoiceitem',
        params,
        among: { invoice: params.invoice, customer: params.customer },
        where: (item) =>
          (params.customer === undefined || item.customer === params.customer) &&
          (params.invoice === undefined || item.invoice === params.invoice) &&
          (params.pending === undefined || (item.invoice === null) === params.pending),
      });
      return { ...found, data: found.data.map(shown) };
    },
  ),
  get('/v1/invoiceitems/:id', 'invoiceitem', shape({}), (ctx, _params, { id }) => shown(knownItem(ctx, id))),
  post('/v1/invoiceitems/:id', 'invoiceitem', change, (ctx, params, { id }) =>
    shown(updateItem(ctx, knownItem(ctx, id), params)),
  ),
  del('/v1/invoiceitems/:id', 'invoiceitem', shape({}), (ctx, _params, { id }) =>
    deleteItem(ctx, knownItem(ctx, id)),
  ),
];
