import type { Reduction } from '../discounts';
import { newId, randomText } from '../ids';
import { createSetup } from '../intents/setups';
import type { CheckoutSession, Customer } from '../objects';
import { mergeMetadata } from '../params';
import type { CheckoutDetails } from '../store';
import type { Context } from '../world';
import { reduce } from './amounts';
import { customerDetails } from './customer-details';
import type { OrderLine } from './lines';
import { A_DAY, type Creation } from './request';

type Order = {
  customer: Customer | null;
  lines: OrderLine[];
  reductions: Reduction[];
  currency: string;
  amount: number;
};

const detailsFor = (params: Creation, { lines }: Order): Omit<CheckoutDetails, 'id' | 'created'> => {
  const { payment_intent_data: intent = {}, customer_update: updates = {} } = params;
  return {
    lines: lines.map(({ item }) => item),
    intent: {
      description: intent.description ?? null,
      metadata: mergeMetadata({}, intent.metadata),
      receiptEmail: intent.receipt_email ?? null,
      setupFutureUsage: intent.setup_future_usage ?? null,
      statementDescriptorSuffix: intent.statement_descriptor_suffix ?? null,
    },
    redisplay: params.payment_method_data?.allow_redisplay ?? null,
    customerUpdate: { address: updates.address ?? 'never', name: updates.name ?? 'never' },
    submission: null,
    place: null,
  };
};

const blank = (ctx: Context, params: Creation, { customer, currency, amount }: Order): CheckoutSession => {
  const now = ctx.clock.seconds();
  const id = newId('checkout_session');
  const invoiceData = params.invoice_creation?.invoice_data ?? {};
  const taxed = params.automatic_tax?.enabled ?? false;
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? true },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: {
      enabled: taxed,
      liability: taxed ? { type: 'self' } : null,
      provider: taxed ? 'stripe' : null,
      status: taxed ? 'requires_location_inputs' : null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    branding_settings: {
      background_color: '#ffffff',
      border_style: 'rounded',
      button_color: '#0074d4',
      display_name: ctx.merchant.name,
      font_family: 'default',
      icon: null,
      logo: null,
    },
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: null,
    created: now,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: params.custom_text?.after_submit ?? null,
      shipping_address: params.custom_text?.shipping_address ?? null,
      submit: params.custom_text?.submit ?? null,
      terms_of_service_acceptance: params.custom_text?.terms_of_service_acceptance ?? null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer === null ? (params.customer_creation ?? 'if_required') : null,
    customer_details: customerDetails({ customer_email: params.customer_email ?? null }, customer),
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: params.expires_at ?? now + A_DAY,
    integration_identifier: params.integration_identifier ?? null,
    invoice: null,
    invoice_creation: {
      enabled: params.invoice_creation?.enabled ?? false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: invoiceData.custom_fields ?? null,
        description: invoiceData.description ?? null,
        footer: invoiceData.footer ?? null,
        issuer: null,
        metadata: mergeMetadata({}, invoiceData.metadata),
        rendering_options: null,
      },
    },
    livemode: false,
    locale: (params.locale ?? null) as CheckoutSession['locale'],
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    mode: 'payment',
    origin_context: params.origin_context ?? null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: { id: 'pmc_1SandboxDefault0000000', parent: null },
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options:
      customer === null && params.saved_payment_method_options === undefined
        ? null
        : {
            allow_redisplay_filters: params.saved_payment_method_options?.allow_redisplay_filters ?? [
              'always',
            ],
            payment_method_remove: params.saved_payment_method_options?.payment_method_remove ?? 'disabled',
            payment_method_save: params.saved_payment_method_options?.payment_method_save ?? null,
          },
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    ...(params.tax_id_collection === undefined
      ? {}
      : {
          tax_id_collection: {
            enabled: params.tax_id_collection.enabled,
            required: params.tax_id_collection.required ?? 'never',
          },
        }),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${ctx.origin}/c/pay/${id}#fidkdWxOYHwnPyd1${randomText(40)}`,
    wallet_options: null,
  };
};

/** The same session with a card to keep in place of something to pay. */
const asSetup = (ctx: Context, session: CheckoutSession, params: Creation): CheckoutSession => {
  const setup = createSetup(ctx, {
    customer: session.customer,
    description: params.setup_intent_data?.description ?? null,
    metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
    allowedTypes: session.allowed_payment_method_types,
  });
  return {
    ...session,
    amount_subtotal: null,
    amount_total: null,
    customer_creation: null,
    discounts: null,
    invoice_creation: null,
    mode: 'setup',
    payment_method_collection: 'always',
    payment_status: 'no_payment_required',
    saved_payment_method_options: null,
    setup_intent: setup.id,
    total_details: null,
  };
};

/** Opens a session for an order, or for a card to keep, until its hour has come. */
export const openSession = (ctx: Context, params: Creation, order: Order): CheckoutSession => {
  const session = blank(ctx, params, order);
  const { id, created } = session;
  ctx.store.checkout_details.put({ id, created, ...detailsFor(params, order) });
  ctx.store.tasks.put({
    id: newId('task'),
    created,
    kind: 'expire_session',
    subject: id,
    dueAt: session.expires_at * 1000,
  });
  for (const { item, rates } of order.lines) {
    ctx.store.line_details.put({ id: item.id, created, rates, discounts: [], taxes: [] });
  }
  return params.mode === 'setup'
    ? ctx.store.checkout_sessions.put(asSetup(ctx, session, params))
    : reduce(ctx, session, order.reductions);
};
