import { createDiscount, type Reduction } from '../discounts';
import { invalidRequest, type StripeError } from '../errors';
import { emitUpdate } from '../events';
import { newId } from '../ids';
import { whole } from '../lists';
import type { Customer, Invoice, Metadata, TaxRate } from '../objects';
import { hourFor } from '../test-clock';
import type { Context } from '../world';

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
  rendering?: Rendering;
  reductions?: Reduction[];
  rates?: TaxRate[];
  statementDescriptor?: string | null;
};

/** Ties what is to be taken off to its invoice. */
export const giveDiscounts = (
  ctx: Context,
  { id, customer }: { id: string; customer: string | null },
  reductions: Reduction[],
): string[] => reductions.map((one) => createDiscount(ctx, one, { customer, invoice: id }).id);

type Rendering = {
  amount_tax_display?: 'exclude_tax' | 'include_inclusive_tax' | null;
  pdf?: { page_size?: 'a4' | 'auto' | 'letter' };
};

/** How the paper of an invoice is to look, changed as was asked. */
export const renderedAs = (
  kept: Invoice['rendering'],
  { amount_tax_display: display, pdf }: Rendering = {},
): NonNullable<Invoice['rendering']> => ({
  amount_tax_display: display === undefined ? (kept?.amount_tax_display ?? null) : display,
  pdf: { page_size: pdf?.page_size ?? kept?.pdf?.page_size ?? 'letter' },
  template: null,
  template_version: null,
});

/** An empty draft, told of and ready for its lines. */
export const draftInvoice = (ctx: Context, wanted: Draft): Invoice => {
  const id = newId('invoice');
  const { customer } = wanted;
  const now = hourFor(ctx, customer);
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
    default_tax_rates: wanted.rates ?? [],
    description: wanted.description ?? null,
    discounts: giveDiscounts(ctx, { id, customer: customer.id }, wanted.reductions ?? []),
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
    rendering: renderedAs(null, wanted.rendering),
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: wanted.statementDescriptor ?? null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  });
};

/** Keeps an invoice and tells what changed in it. */
export const keepInvoice = (ctx: Context, before: Invoice, after: Invoice): Invoice => {
  const kept = ctx.store.invoices.put(after);
  emitUpdate(ctx, 'invoice.updated', before, kept);
  return kept;
};

export const notEditable = (message: string): StripeError =>
  invalidRequest(message, { code: 'invoice_not_editable' });

export const requireDraft = (invoice: Invoice, message: string): void => {
  if (invoice.status !== 'draft') throw notEditable(message);
};
