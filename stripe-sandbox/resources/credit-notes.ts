import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { creditOpenInvoice } from '../invoicing/close';
import { bareAmount, creditLine, type Reduced } from '../invoicing/credit-lines';
import { keepInvoice } from '../invoicing/draft';
import { known } from '../known';
import { dated, page, pageOf, paging, whole, type Paging } from '../lists';
import type { Charge, CreditNote, Invoice, Refund } from '../objects';
import { get, post, type Operation } from '../operations';
import { integer, listOf, mergeMetadata, metadata, oneOf, required, shape, text } from '../params';
import { unmodelled, type Read } from '../params';
import { totalDiscounts } from '../reckoning';
import { sumOf, totalTaxes } from '../tax';
import type { Context } from '../world';
import { moveBalance } from './customer-balance-transactions';
import { knownCustomer } from './customers';
import { paymentsOf } from './invoice-payments';
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
  credit_amount: integer({ min: 0 }),
  ...unmodelled('effective_at', 'shipping_cost'),
};
const creation = shape(fields);
type Wanted = Read<typeof creation>;

const given = (params: Wanted, linked: number): number =>
  (params.refund_amount ?? 0) + (params.out_of_band_amount ?? 0) + (params.credit_amount ?? 0) + linked;

const linesFor = (invoice: Invoice, params: Wanted, linked: number): Reduced[] =>
  params.lines === undefined
    ? bareAmount(invoice, params.amount ?? given(params, linked))
    : params.lines.map((line, index) => creditLine(invoice, line, index));

const issued = (ctx: Context, invoice: string): CreditNote[] =>
  [...ctx.store.credit_notes.newestFirst(undefined, { by: 'invoice', is: invoice })].filter(
    (note) => note.status === 'issued',
  );

const knownInvoice = (ctx: Context, id: string): Invoice => {
  const invoice = known(ctx.store.invoices, 'invoice', id, 'invoice');
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
    const refund = known(ctx.store.refunds, 'refund', id, `refunds[${index}][refund]`);
    return { refund, amount: amount ?? refund.amount };
  });

/** How much of a note is still to be paid, and how much was paid and is given back. */
const divided = (invoice: Invoice, total: number) => {
  const before = invoice.status === 'open' ? Math.min(total, invoice.amount_remaining) : 0;
  const after = total - before;
  const type: CreditNote['type'] = after === 0 ? 'pre_payment' : before === 0 ? 'post_payment' : 'mixed';
  return { pre_payment_amount: before, post_payment_amount: after, type };
};

/** The note as it would be, before anything is done about it. */
const drawUp = (ctx: Context, invoice: Invoice, params: Wanted): CreditNote => {
  const linked = existingRefunds(ctx, params).reduce((sum, { amount }) => sum + amount, 0);
  const lines = linesFor(invoice, params, linked);
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const discounts = totalDiscounts(
    lines.map((line) => ({ discounts: line.discount_amounts, taxes: line.taxes })),
  );
  const off = discounts.reduce((sum, { amount }) => sum + amount, 0);
  const taxes = totalTaxes(lines.flatMap((line) => line.taxes));
  const [onTop, inside] = [sumOf(taxes, 'exclusive'), sumOf(taxes, 'inclusive')];
  const total = subtotal - off + onTop;
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
  const parts = divided(invoice, total);
  if (given(params, linked) !== parts.post_payment_amount) {
    throw invalidRequest(
      `The sum of credit amount, refund amount and out of band amount (${given(params, linked)}) must equal the post payment amount (${parts.post_payment_amount}).`,
    );
  }
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
    discount_amount: off,
    discount_amounts: discounts,
    effective_at: ctx.clock.seconds(),
    invoice: invoice.id,
    lines: whole(lines, `/v1/credit_notes/${id}/lines`),
    livemode: false,
    memo: params.memo ?? null,
    metadata: mergeMetadata({}, params.metadata),
    number: `${invoice.number ?? ''}-CN-${String(sequence + 1).padStart(2, '0')}`,
    out_of_band_amount: params.out_of_band_amount ?? null,
    pdf: `${ctx.origin}/credit_notes/${ctx.merchant.account}/${token}/pdf?s=ap`,
    ...parts,
    pretax_credit_amounts: discounts.map((one) => ({ ...one, type: 'discount' as const })),
    reason: params.reason ?? null,
    refunds: existingRefunds(ctx, params).map(({ refund, amount }) => ({
      amount_refunded: amount,
      payment_record_refund: null,
      refund: refund.id,
      type: 'refund' as const,
    })),
    shipping_cost: null,
    status: 'issued',
    subtotal,
    subtotal_excluding_tax: subtotal - inside,
    total,
    total_excluding_tax: total - onTop - inside,
    total_taxes: taxes,
    voided_at: null,
  };
};

/** A charge that paid for the invoice and still has this much. */
const chargeWith = (ctx: Context, invoice: Invoice, amount: number): Charge => {
  const paid = paymentsOf(ctx, invoice.id).data.filter(({ status }) => status === 'paid');
  const charges = paid.flatMap(({ payment }) => {
    const intent = ctx.store.payment_intents.get(payment.payment_intent ?? '');
    return ctx.store.charges.get(intent?.latest_charge ?? '') ?? [];
  });
  const charge = charges.find((one) => one.amount - one.amount_refunded >= amount) ?? charges[0];
  if (charge === undefined) {
    throw invalidRequest('This invoice has no charge to refund.', { param: 'refund_amount' });
  }
  return charge;
};

const refundFor = (ctx: Context, invoice: Invoice, { refund_amount: amount = 0, ...params }: Wanted) => {
  if (amount === 0) return [];
  const charge = chargeWith(ctx, invoice, amount);
  const refund = createRefund(ctx, { charge, amount, metadata: mergeMetadata({}, params.metadata) });
  return [
    { amount_refunded: amount, payment_record_refund: null, refund: refund.id, type: 'refund' as const },
  ];
};

/** What is given back to the customer's balance, for their next invoice. */
const balanceFor = (ctx: Context, note: CreditNote, { credit_amount: amount = 0 }: Wanted): string | null => {
  if (amount === 0) return null;
  return moveBalance(ctx, knownCustomer(ctx, note.customer), {
    amount: -amount,
    creditNote: note.id,
    currency: note.currency,
    invoice: note.invoice,
    type: 'credit_note',
  }).id;
};

/** Takes back a part of an invoice: money given back when it was paid, less to pay when it was not. */
const create = (ctx: Context, params: Wanted): CreditNote => {
  const invoice = knownInvoice(ctx, params.invoice);
  const drawn = drawUp(ctx, invoice, params);
  const refunds = [...drawn.refunds, ...refundFor(ctx, invoice, params)];
  const note = ctx.store.credit_notes.put({
    ...drawn,
    customer_balance_transaction: balanceFor(ctx, drawn, params),
    refunds,
  });
  emit(ctx, 'credit_note.created', note);
  const credited =
    note.pre_payment_amount === 0 ? invoice : creditOpenInvoice(ctx, invoice, note.pre_payment_amount);
  if (note.post_payment_amount > 0) {
    keepInvoice(ctx, credited, {
      ...credited,
      post_payment_credit_notes_amount: credited.post_payment_credit_notes_amount + note.post_payment_amount,
    });
  }
  return note;
};

const linePage = ({ lines }: CreditNote, params: Paging) =>
  pageOf(lines.data, { url: lines.url, kind: 'credit note line item', params });

const knownNote = (ctx: Context, id: string): CreditNote => known(ctx.store.credit_notes, 'credit note', id);

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
  creditOpenInvoice(ctx, invoice, -note.pre_payment_amount);
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
    '/v1/credit_notes/preview/lines',
    'list of credit_note_line_item',
    shape({ ...fields, ...paging }),
    (ctx, params) => linePage(drawUp(ctx, knownInvoice(ctx, params.invoice), params), params),
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
  get('/v1/credit_notes/:id/lines', 'list of credit_note_line_item', shape(paging), (ctx, params, { id }) =>
    linePage(knownNote(ctx, id), params),
  ),
];
