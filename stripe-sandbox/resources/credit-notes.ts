import { invalidRequest, noSuch } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { creditOpenInvoice } from '../invoicing/close';
import { intentOf } from '../invoicing/collect';
import { keepInvoice } from '../invoicing/draft';
import { dated, page, paging, whole } from '../lists';
import type { CreditNote, CreditNoteLine, Invoice, Refund } from '../objects';
import { get, post, type Operation } from '../operations';
import { integer, listOf, mergeMetadata, metadata, oneOf, required, shape, text } from '../params';
import { unmodelled, type Read } from '../params';
import type { Context } from '../world';
import { createRefund } from './refunds';

const fields = {
  invoice: required(text()),
  amount: integer({ min: 1 }),
  email_type: oneOf('credit_note', 'none'),
  lines: listOf(
    shape({
      amount: integer({ min: 0 }),
      description: text(),
      invoice_line_item: text(),
      metadata: metadata(),
      quantity: integer({ min: 1 }),
      type: required(oneOf('custom_line_item', 'invoice_line_item')),
      unit_amount: integer({ min: 0 }),
      ...unmodelled('tax_amounts', 'tax_rates', 'unit_amount_decimal'),
    }),
  ),
  memo: text(),
  metadata: metadata(),
  out_of_band_amount: integer({ min: 0 }),
  reason: oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
  refund_amount: integer({ min: 0 }),
  refunds: listOf(
    shape({
      amount_refunded: integer({ min: 0 }),
      refund: text(),
      type: oneOf('refund', 'payment_record_refund'),
      ...unmodelled('payment_record_refund'),
    }),
  ),
  ...unmodelled('credit_amount', 'effective_at', 'shipping_cost'),
};
const creation = shape(fields);
type Wanted = Read<typeof creation>;

const lineOf = (invoice: Invoice, wanted: NonNullable<Wanted['lines']>[number], index: number) => {
  const line = invoice.lines.data.find(({ id }) => id === wanted.invoice_line_item);
  if (wanted.type === 'invoice_line_item' && line === undefined) {
    throw noSuch('invoice line item', wanted.invoice_line_item ?? '', `lines[${index}][invoice_line_item]`);
  }
  const quantity = wanted.quantity ?? 1;
  const amount = wanted.amount ?? (wanted.unit_amount ?? line?.amount ?? 0) * quantity;
  return { amount, quantity, description: wanted.description ?? line?.description ?? null, of: line };
};

const linesFor = (invoice: Invoice, params: Wanted): CreditNoteLine[] => {
  const only = params.amount ?? params.refund_amount ?? params.out_of_band_amount;
  const wanted = params.lines ?? [
    { type: 'custom_line_item' as const, unit_amount: only ?? 0, description: 'Credit' },
  ];
  return wanted.map((line, index) => {
    const { amount, quantity, description, of } = lineOf(invoice, line, index);
    return {
      id: newId('credit_note_line'),
      object: 'credit_note_line_item',
      amount,
      description,
      discount_amount: 0,
      discount_amounts: [],
      ...(of === undefined ? {} : { invoice_line_item: of.id }),
      livemode: false,
      metadata: mergeMetadata({}, line.metadata),
      pretax_credit_amounts: [],
      quantity,
      tax_rates: [],
      taxes: [],
      type: line.type,
      unit_amount: Math.round(amount / quantity),
      unit_amount_decimal: `${amount / quantity}`,
    };
  });
};

/** The part of the invoice's tax that is in this much of its total. */
const taxesIn = (invoice: Invoice, total: number) =>
  (invoice.total_taxes ?? []).map((tax) => ({
    ...tax,
    amount: Math.round((tax.amount * total) / Math.max(1, invoice.total)),
    taxable_amount:
      tax.taxable_amount === null
        ? null
        : Math.round((tax.taxable_amount * total) / Math.max(1, invoice.total)),
  }));

const issued = (ctx: Context, invoice: string): CreditNote[] =>
  [...ctx.store.credit_notes.newestFirst(undefined, { by: 'invoice', is: invoice })].filter(
    (note) => note.status === 'issued',
  );

const knownInvoice = (ctx: Context, id: string): Invoice => {
  const invoice = ctx.store.invoices.get(id);
  if (invoice === null) throw noSuch('invoice', id, 'invoice');
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalidRequest(
      `Credit notes can only be created for open or paid invoices. This invoice is ${invoice.status ?? ''}.`,
      { param: 'invoice' },
    );
  }
  return invoice;
};

const existingRefunds = (ctx: Context, params: Wanted): { refund: Refund; amount: number }[] =>
  (params.refunds ?? []).map(({ refund: id = '', amount_refunded: amount }, index) => {
    const refund = ctx.store.refunds.get(id);
    if (refund === null) throw noSuch('refund', id, `refunds[${index}][refund]`);
    return { refund, amount: amount ?? refund.amount };
  });

/** The note as it would be, before anything is done about it. */
const drawUp = (ctx: Context, invoice: Invoice, params: Wanted): CreditNote => {
  const lines = linesFor(invoice, params);
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  if (total === 0) {
    throw invalidRequest('You must provide one of: amount, lines, or shipping_cost.', {
      code: 'parameter_missing',
      param: 'amount',
    });
  }
  const before = issued(ctx, invoice.id);
  const credited = before.reduce((sum, note) => sum + note.total, 0);
  if (credited + total > invoice.total) {
    throw invalidRequest(
      `The sum of the amounts of the credit notes (${credited + total}) may not exceed the total of the invoice (${invoice.total}).`,
      { param: 'amount' },
    );
  }
  const isPaid = invoice.status === 'paid';
  const linked = existingRefunds(ctx, params).reduce((sum, { amount }) => sum + amount, 0);
  const given = (params.refund_amount ?? 0) + (params.out_of_band_amount ?? 0) + linked;
  if (isPaid && given !== total) {
    throw invalidRequest(
      `The sum of credit amount, refund amount and out of band amount (${given}) must equal the post payment amount (${total}).`,
    );
  }
  const taxes = taxesIn(invoice, total);
  const tax = taxes.reduce((sum, { amount }) => sum + amount, 0);
  const id = newId('credit_note');
  const token = `test_${Buffer.from(`${ctx.merchant.account},${id},${randomText(24)}`).toString('base64url')}`;
  const sequence = [...ctx.store.credit_notes.newestFirst(undefined, { by: 'invoice', is: invoice.id })]
    .length;
  return {
    id,
    object: 'credit_note',
    amount: total,
    amount_shipping: 0,
    created: ctx.clock.seconds(),
    currency: invoice.currency,
    customer: invoice.customer ?? '',
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: ctx.clock.seconds(),
    invoice: invoice.id,
    lines: whole(lines, `/v1/credit_notes/${id}/lines`),
    livemode: false,
    memo: params.memo ?? null,
    metadata: mergeMetadata({}, params.metadata),
    number: `${invoice.number ?? ''}-CN-${String(sequence + 1).padStart(2, '0')}`,
    out_of_band_amount: params.out_of_band_amount ?? null,
    pdf: `${ctx.origin}/credit_notes/${ctx.merchant.account}/${token}/pdf?s=ap`,
    post_payment_amount: isPaid ? total : 0,
    pre_payment_amount: isPaid ? 0 : total,
    pretax_credit_amounts: [],
    reason: params.reason ?? null,
    refunds: existingRefunds(ctx, params).map(({ refund, amount }) => ({
      amount_refunded: amount,
      payment_record_refund: null,
      refund: refund.id,
      type: 'refund' as const,
    })),
    shipping_cost: null,
    status: 'issued',
    subtotal: total - tax,
    subtotal_excluding_tax: total - tax,
    total,
    total_excluding_tax: total - tax,
    total_taxes: taxes,
    type: isPaid ? 'post_payment' : 'pre_payment',
    voided_at: null,
  };
};

const refundFor = (ctx: Context, invoice: Invoice, { refund_amount: amount = 0, ...params }: Wanted) => {
  if (amount === 0) return [];
  const charge = ctx.store.charges.get(intentOf(ctx, invoice).latest_charge ?? '');
  if (charge === null)
    throw invalidRequest('This invoice has no charge to refund.', { param: 'refund_amount' });
  const refund = createRefund(ctx, { charge, amount, metadata: mergeMetadata({}, params.metadata) });
  return [
    { amount_refunded: amount, payment_record_refund: null, refund: refund.id, type: 'refund' as const },
  ];
};

/** Takes back a part of an invoice: money given back when it was paid, less to pay when it was not. */
const create = (ctx: Context, params: Wanted): CreditNote => {
  const invoice = knownInvoice(ctx, params.invoice);
  const drawn = drawUp(ctx, invoice, params);
  const refunds = [...drawn.refunds, ...refundFor(ctx, invoice, params)];
  const note = ctx.store.credit_notes.put({ ...drawn, refunds });
  emit(ctx, 'credit_note.created', note);
  if (invoice.status === 'open') creditOpenInvoice(ctx, invoice, note.total);
  else {
    keepInvoice(ctx, invoice, {
      ...invoice,
      post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.total,
    });
  }
  return note;
};

const knownNote = (ctx: Context, id: string): CreditNote => {
  const note = ctx.store.credit_notes.get(id);
  if (note === null) throw noSuch('credit note', id);
  return note;
};

const voidNote = (ctx: Context, note: CreditNote): CreditNote => {
  const invoice = ctx.store.invoices.get(note.invoice);
  if (note.status === 'void' || invoice?.status !== 'open') {
    throw invalidRequest('You can only void an issued credit note of an open invoice.');
  }
  const voided = ctx.store.credit_notes.put({
    ...note,
    status: 'void',
    voided_at: ctx.clock.seconds(),
  });
  emit(ctx, 'credit_note.voided', voided);
  creditOpenInvoice(ctx, invoice, -note.total);
  return voided;
};

/** The note behind the token of its PDF. */
export const noteByToken = (ctx: Context, token: string): CreditNote | null => {
  const id = Buffer.from(token.replace(/^test_/, ''), 'base64url')
    .toString()
    .split(',')[1];
  const note = id === undefined ? null : ctx.store.credit_notes.get(id);
  return note?.pdf.includes(`/${token}/`) === true ? note : null;
};

export const creditNotes: Operation[] = [
  post('/v1/credit_notes', 'credit_note', creation, create),
  get('/v1/credit_notes/preview', 'credit_note', creation, (ctx, params) =>
    drawUp(ctx, knownInvoice(ctx, params.invoice), params),
  ),
  get(
    '/v1/credit_notes',
    'list of credit_note',
    shape({ ...dated, customer: text(), invoice: text(), ...unmodelled('customer_account') }),
    (ctx, params) =>
      page(ctx.store.credit_notes, {
        url: '/v1/credit_notes',
        kind: 'credit note',
        params,
        among: { invoice: params.invoice, customer: params.customer },
        where: (note) =>
          (params.customer === undefined || note.customer === params.customer) &&
          (params.invoice === undefined || note.invoice === params.invoice),
      }),
  ),
  get('/v1/credit_notes/:id', 'credit_note', shape({}), (ctx, _params, { id }) => knownNote(ctx, id)),
  post(
    '/v1/credit_notes/:id',
    'credit_note',
    shape({ memo: text(), metadata: metadata() }),
    (ctx, params, { id }) => {
      const note = knownNote(ctx, id);
      const after = ctx.store.credit_notes.put({
        ...note,
        memo: params.memo ?? note.memo,
        metadata: mergeMetadata(note.metadata ?? {}, params.metadata),
      });
      emitUpdate(ctx, 'credit_note.updated', note, after);
      return after;
    },
  ),
  post('/v1/credit_notes/:id/void', 'credit_note', shape({}), (ctx, _params, { id }) =>
    voidNote(ctx, knownNote(ctx, id)),
  ),
  get(
    '/v1/credit_notes/:id/lines',
    'list of credit_note_line_item',
    shape(paging),
    (ctx, _params, { id }) => knownNote(ctx, id).lines,
  ),
];
