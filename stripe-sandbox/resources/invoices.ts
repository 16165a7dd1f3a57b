import { invalidRequest, noSuch } from '../errors';
import { emit } from '../events';
import { newId, randomText } from '../ids';
import { dated, page, paging, whole, type List } from '../lists';
import type { CheckoutSession, Customer, Invoice, InvoiceLine, InvoicePayment, LineItem } from '../objects';
import { get, type Operation } from '../operations';
import { oneOf, range, required, shape, text, unmodelled, within } from '../params';
import type { Context } from '../world';
import { knownCustomer } from './customers';

const knownInvoice = (ctx: Context, id: string, param = 'id'): Invoice => {
  const invoice = ctx.store.invoices.get(id);
  if (invoice === null) throw noSuch('invoice', id, param);
  return invoice;
};

const lineFrom = (ctx: Context, invoice: string, item: LineItem): InvoiceLine => ({
  id: newId('invoice_line'),
  object: 'line_item',
  amount: item.amount_subtotal,
  currency: item.currency,
  description: item.description,
  discount_amounts: [],
  discountable: true,
  discounts: [],
  invoice,
  livemode: false,
  metadata: item.metadata ?? {},
  parent: {
    invoice_item_details: {
      invoice_item: newId('invoice_item'),
      proration: false,
      proration_details: { credited_items: null },
      subscription: null,
    },
    subscription_item_details: null,
    type: 'invoice_item_details',
  },
  period: { end: ctx.clock.seconds(), start: ctx.clock.seconds() },
  pretax_credit_amounts: [],
  pricing: {
    price_details: { price: item.price.id, product: item.price.product },
    type: 'price_details',
    unit_amount_decimal: item.price.unit_amount_decimal,
  },
  quantity: item.quantity,
  quantity_decimal: `${item.quantity ?? 1}`,
  subscription: null,
  subtotal: item.amount_subtotal,
  taxes: [],
});

const draftFor = (ctx: Context, session: CheckoutSession, customer: Customer, items: LineItem[]): Invoice => {
  const id = newId('invoice');
  const now = ctx.clock.seconds();
  const wanted = session.invoice_creation?.invoice_data;
  const total = session.amount_total ?? 0;
  return {
    id,
    object: 'invoice',
    account_country: ctx.merchant.country,
    account_name: ctx.merchant.name,
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, ...session.automatic_tax },
    automatically_finalizes_at: null,
    billing_reason: 'manual',
    collection_method: 'charge_automatically',
    created: now,
    currency: session.currency ?? 'usd',
    custom_fields: wanted?.custom_fields ?? null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: wanted?.description ?? null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: wanted?.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: whole(
      items.map((item) => lineFrom(ctx, id, item)),
      `/v1/invoices/${id}/lines`,
    ),
    livemode: false,
    metadata: wanted?.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: {
      amount_tax_display: null,
      pdf: { page_size: 'letter' },
      template: null,
      template_version: null,
    },
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: session.amount_subtotal ?? 0,
    subtotal_excluding_tax: session.amount_subtotal,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: session.amount_subtotal,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
};

/** Gives a draft its number and its pages; from here on it cannot be edited. */
const finalize = (ctx: Context, draft: Invoice): Invoice => {
  const customer = knownCustomer(ctx, draft.customer ?? '');
  const sequence = customer.next_invoice_sequence ?? 1;
  ctx.store.customers.put({ ...customer, next_invoice_sequence: sequence + 1 });
  const token = `test_${Buffer.from(`${ctx.merchant.account},${draft.id},${randomText(24)}`).toString('base64url')}`;
  const now = ctx.clock.seconds();
  const open = ctx.store.invoices.put({
    ...draft,
    effective_at: now,
    ending_balance: 0,
    hosted_invoice_url: `${ctx.origin}/i/${ctx.merchant.account}/${token}?s=ap`,
    invoice_pdf: `${ctx.origin}/invoice/${ctx.merchant.account}/${token}/pdf?s=ap`,
    number: `${customer.invoice_prefix ?? 'SANDBOX'}-${String(sequence).padStart(4, '0')}`,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  emit(ctx, 'invoice.finalized', open);
  return open;
};

/** The invoice behind the token of its hosted page or PDF. */
export const invoiceByToken = (ctx: Context, token: string): Invoice | null => {
  const id = Buffer.from(token.replace(/^test_/, ''), 'base64url')
    .toString()
    .split(',')[1];
  const invoice = id === undefined ? null : ctx.store.invoices.get(id);
  return invoice?.hosted_invoice_url?.includes(`/${token}?`) === true ? invoice : null;
};

const markPaid = (ctx: Context, open: Invoice): Invoice => {
  const now = ctx.clock.seconds();
  return ctx.store.invoices.put({
    ...open,
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempt_count: open.attempt_count + 1,
    attempted: true,
    status: 'paid',
    status_transitions: { ...open.status_transitions, paid_at: now },
    webhooks_delivered_at: now,
  });
};

/** The invoice that Checkout makes after it was paid: drafted, finalized and paid in one breath. */
export const invoiceForCheckout = (ctx: Context, session: CheckoutSession, items: LineItem[]): Invoice => {
  const customer = knownCustomer(ctx, session.customer ?? '');
  const draft = ctx.store.invoices.put(draftFor(ctx, session, customer, items));
  emit(ctx, 'invoice.created', draft);
  const paid = markPaid(ctx, finalize(ctx, draft));
  emit(ctx, 'invoice.paid', paid);
  emit(ctx, 'invoice.payment_succeeded', paid);
  if (session.payment_intent !== null) {
    const payment = ctx.store.invoice_payments.put(paymentOf(ctx, paid, session.payment_intent));
    emit(ctx, 'invoice_payment.paid', payment);
  }
  return paid;
};

const paymentOf = (ctx: Context, invoice: Invoice, intent: string): InvoicePayment => ({
  id: newId('invoice_payment'),
  object: 'invoice_payment',
  amount_paid: invoice.amount_paid,
  amount_requested: invoice.amount_due,
  created: ctx.clock.seconds(),
  currency: invoice.currency,
  invoice: invoice.id,
  is_default: true,
  livemode: false,
  payment: { payment_intent: intent, type: 'payment_intent' },
  status: 'paid',
  status_transitions: { canceled_at: null, paid_at: ctx.clock.seconds() },
});

/** The payments of an invoice, which Stripe shows only when asked to expand them. */
export const paymentsOf = (ctx: Context, invoice: string): List<InvoicePayment> =>
  whole(
    [...ctx.store.invoice_payments.newestFirst()].filter((payment) => payment.invoice === invoice),
    '/v1/invoice_payments',
  );

const invoiceFilters = shape({
  ...dated,
  customer: text(),
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  due_date: range(),
  ...unmodelled('customer_account', 'subscription'),
});

const paymentFilters = shape({
  ...dated,
  invoice: text(),
  payment: shape({
    type: required(oneOf('payment_intent', 'payment_record')),
    payment_intent: text(),
    ...unmodelled('payment_record'),
  }),
  status: oneOf('open', 'paid', 'canceled'),
});

export const invoices: Operation[] = [
  get('/v1/invoices', 'list of invoice', invoiceFilters, (ctx, params) => {
    if (params.customer !== undefined) knownCustomer(ctx, params.customer);
    return page(ctx.store.invoices, {
      url: '/v1/invoices',
      kind: 'invoice',
      params,
      where: (invoice) =>
        (params.customer === undefined || invoice.customer === params.customer) &&
        (params.status === undefined || invoice.status === params.status) &&
        (params.collection_method === undefined || invoice.collection_method === params.collection_method) &&
        (params.due_date === undefined ||
          (invoice.due_date !== null && within(invoice.due_date, params.due_date))),
    });
  }),
  get('/v1/invoices/:id', 'invoice', shape({}), (ctx, _params, { id }) => knownInvoice(ctx, id)),
  get(
    '/v1/invoices/:id/lines',
    'list of line_item',
    shape(paging),
    (ctx, _params, { id }) => knownInvoice(ctx, id).lines,
  ),
  get('/v1/invoice_payments', 'list of invoice_payment', paymentFilters, (ctx, params) => {
    const intent = params.payment?.payment_intent;
    if (params.payment !== undefined && intent === undefined) {
      throw invalidRequest('Missing required param: payment[payment_intent].', {
        code: 'parameter_missing',
        param: 'payment[payment_intent]',
      });
    }
    return page(ctx.store.invoice_payments, {
      url: '/v1/invoice_payments',
      kind: 'invoice_payment',
      params,
      where: (payment) =>
        (params.invoice === undefined || payment.invoice === params.invoice) &&
        (params.status === undefined || payment.status === params.status) &&
        (intent === undefined || payment.payment.payment_intent === intent),
    });
  }),
  get('/v1/invoice_payments/:id', 'invoice_payment', shape({}), (ctx, _params, { id }) => {
    const payment = ctx.store.invoice_payments.get(id);
    if (payment === null) throw noSuch('invoice_payment', id);
    return payment;
  }),
];
