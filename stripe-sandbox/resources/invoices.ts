import { discountsAsked, reductionsOf, type Reduction } from '../discounts';
import { invalidRequest } from '../errors';
import { emit } from '../events';
import { newId } from '../ids';
import { markUncollectible, payOutOfBand, voidInvoice } from '../invoicing/close';
import { methodFor, payInvoice, requirePayable } from '../invoicing/collect';
import { attachPayment } from '../invoicing/credit';
import { draftInvoice, giveDiscounts, keepInvoice, renderedAs, requireDraft } from '../invoicing/draft';
import { finalizeInvoice } from '../invoicing/finalize';
import { lineOfItem, withLines } from '../invoicing/lines';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Invoice } from '../objects';
import { del, get, post, type Operation } from '../operations';
import {
  boolean,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  oneOf,
  range,
  required,
  shape,
  text,
  missing,
} from '../params';
import { unmodelled, unset, within, type Read } from '../params';
import { hourFor } from '../test-clock';
import type { Context } from '../world';
import { knownCustomer } from './customers';
import { forgetItem, pendingItems, takeItem } from './invoice-items';
import { knownMethod } from './payment-methods';
import { taxRatesNamed } from './tax-rates';

const A_DAY = 24 * 60 * 60;

const fields = {
  auto_advance: boolean(),
  automatic_tax: shape({ enabled: required(boolean()), ...unmodelled('liability') }),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  custom_fields: unset(
    listOf(shape({ name: required(text({ max: 40 })), value: required(text({ max: 140 })) })),
  ),
  days_until_due: integer({ min: 0 }),
  default_payment_method: text(),
  default_tax_rates: unset(listOf(text())),
  description: text({ max: 1500 }),
  discounts: unset(discountsAsked),
  due_date: integer(),
  footer: text(),
  metadata: metadata(),
  number: text({ max: 26 }),
  payment_settings: shape({
    payment_method_types: unset(listOf(oneOf('card'))),
    ...unmodelled('default_mandate', 'payment_method_options'),
  }),
  rendering: shape({
    amount_tax_display: unset(oneOf('exclude_tax', 'include_inclusive_tax')),
    pdf: shape({ page_size: oneOf('a4', 'auto', 'letter') }),
    ...unmodelled('template', 'template_version'),
  }),
  statement_descriptor: text({ max: 22 }),
  ...unmodelled(
    'account_tax_ids',
    'application_fee_amount',
    'automatically_finalizes_at',
    'default_source',
    'effective_at',
    'issuer',
    'on_behalf_of',
    'shipping_cost',
    'shipping_details',
    'transfer_data',
  ),
};

const creation = shape({
  ...fields,
  currency: text(),
  customer: text(),
  pending_invoice_items_behavior: oneOf('exclude', 'include'),
  ...unmodelled('customer_account', 'from_invoice', 'subscription'),
});
const change = shape(fields);

export const knownInvoice = (ctx: Context, id: string): Invoice => known(ctx.store.invoices, 'invoice', id);

const dueDate = (now: number, params: Read<typeof change>): number | null =>
  params.due_date ?? (params.days_until_due === undefined ? null : now + params.days_until_due * A_DAY);

const checkDue = (collection: Invoice['collection_method'], due: number | null) => {
  if (collection === 'send_invoice' && due === null) {
    throw invalidRequest(
      "If invoice collection method is 'send_invoice', you must specify either 'days_until_due' or 'due_date'.",
      { code: 'parameter_missing', param: 'days_until_due' },
    );
  }
  if (collection === 'charge_automatically' && due !== null) {
    throw invalidRequest(
      "You can only specify a due date if the invoice's collection method is 'send_invoice'.",
      { param: 'due_date' },
    );
  }
};

const ownMethod = (ctx: Context, customer: string, id: string) => {
  const method = knownMethod(ctx, id, 'default_payment_method');
  if (method.customer !== customer) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'default_payment_method' },
    );
  }
  return method.id;
};

const planAdvance = (ctx: Context, invoice: Invoice) => {
  if (invoice.automatically_finalizes_at === null) return;
  ctx.store.tasks.put({
    id: newId('task'),
    created: ctx.clock.seconds(),
    kind: 'advance_invoice',
    subject: invoice.id,
    dueAt: invoice.automatically_finalizes_at * 1000,
    clock: invoice.test_clock,
  });
};

const createInvoice = (ctx: Context, params: Read<typeof creation>): Invoice => {
  if (params.customer === undefined) {
    throw missing('customer');
  }
  const customer = knownCustomer(ctx, params.customer);
  const collection = params.collection_method ?? 'charge_automatically';
  const due = dueDate(hourFor(ctx, customer), params);
  checkDue(collection, due);
  const method = params.default_payment_method;
  const defaultMethod = method === undefined ? null : ownMethod(ctx, customer.id, method);
  const rates = taxRatesNamed(ctx, params.default_tax_rates, 'default_tax_rates');
  const included = params.pending_invoice_items_behavior === 'include' ? pendingItems(ctx, customer.id) : [];
  const currency = params.currency?.toLowerCase() ?? included[0]?.currency ?? customer.currency ?? 'usd';
  const subtotal = included.reduce((sum, { amount }) => sum + amount, 0);
  const reductions = reductionsOf(ctx, params.discounts ?? [], { customer, subtotal, currency });
  const blank = draftInvoice(ctx, {
    customer,
    reductions,
    rates,
    collection,
    currency,
    defaultMethod,
    dueDate: due,
    autoAdvance: params.auto_advance ?? false,
    automaticTax: params.automatic_tax?.enabled ?? false,
    customFields: params.custom_fields ?? null,
    description: params.description ?? null,
    footer: params.footer ?? null,
    metadata: mergeMetadata({}, params.metadata),
    methodTypes: params.payment_settings?.payment_method_types ?? null,
    number: params.number ?? null,
    rendering: params.rendering ?? {},
    statementDescriptor: params.statement_descriptor ?? null,
  });
  const items = included
    .filter((item) => item.currency === currency)
    .map((item) => takeItem(ctx, item, blank.id));
  const invoice = ctx.store.invoices.put(
    withLines(
      ctx,
      blank,
      items.map((item) => lineOfItem(blank, item)),
    ),
  );
  emit(ctx, 'invoice.created', invoice);
  planAdvance(ctx, invoice);
  return invoice;
};

const discountsIn = (ctx: Context, invoice: Invoice, asked: Read<typeof discountsAsked>): Reduction[] =>
  reductionsOf(ctx, asked, {
    customer: knownCustomer(ctx, invoice.customer ?? ''),
    subtotal: invoice.subtotal,
    currency: invoice.currency,
  });

/** What may still change once the invoice is finalized. */
const alwaysEditable = ['auto_advance', 'default_payment_method', 'metadata', 'payment_settings'];

const updateInvoice = (ctx: Context, invoice: Invoice, params: Read<typeof change>): Invoice => {
  const fixed = Object.keys(params).filter((name) => !alwaysEditable.includes(name));
  if (fixed.length > 0) requireDraft(invoice, "Finalized invoices can't be updated in this way");
  const collection = params.collection_method ?? invoice.collection_method;
  const asked = dueDate(hourFor(ctx, invoice), params);
  const due = asked ?? invoice.due_date;
  checkDue(collection, collection === 'send_invoice' ? due : asked);
  const method = params.default_payment_method;
  const tax = params.automatic_tax?.enabled;
  const rates = taxRatesNamed(ctx, params.default_tax_rates, 'default_tax_rates');
  const reductions = discountsIn(ctx, invoice, params.discounts ?? []);
  const after: Invoice = {
    ...invoice,
    auto_advance: params.auto_advance ?? invoice.auto_advance ?? false,
    ...(tax === undefined
      ? {}
      : {
          automatic_tax: {
            ...invoice.automatic_tax,
            enabled: tax,
            liability: tax ? { type: 'self' } : null,
            provider: tax ? 'stripe' : null,
          },
        }),
    collection_method: collection,
    ...(params.custom_fields === undefined ? {} : { custom_fields: params.custom_fields }),
    ...(method === undefined
      ? {}
      : { default_payment_method: ownMethod(ctx, invoice.customer ?? '', method) }),
    ...(params.default_tax_rates === undefined ? {} : { default_tax_rates: rates }),
    description: params.description ?? invoice.description,
    ...(params.discounts === undefined ? {} : { discounts: giveDiscounts(ctx, invoice, reductions) }),
    due_date: collection === 'send_invoice' ? due : null,
    footer: params.footer ?? invoice.footer,
    metadata: mergeMetadata(invoice.metadata ?? {}, params.metadata),
    number: params.number ?? invoice.number,
    rendering: renderedAs(invoice.rendering, params.rendering),
    statement_descriptor: params.statement_descriptor ?? invoice.statement_descriptor,
  };
  return keepInvoice(
    ctx,
    invoice,
    after.status === 'draft' ? withLines(ctx, after, after.lines.data) : after,
  );
};

const deleteInvoice = (ctx: Context, invoice: Invoice): object => {
  requireDraft(invoice, "You can only delete draft invoices. This invoice isn't a draft.");
  for (const line of invoice.lines.data) forgetItem(ctx, line.parent?.invoice_item_details?.invoice_item);
  ctx.store.invoices.remove(invoice.id);
  emit(ctx, 'invoice.deleted', invoice);
  return { id: invoice.id, object: 'invoice', deleted: true };
};

const payment = shape({
  off_session: boolean(),
  paid_out_of_band: boolean(),
  payment_method: text(),
  ...unmodelled('forgive', 'mandate', 'source'),
});

const pay = (ctx: Context, before: Invoice, params: Read<typeof payment>): Invoice => {
  const invoice = before.status === 'draft' ? finalizeInvoice(ctx, before) : before;
  if (before.status === 'draft' && invoice.status === 'paid') return invoice;
  if (params.paid_out_of_band === true) return payOutOfBand(ctx, invoice);
  requirePayable(ctx, invoice);
  const id = params.payment_method ?? methodFor(ctx, invoice);
  if (id === null) {
    throw invalidRequest(
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
      { code: 'resource_missing' },
    );
  }
  const method = knownMethod(ctx, id);
  if (method.customer !== null && method.customer !== invoice.customer) {
    throw invalidRequest('The payment method belongs to another customer.', { param: 'payment_method' });
  }
  return payInvoice(ctx, invoice, { method, offSession: params.off_session ?? true, returnUrl: null });
};

const send = (ctx: Context, before: Invoice): Invoice => {
  if (before.collection_method !== 'send_invoice') {
    throw invalidRequest("You can only manually send an invoice if its collection method is 'send_invoice'.");
  }
  if (before.status === 'void' || before.status === 'uncollectible') {
    throw invalidRequest(`You can't send an invoice that is ${before.status}.`, {
      code: 'invoice_not_editable',
    });
  }
  const invoice = before.status === 'draft' ? finalizeInvoice(ctx, before) : before;
  emit(ctx, 'invoice.sent', invoice);
  return invoice;
};

const filters = shape({
  ...dated,
  customer: text(),
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  due_date: range(),
  ...unmodelled('customer_account', 'subscription'),
});

export const invoices: Operation[] = [
  post('/v1/invoices', 'invoice', creation, createInvoice),
  get('/v1/invoices', 'list of invoice', filters, (ctx, params) => {
    if (params.customer !== undefined) knownCustomer(ctx, params.customer);
    return page(ctx.store.invoices, {
      url: '/v1/invoices',
      kind: 'invoice',
      params,
      among: { customer: params.customer },
      where: (invoice) =>
        (params.customer === undefined || invoice.customer === params.customer) &&
        (params.status === undefined || invoice.status === params.status) &&
        (params.collection_method === undefined || invoice.collection_method === params.collection_method) &&
        (params.due_date === undefined ||
          (invoice.due_date !== null && within(invoice.due_date, params.due_date))),
    });
  }),
  get('/v1/invoices/:id', 'invoice', shape({}), (ctx, _params, { id }) => knownInvoice(ctx, id)),
  post('/v1/invoices/:id', 'invoice', change, (ctx, params, { id }) =>
    updateInvoice(ctx, knownInvoice(ctx, id), params),
  ),
  del('/v1/invoices/:id', 'invoice', shape({}), (ctx, _params, { id }) =>
    deleteInvoice(ctx, knownInvoice(ctx, id)),
  ),
  post('/v1/invoices/:id/finalize', 'invoice', shape({ auto_advance: boolean() }), (ctx, params, { id }) => {
    const draft = knownInvoice(ctx, id);
    return finalizeInvoice(ctx, {
      ...draft,
      auto_advance: params.auto_advance ?? draft.auto_advance ?? false,
    });
  }),
  post('/v1/invoices/:id/pay', 'invoice', payment, (ctx, params, { id }) =>
    pay(ctx, knownInvoice(ctx, id), params),
  ),
  post(
    '/v1/invoices/:id/attach_payment',
    'invoice',
    shape({ payment_intent: text(), ...unmodelled('payment_record') }),
    (ctx, params, { id }) => {
      if (params.payment_intent === undefined) throw missing('payment_intent');
      const intents = ctx.store.payment_intents;
      const intent = known(intents, 'payment_intent', params.payment_intent, 'payment_intent');
      return attachPayment(ctx, knownInvoice(ctx, id), intent);
    },
  ),
  post('/v1/invoices/:id/send', 'invoice', shape({}), (ctx, _params, { id }) =>
    send(ctx, knownInvoice(ctx, id)),
  ),
  post('/v1/invoices/:id/void', 'invoice', shape({}), (ctx, _params, { id }) =>
    voidInvoice(ctx, knownInvoice(ctx, id)),
  ),
  post('/v1/invoices/:id/mark_uncollectible', 'invoice', shape({}), (ctx, _params, { id }) =>
    markUncollectible(ctx, knownInvoice(ctx, id)),
  ),
];
