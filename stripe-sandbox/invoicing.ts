import { docUrl, invalidRequest, StripeError } from './errors';
import { emit, emitUpdate } from './events';
import { newId, randomText } from './ids';
import { whole } from './lists';
import type { CheckoutSession, Customer, Invoice, InvoiceItem, InvoiceLine, LineItem } from './objects';
import type { Metadata, PaymentIntent } from './objects';
import { cancelIntent, createIntent, pay, type Attempt, type Outcome } from './payments';
import { knownCustomer } from './resources/customers';
import { cancelPayment, defaultPayment, markPaymentPaid } from './resources/invoice-payments';
import { openPayment, paymentFor } from './resources/invoice-payments';
import { taxIdsOf } from './resources/tax-ids';
import { taxOn, totalTaxes } from './tax';
import type { Context } from './world';

const AN_HOUR = 60 * 60;

export type Draft = {
  customer: Customer;
  currency: string;
  description?: string | null;
  footer?: string | null;
  customFields?: Invoice['custom_fields'];
  metadata?: Metadata;
  collection?: 'charge_automatically' | 'send_invoice';
  autoAdvance?: boolean;
  automaticTax?: boolean;
  dueDate?: number | null;
  defaultMethod?: string | null;
  methodTypes?: Invoice['payment_settings']['payment_method_types'];
  number?: string | null;
  statementDescriptor?: string | null;
};

/** An empty draft, told of and ready for its lines. */
export const draftInvoice = (ctx: Context, wanted: Draft): Invoice => {
  const id = newId('invoice');
  const now = ctx.clock.seconds();
  const { customer } = wanted;
  return ctx.store.invoices.put({
    id,
    object: 'invoice',
    account_country: ctx.merchant.country,
    account_name: ctx.merchant.name,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: wanted.autoAdvance ?? false,
    automatic_tax: {
      disabled_reason: null,
      enabled: wanted.automaticTax ?? false,
      liability: wanted.automaticTax === true ? { type: 'self' } : null,
      provider: wanted.automaticTax === true ? 'stripe' : null,
      status: wanted.automaticTax === true ? 'requires_location_inputs' : null,
    },
    automatically_finalizes_at: wanted.autoAdvance === true ? now + AN_HOUR : null,
    billing_reason: 'manual',
    collection_method: wanted.collection ?? 'charge_automatically',
    created: now,
    currency: wanted.currency,
    custom_fields: wanted.customFields ?? null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: wanted.defaultMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: wanted.description ?? null,
    discounts: [],
    due_date: wanted.dueDate ?? null,
    effective_at: null,
    ending_balance: null,
    footer: wanted.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: whole([], `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: wanted.metadata ?? {},
    next_payment_attempt: null,
    number: wanted.number ?? null,
    on_behalf_of: null,
    parent: null,
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: wanted.methodTypes ?? null,
    },
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
    statement_descriptor: wanted.statementDescriptor ?? null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  });
};

/** The line that an invoice item becomes. */
export const lineOfItem = (invoice: Invoice, item: InvoiceItem): InvoiceLine => ({
  id: newId('invoice_line'),
  object: 'line_item',
  amount: item.amount,
  currency: item.currency,
  description: item.description,
  discount_amounts: [],
  discountable: item.discountable,
  discounts: [],
  invoice: invoice.id,
  livemode: false,
  metadata: item.metadata ?? {},
  parent: {
    invoice_item_details: {
      invoice_item: item.id,
      proration: false,
      proration_details: { credited_items: null },
      subscription: null,
    },
    subscription_item_details: null,
    type: 'invoice_item_details',
  },
  period: item.period,
  pretax_credit_amounts: [],
  pricing: item.pricing,
  quantity: item.quantity,
  quantity_decimal: item.quantity_decimal,
  subscription: null,
  subtotal: item.amount,
  taxes: [],
});

/** A price that says nothing of tax has it on top. */
const behaviorOf = (ctx: Context, line: InvoiceLine): 'exclusive' | 'inclusive' => {
  const price = ctx.store.prices.get(line.pricing?.price_details?.price ?? '');
  return price?.tax_behavior === 'inclusive' ? 'inclusive' : 'exclusive';
};

/** The sums of an invoice, from its lines and from where its customer is. */
const summed = (ctx: Context, invoice: Invoice): Invoice => {
  const { automatic_tax: tax, customer } = invoice;
  const lines = invoice.lines.data.map((line) => ({
    ...line,
    taxes: tax.enabled
      ? taxOn(ctx, customer ?? '', { amount: line.amount, behavior: behaviorOf(ctx, line) })
      : [],
  }));
  const taxes = totalTaxes(lines.flatMap((line) => line.taxes));
  const sumOf = (behavior: 'exclusive' | 'inclusive') =>
    taxes.filter(({ tax_behavior: its }) => its === behavior).reduce((sum, { amount }) => sum + amount, 0);
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = subtotal + sumOf('exclusive');
  const net = subtotal - sumOf('inclusive');
  const located = typeof knownCustomer(ctx, customer ?? '').address?.country === 'string';
  return {
    ...invoice,
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
    automatic_tax: tax.enabled
      ? { ...tax, status: located ? 'complete' : 'requires_location_inputs' }
      : { ...tax, status: null },
    lines: { ...invoice.lines, data: lines },
    subtotal,
    subtotal_excluding_tax: net,
    total,
    total_excluding_tax: net,
    total_taxes: taxes,
  };
};

export const withLines = (ctx: Context, invoice: Invoice, lines: InvoiceLine[]): Invoice =>
  summed(ctx, { ...invoice, lines: { ...invoice.lines, data: lines } });

/** Keeps an invoice and tells what changed in it. */
export const keepInvoice = (ctx: Context, before: Invoice, after: Invoice): Invoice => {
  const kept = ctx.store.invoices.put(after);
  emitUpdate(ctx, 'invoice.updated', before, kept);
  return kept;
};

const notEditable = (message: string) => invalidRequest(message, { code: 'invoice_not_editable' });

export const requireDraft = (invoice: Invoice, message: string): void => {
  if (invoice.status !== 'draft') throw notEditable(message);
};

const addressed = (ctx: Context, invoice: Invoice) => {
  const token = `test_${Buffer.from(`${ctx.merchant.account},${invoice.id},${randomText(24)}`).toString('base64url')}`;
  return {
    hosted_invoice_url: `${ctx.origin}/i/${ctx.merchant.account}/${token}?s=ap`,
    invoice_pdf: `${ctx.origin}/invoice/${ctx.merchant.account}/${token}/pdf?s=ap`,
  };
};

/** Gives a draft its number and its pages; from here on its money cannot be edited. */
const open = (ctx: Context, draft: Invoice): Invoice => {
  const customer = knownCustomer(ctx, draft.customer ?? '');
  const sequence = customer.next_invoice_sequence ?? 1;
  if (draft.number === null) {
    ctx.store.customers.put({ ...customer, next_invoice_sequence: sequence + 1 });
  }
  const now = ctx.clock.seconds();
  const opened = ctx.store.invoices.put({
    ...draft,
    customer_tax_ids: taxIdsOf(ctx, customer.id).map(({ type, value }) => ({ type, value })),
    ...addressed(ctx, draft),
    automatically_finalizes_at: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    effective_at: now,
    ending_balance: 0,
    number: draft.number ?? `${customer.invoice_prefix ?? 'SANDBOX'}-${String(sequence).padStart(4, '0')}`,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  emit(ctx, 'invoice.finalized', opened);
  return opened;
};

/** The invoice behind the token of its hosted page or PDF. */
export const invoiceByToken = (ctx: Context, token: string): Invoice | null => {
  const id = Buffer.from(token.replace(/^test_/, ''), 'base64url')
    .toString()
    .split(',')[1];
  const invoice = id === undefined ? null : ctx.store.invoices.get(id);
  return invoice?.hosted_invoice_url?.includes(`/${token}?`) === true ? invoice : null;
};

const failFinalization = (ctx: Context, draft: Invoice): never => {
  const refusal = invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    { code: 'customer_tax_location_invalid' },
  );
  const failed = ctx.store.invoices.put({
    ...draft,
    automatic_tax: { ...draft.automatic_tax, status: 'requires_location_inputs' },
    last_finalization_error: refusal.body as unknown as Invoice['last_finalization_error'],
  });
  emit(ctx, 'invoice.finalization_failed', failed);
  throw refusal;
};

const markPaid = (ctx: Context, invoice: Invoice, more: Partial<Invoice> = {}): Invoice => {
  const now = ctx.clock.seconds();
  return ctx.store.invoices.put({
    ...invoice,
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: now },
    webhooks_delivered_at: now,
    ...more,
  });
};

const tellPaid = (ctx: Context, invoice: Invoice) => {
  emit(ctx, 'invoice.paid', invoice);
  emit(ctx, 'invoice.payment_succeeded', invoice);
};

/** Closes a draft: a number, its pages, and an intent that waits for the money; nothing to pay is paid at once. */
export const finalizeInvoice = (ctx: Context, draft: Invoice): Invoice => {
  requireDraft(draft, "This invoice is already finalized, you can't re-finalize a non-draft invoice.");
  const summedUp = summed(ctx, draft);
  if (summedUp.automatic_tax.status === 'requires_location_inputs') failFinalization(ctx, summedUp);
  const opened = open(ctx, { ...summedUp, last_finalization_error: null });
  if (opened.amount_due === 0) {
    const paid = markPaid(ctx, opened);
    tellPaid(ctx, paid);
    return paid;
  }
  const intent = createIntent(ctx, {
    amount: opened.amount_due,
    currency: opened.currency,
    customer: opened.customer,
    description: opened.description ?? 'Payment for Invoice',
    invoice: opened.id,
  });
  openPayment(ctx, opened, intent);
  if (opened.due_date !== null) {
    ctx.store.tasks.put({
      id: newId('task'),
      created: ctx.clock.seconds(),
      kind: 'overdue_invoice',
      subject: opened.id,
      dueAt: opened.due_date * 1000,
    });
  }
  return opened;
};

/** What an attempt on an intent means for its invoice, if it pays one. */
export const settleInvoice = (ctx: Context, { kind, intent }: Outcome): void => {
  const payment = paymentFor(ctx, intent.id);
  const invoice = payment === null ? null : ctx.store.invoices.get(payment.invoice);
  if (payment === null || invoice === null || invoice.status === 'paid') return;
  const attempted = { attempt_count: invoice.attempt_count + 1, attempted: true };
  if (kind === 'succeeded') {
    markPaymentPaid(ctx, payment);
    const paid = markPaid(ctx, invoice, attempted);
    emitUpdate(ctx, 'invoice.updated', invoice, paid);
    tellPaid(ctx, paid);
    return;
  }
  const after = keepInvoice(ctx, invoice, { ...invoice, ...attempted });
  if (kind === 'requires_action') emit(ctx, 'invoice.payment_action_required', after);
  if (kind === 'declined' || ctx.switches.actionRequired === 'with_payment_failed') {
    emit(ctx, 'invoice.payment_failed', after);
  }
};

const needsItsHolder = (intent: PaymentIntent): StripeError =>
  new StripeError(402, {
    type: 'card_error',
    code: 'invoice_payment_intent_requires_action',
    doc_url: docUrl('invoice_payment_intent_requires_action'),
    message: 'This invoice requires additional user action before it can be paid successfully.',
    payment_intent: intent,
  });

/** The intent of an open invoice. */
export const intentOf = (ctx: Context, invoice: Invoice): PaymentIntent => {
  const id = defaultPayment(ctx, invoice.id)?.payment.payment_intent;
  const intent = id === undefined ? null : ctx.store.payment_intents.get(id);
  if (intent === null) throw new Error(`${invoice.id} is ${invoice.status ?? ''} and has no intent`);
  return intent;
};

/** Stripe refuses to take money twice, or for nothing. */
export const requirePayable = (invoice: Invoice): void => {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid');
  if (invoice.status === 'void') throw invalidRequest("You can't pay an invoice that has been voided.");
};

/** Tries to take the money of an invoice with a card. */
export const attemptInvoice = (
  ctx: Context,
  invoice: Invoice,
  attempt: Omit<Attempt, 'keep' | 'onChallenge'> & { keep?: Attempt['keep'] },
): Outcome => {
  requirePayable(invoice);
  const waits = ctx.switches.offSessionChallenge === 'requires_action';
  const outcome = pay(ctx, intentOf(ctx, invoice), {
    keep: null,
    ...attempt,
    onChallenge: waits ? 'wait' : 'refuse',
  });
  settleInvoice(ctx, outcome);
  return outcome;
};

/** Pays as the API does: what is not paid by the end of the call is a 402. */
export const payInvoice = (
  ctx: Context,
  invoice: Invoice,
  attempt: Omit<Attempt, 'keep' | 'onChallenge'>,
): Invoice => {
  const outcome = attemptInvoice(ctx, invoice, attempt);
  if (outcome.kind === 'declined') throw outcome.error;
  if (outcome.kind === 'requires_action') throw needsItsHolder(outcome.intent);
  return ctx.store.invoices.get(invoice.id) ?? invoice;
};

const giveUpPayment = (ctx: Context, invoice: Invoice, reason: PaymentIntent['cancellation_reason']) => {
  const payment = defaultPayment(ctx, invoice.id);
  if (payment === null || payment.status !== 'open') return;
  const intent = ctx.store.payment_intents.get(payment.payment.payment_intent ?? '');
  if (intent !== null && intent.status !== 'canceled') cancelIntent(ctx, intent, reason);
  cancelPayment(ctx, payment);
};

/** Less is asked of an open invoice, and of its intent; an invoice of which nothing is left is paid. */
export const creditOpenInvoice = (ctx: Context, invoice: Invoice, amount: number): Invoice => {
  const left = invoice.amount_remaining - amount;
  const credited: Invoice = {
    ...invoice,
    amount_due: invoice.amount_due - amount,
    amount_remaining: left,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + amount,
  };
  if (left > 0) {
    ctx.store.payment_intents.put({ ...intentOf(ctx, invoice), amount: left });
    return keepInvoice(ctx, invoice, credited);
  }
  giveUpPayment(ctx, invoice, 'void_invoice');
  const paid = markPaid(ctx, credited);
  emitUpdate(ctx, 'invoice.updated', invoice, paid);
  tellPaid(ctx, paid);
  return paid;
};

/** Paid by wire or by cheque: the money came another way, and the intent is not needed. */
export const payOutOfBand = (ctx: Context, invoice: Invoice): Invoice => {
  requirePayable(invoice);
  giveUpPayment(ctx, invoice, 'void_invoice');
  const paid = markPaid(ctx, invoice, { amount_paid_off_stripe: invoice.amount_due });
  emitUpdate(ctx, 'invoice.updated', invoice, paid);
  tellPaid(ctx, paid);
  return paid;
};

export const voidInvoice = (ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw notEditable(
      `You can only void open or uncollectible invoices. This invoice is ${invoice.status ?? ''}.`,
    );
  }
  giveUpPayment(ctx, invoice, 'void_invoice');
  const voided = keepInvoice(ctx, invoice, {
    ...invoice,
    amount_remaining: 0,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: ctx.clock.seconds() },
  });
  emit(ctx, 'invoice.voided', voided);
  return voided;
};

export const markUncollectible = (ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open') {
    throw notEditable(
      `You can only mark open invoices as uncollectible. This invoice is ${invoice.status ?? ''}.`,
    );
  }
  const marked = keepInvoice(ctx, invoice, {
    ...invoice,
    status: 'uncollectible',
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: ctx.clock.seconds() },
  });
  emit(ctx, 'invoice.marked_uncollectible', marked);
  return marked;
};

/** The card that an invoice is charged to when none is named. */
export const methodFor = (ctx: Context, invoice: Invoice): string | null =>
  invoice.default_payment_method ??
  knownCustomer(ctx, invoice.customer ?? '').invoice_settings.default_payment_method;

/** The hour has come for a draft that advances by itself. */
export const advanceInvoice = (ctx: Context, id: string): void => {
  const draft = ctx.store.invoices.get(id);
  if (draft?.status !== 'draft' || draft.auto_advance !== true) return;
  try {
    const opened = finalizeInvoice(ctx, draft);
    const method = ctx.store.payment_methods.get(methodFor(ctx, opened) ?? '');
    if (opened.status !== 'open' || opened.collection_method === 'send_invoice' || method === null) return;
    attemptInvoice(ctx, opened, { method, offSession: true, returnUrl: null });
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
  }
};

export const overdueInvoice = (ctx: Context, id: string): void => {
  const invoice = ctx.store.invoices.get(id);
  if (invoice?.status === 'open') emit(ctx, 'invoice.overdue', invoice);
};

const lineOfCheckout = (ctx: Context, invoice: Invoice, item: LineItem): InvoiceLine => ({
  ...lineOfItem(invoice, {
    id: newId('invoice_item'),
    object: 'invoiceitem',
    amount: item.amount_subtotal,
    created: ctx.clock.seconds(),
    currency: item.currency,
    customer: invoice.customer ?? '',
    customer_account: null,
    date: ctx.clock.seconds(),
    description: item.description,
    discountable: true,
    discounts: [],
    invoice: invoice.id,
    livemode: false,
    metadata: item.metadata,
    parent: null,
    period: { end: ctx.clock.seconds(), start: ctx.clock.seconds() },
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: 'price_details',
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    proration: false,
    quantity: item.quantity ?? 1,
    quantity_decimal: `${item.quantity ?? 1}`,
    tax_rates: [],
    test_clock: null,
  }),
});

/** The invoice that Checkout makes after it was paid: drafted, finalized and paid in one breath. */
export const invoiceForCheckout = (ctx: Context, session: CheckoutSession, items: LineItem[]): Invoice => {
  const wanted = session.invoice_creation?.invoice_data;
  const blank = draftInvoice(ctx, {
    customer: knownCustomer(ctx, session.customer ?? ''),
    currency: session.currency ?? 'usd',
    customFields: wanted?.custom_fields ?? null,
    description: wanted?.description ?? null,
    footer: wanted?.footer ?? null,
    metadata: wanted?.metadata ?? {},
  });
  const lines = items.map((item) => lineOfCheckout(ctx, blank, item));
  const draft = ctx.store.invoices.put({
    ...withLines(ctx, blank, lines),
    automatic_tax: { disabled_reason: null, ...session.automatic_tax },
  });
  emit(ctx, 'invoice.created', draft);
  const opened = open(ctx, draft);
  const paid = markPaid(ctx, opened, { attempt_count: 1 });
  tellPaid(ctx, paid);
  const intent =
    session.payment_intent === null ? null : ctx.store.payment_intents.get(session.payment_intent);
  if (intent !== null) markPaymentPaid(ctx, openPayment(ctx, paid, intent));
  return paid;
};
