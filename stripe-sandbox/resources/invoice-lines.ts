import { discountsAsked } from '../discounts';
import { noSuch } from '../errors';
import { keepInvoice, requireDraft } from '../invoicing/draft';
import { pageOf, paging } from '../lists';
import type { Invoice, InvoiceItem, InvoiceLine } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  boolean,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unmodelled,
  unset,
  url,
  type MetadataChange,
  type Read,
} from '../params';
import type { Context } from '../world';
import { assignItem, createItem, deleteItem, knownItem, unassignItem, updateItem } from './invoice-items';
import { knownInvoice } from './invoices';
import { taxBehavior } from './prices';

const fields = {
  amount: integer(),
  description: text(),
  discountable: boolean(),
  discounts: unset(discountsAsked),
  metadata: metadata(),
  period: shape({ end: required(integer()), start: required(integer()) }),
  price_data: shape({
    currency: required(text()),
    product: text(),
    product_data: shape({
      description: text(),
      images: listOf(url()),
      metadata: metadata(),
      name: required(text()),
      tax_code: text(),
      unit_label: text({ max: 12 }),
      ...unmodelled('tax_details'),
    }),
    tax_behavior: taxBehavior,
    unit_amount: integer(),
    ...unmodelled('unit_amount_decimal'),
  }),
  pricing: shape({ price: text() }),
  quantity: integer({ min: 0 }),
  tax_rates: unset(listOf(text())),
  ...unmodelled('quantity_decimal', 'tax_amounts'),
};
const change = shape(fields);
const addition = shape({
  invoice_metadata: metadata(),
  lines: required(listOf(shape({ ...fields, invoice_item: text() }))),
});
const changes = shape({
  invoice_metadata: metadata(),
  lines: required(listOf(shape({ ...fields, id: required(text()) }))),
});
const removal = shape({
  invoice_metadata: metadata(),
  lines: required(listOf(shape({ behavior: required(oneOf('delete', 'unassign')), id: required(text()) }))),
});

const editable = (ctx: Context, id: string): Invoice => {
  const invoice = knownInvoice(ctx, id);
  requireDraft(invoice, "Finalized invoices can't be updated in this way");
  return invoice;
};

/** The item that a line of this invoice shows. */
const itemOf = (ctx: Context, invoice: Invoice, line: string, param: string): InvoiceItem => {
  const found = invoice.lines.data.find(({ id }) => id === line);
  const item = found?.parent?.invoice_item_details?.invoice_item;
  if (item === undefined) throw noSuch('invoice line item', line, param);
  return knownItem(ctx, item);
};

const lineOf = (ctx: Context, invoice: string, line: string): InvoiceLine => {
  const found = knownInvoice(ctx, invoice).lines.data.find(({ id }) => id === line);
  if (found === undefined) throw noSuch('invoice line item', line);
  return found;
};

/** The invoice after its lines were changed, with what was said of it beside them. */
const afterwards = (ctx: Context, id: string, said: MetadataChange | undefined): Invoice => {
  const invoice = knownInvoice(ctx, id);
  const merged = mergeMetadata(invoice.metadata ?? {}, said);
  return keepInvoice(ctx, invoice, { ...invoice, metadata: merged });
};

const addLines = (ctx: Context, draft: Invoice, params: Read<typeof addition>): Invoice => {
  for (const [index, { invoice_item: pending, ...line }] of params.lines.entries()) {
    const { id, currency } = draft;
    if (pending !== undefined) assignItem(ctx, pending, draft, `lines[${index}][invoice_item]`);
    else createItem(ctx, { ...line, invoice: id, currency });
  }
  return afterwards(ctx, draft.id, params.invoice_metadata);
};

const updateLines = (ctx: Context, draft: Invoice, params: Read<typeof changes>): Invoice => {
  for (const [index, { id, ...line }] of params.lines.entries()) {
    updateItem(ctx, itemOf(ctx, draft, id, `lines[${index}][id]`), line);
  }
  return afterwards(ctx, draft.id, params.invoice_metadata);
};

const removeLines = (ctx: Context, draft: Invoice, params: Read<typeof removal>): Invoice => {
  for (const [index, { id, behavior }] of params.lines.entries()) {
    const item = itemOf(ctx, draft, id, `lines[${index}][id]`);
    if (behavior === 'delete') deleteItem(ctx, item);
    else unassignItem(ctx, item);
  }
  return afterwards(ctx, draft.id, params.invoice_metadata);
};

export const invoiceLines: Operation[] = [
  get('/v1/invoices/:id/lines', 'list of line_item', shape(paging), (ctx, params, { id }) =>
    pageOf(knownInvoice(ctx, id).lines.data, {
      url: `/v1/invoices/${id}/lines`,
      kind: 'invoice line item',
      params,
    }),
  ),
  post('/v1/invoices/:invoice/lines/:id', 'line_item', change, (ctx, params, { invoice, id }) => {
    updateItem(ctx, itemOf(ctx, editable(ctx, invoice), id, 'id'), params);
    return lineOf(ctx, invoice, id);
  }),
  post('/v1/invoices/:id/add_lines', 'invoice', addition, (ctx, params, { id }) =>
    addLines(ctx, editable(ctx, id), params),
  ),
  post('/v1/invoices/:id/update_lines', 'invoice', changes, (ctx, params, { id }) =>
    updateLines(ctx, editable(ctx, id), params),
  ),
  post('/v1/invoices/:id/remove_lines', 'invoice', removal, (ctx, params, { id }) =>
    removeLines(ctx, editable(ctx, id), params),
  ),
];
