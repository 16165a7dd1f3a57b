import { createDiscount, discountsAsked, reductionsOf } from '../discounts';
import { invalidRequest } from '../errors';
import { emit } from '../events';
import { newId } from '../ids';
import { keepInvoice, requireDraft } from '../invoicing/draft';
import { lineOfItem, withLines } from '../invoicing/lines';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Invoice, InvoiceItem, Price } from '../objects';
import { del, get, post, type Operation } from '../operations';
import {
  boolean,
  exclusive,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  type MetadataChange,
  missing,
  type Read,
  required,
  shape,
  text,
  unmodelled,
  unset,
} from '../params';
import { hourFor } from '../test-clock';
import type { Context } from '../world';
import { knownCustomer } from './customers';
import { activePrice, inlinePrice, taxBehavior } from './prices';
import { knownProduct, type NewProduct } from './products';
import { taxRatesNamed } from './tax-rates';

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
  tax_rates: unset(listOf(text())),
  discounts: unset(discountsAsked),
  pricing: shape({ price: text() }),
  ...unmodelled('quantity_decimal', 'unit_amount_decimal'),
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

export const knownItem = (ctx: Context, id: string, param = 'id'): InvoiceItem =>
  known(ctx.store.invoice_items, 'invoiceitem', id, param);

const draftOf = (ctx: Context, id: string): Invoice => {
  const invoice = known(ctx.store.invoices, 'invoice', id, 'invoice');
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

type Offer = { currency: string; unit: number; quantity: number; price(): Price };

const behaviorIn = (behavior: Price['tax_behavior'] | undefined) =>
  behavior === undefined || behavior === null ? {} : { taxBehavior: behavior };

/** What a line or an item may say of its price. */
type Asked = {
  amount?: number;
  currency?: string;
  description?: string;
  price_data?: {
    currency: string;
    product?: string;
    product_data?: Omit<NewProduct, 'metadata'> & { metadata?: MetadataChange };
    tax_behavior?: Read<typeof taxBehavior>;
    unit_amount?: number;
  };
  pricing?: { price?: string };
  quantity?: number;
  tax_behavior?: Read<typeof taxBehavior>;
  tax_code?: string | null;
};

/** What is asked for one piece, by a price that stands, by one made in place, or by a bare amount. */
const offerIn = (ctx: Context, params: Asked): Offer => {
  const { amount, price_data: data, pricing, quantity = 1 } = params;
  if (pricing?.price !== undefined) {
    const price = activePrice(ctx, pricing.price, 'pricing[price]');
    return { currency: price.currency, unit: price.unit_amount ?? 0, quantity, price: () => price };
  }
  if (data?.unit_amount !== undefined) {
    const { unit_amount: unit, product: id, product_data: made } = data;
    if (id === undefined && made === undefined) throw missing('price_data[product]');
    const product =
      made === undefined
        ? knownProduct(ctx, id ?? '', 'price_data[product]').id
        : { ...made, metadata: mergeMetadata({}, made.metadata) };
    const currency = data.currency.toLowerCase();
    const behavior = behaviorIn(data.tax_behavior ?? params.tax_behavior);
    const price = () => inlinePrice(ctx, { currency, amount: unit, product, ...behavior });
    return { currency, unit, quantity, price };
  }
  if (amount === undefined) {
    throw invalidRequest('You must pass either `amount`, `price_data` or `pricing`.', {
      code: 'parameter_missing',
      param: 'amount',
    });
  }
  if (params.quantity !== undefined) throw exclusive('amount', 'quantity');
  if (params.currency === undefined) throw missing('currency');
  const currency = params.currency.toLowerCase();
  const product = { name: params.description ?? 'Invoice item', tax_code: params.tax_code ?? null };
  const price = () => inlinePrice(ctx, { currency, amount, product, ...behaviorIn(params.tax_behavior) });
  return { currency, unit: amount, quantity: 1, price };
};

const pricingOf = ({ id, product, unit_amount_decimal: unit }: Price): InvoiceItem['pricing'] => ({
  price_details: { price: id, product },
  type: 'price_details',
  unit_amount_decimal: unit,
});

const checkOwner = (draft: Invoice | null, owner: string, currency: string) => {
  if (draft === null) return;
  if (draft.customer !== owner) {
    throw invalidRequest('The invoice item and the invoice must belong to the same customer.', {
      param: 'invoice',
    });
  }
  if (draft.currency !== currency) {
    throw invalidRequest(
      `The currency of the invoice item (${currency}) must match that of the invoice (${draft.currency}).`,
      { param: 'currency' },
    );
  }
};

type NewItem = Omit<Read<typeof creation>, 'price_data'> & Asked;

/** Something to be invoiced: on the draft that is named, or pending until the customer's next one. */
export const createItem = (ctx: Context, params: NewItem): InvoiceItem => {
  const { unit, quantity, currency, price: priced } = offerIn(ctx, params);
  const draft = params.invoice === undefined ? null : draftOf(ctx, params.invoice);
  const owner = params.customer ?? draft?.customer ?? null;
  if (owner === null) throw missing('customer');
  const customer = knownCustomer(ctx, owner);
  checkOwner(draft, owner, currency);
  const rates = taxRatesNamed(ctx, params.tax_rates, 'tax_rates');
  const use = { customer, subtotal: unit * quantity, currency };
  const reductions = reductionsOf(ctx, params.discounts ?? [], use);
  const now = hourFor(ctx, customer);
  const price = priced();
  const id = newId('invoice_item');
  const item = ctx.store.invoice_items.put({
    id,
    object: 'invoiceitem',
    amount: unit * quantity,
    created: now,
    currency,
    customer: owner,
    customer_account: null,
    date: now,
    description: params.description ?? ctx.store.products.get(price.product)?.name ?? null,
    discountable: params.discountable ?? unit >= 0,
    discounts: reductions.map((one) => createDiscount(ctx, one, { customer: owner, invoice_item: id }).id),
    invoice: draft?.id ?? null,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    parent: null,
    period: params.period ?? { end: now, start: now },
    pricing: pricingOf(price),
    proration: false,
    quantity,
    quantity_decimal: `${quantity}`,
    tax_rates: rates,
    test_clock: customer.test_clock ?? null,
  });
  emit(ctx, 'invoiceitem.created', shown(item));
  writeLine(ctx, item);
  return item;
};

export const pendingItems = (ctx: Context, customer: string): InvoiceItem[] =>
  [...ctx.store.invoice_items.oldestFirst(undefined, { by: 'customer', is: customer })].filter(
    (item) => item.invoice === null,
  );

/** Moves a pending item onto an invoice whose lines are still to be written. */
export const takeItem = (ctx: Context, item: InvoiceItem, invoice: string): InvoiceItem =>
  ctx.store.invoice_items.put({ ...item, invoice });

/** Moves a pending item onto a draft, where it becomes a line. */
export const assignItem = (ctx: Context, id: string, draft: Invoice, param: string): void => {
  const item = knownItem(ctx, id, param);
  if (item.invoice !== null) {
    throw invalidRequest(`The invoice item ${id} is on an invoice already.`, { param });
  }
  checkOwner(draft, item.customer, item.currency);
  writeLine(ctx, takeItem(ctx, item, draft.id));
};

const withoutLine = (ctx: Context, { id, invoice }: InvoiceItem) => {
  if (invoice === null) return;
  const draft = draftOf(ctx, invoice);
  const others = draft.lines.data.filter((line) => line.parent?.invoice_item_details?.invoice_item !== id);
  keepInvoice(ctx, draft, withLines(ctx, draft, others));
};

/** Takes an item from its draft; it waits for the customer's next invoice. */
export const unassignItem = (ctx: Context, item: InvoiceItem): void => {
  withoutLine(ctx, item);
  ctx.store.invoice_items.put({ ...item, invoice: null });
};

/** An item whose draft was deleted is deleted with it. */
export const forgetItem = (ctx: Context, id: string | undefined): void => {
  const item = id === undefined ? null : ctx.store.invoice_items.get(id);
  if (item === null) return;
  ctx.store.invoice_items.remove(item.id);
  emit(ctx, 'invoiceitem.deleted', shown(item));
};

/** A new price for the item, or the one it has. */
const repriced = (ctx: Context, item: InvoiceItem, params: Asked) => {
  const { amount, price_data: data, pricing, quantity = item.quantity } = params;
  if (amount === undefined && data?.unit_amount === undefined && pricing?.price === undefined) {
    const unit = item.amount / Math.max(1, item.quantity);
    return { amount: unit * quantity, quantity, quantity_decimal: `${quantity}` };
  }
  const offer = offerIn(ctx, {
    description: item.description ?? 'Invoice item',
    ...params,
    currency: item.currency,
  });
  if (offer.currency !== item.currency) {
    throw invalidRequest('The currency of an invoice item cannot be changed.', { param: 'price_data' });
  }
  return {
    amount: offer.unit * offer.quantity,
    pricing: pricingOf(offer.price()),
    quantity: offer.quantity,
    quantity_decimal: `${offer.quantity}`,
  };
};

type ItemChange = Omit<Read<typeof change>, 'price_data'> & Asked;

export const updateItem = (ctx: Context, item: InvoiceItem, params: ItemChange): InvoiceItem => {
  if (item.invoice !== null) draftOf(ctx, item.invoice);
  const { discounts: asked } = params;
  const use = { customer: knownCustomer(ctx, item.customer), subtotal: item.amount, currency: item.currency };
  const reductions = reductionsOf(ctx, asked ?? [], use);
  const rates = taxRatesNamed(ctx, params.tax_rates, 'tax_rates');
  const owner = { customer: item.customer, invoice_item: item.id };
  const after = ctx.store.invoice_items.put({
    ...item,
    ...repriced(ctx, item, params),
    description: params.description ?? item.description,
    discountable: params.discountable ?? item.discountable,
    ...(asked === undefined
      ? {}
      : { discounts: reductions.map((one) => createDiscount(ctx, one, owner).id) }),
    metadata: mergeMetadata(item.metadata ?? {}, params.metadata),
    period: params.period ?? item.period,
    ...(params.tax_rates === undefined ? {} : { tax_rates: rates }),
  });
  writeLine(ctx, after);
  return after;
};

export const deleteItem = (ctx: Context, item: InvoiceItem): object => {
  withoutLine(ctx, item);
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
