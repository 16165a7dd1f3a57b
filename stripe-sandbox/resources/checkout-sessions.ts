import { invalidRequest, noSuch } from '../errors';
import { emit } from '../events';
import { newId, randomText } from '../ids';
import { invoiceForCheckout } from '../invoicing';
import { dated, page, paging, whole, type List } from '../lists';
import type {
  BillingDetails,
  CheckoutSession,
  Customer,
  LineItem,
  Metadata,
  PaymentIntent,
} from '../objects';
import type { PaymentMethod, Price, SetupIntent } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  boolean,
  email,
  integer,
  listOf,
  mergeMetadata,
  metadata,
  oneOf,
  removed,
  required,
  shape,
} from '../params';
import { text, unmodelled, unset, url, type Read } from '../params';
import { authenticate, cancelIntent, createIntent, pay, type Keep, type Outcome } from '../payments';
import { attemptSetup, authenticateSetup, cancelSetup, createSetup, type SetupOutcome } from '../setups';
import type { CheckoutDetails } from '../store';
import type { Context } from '../world';
import { createCustomer, keepCustomer, knownCustomer } from './customers';
import { inlinePrice } from './prices';

const HALF_AN_HOUR = 30 * 60;
const A_DAY = 24 * 60 * 60;

/** The smallest charge in cents that Stripe accepts in US dollars. */
const SMALLEST_CHARGE = 50;

const priceData = shape({
  currency: required(text()),
  product: text(),
  product_data: shape({
    name: required(text()),
    description: text(),
    images: listOf(text()),
    metadata: metadata(),
    tax_code: text(),
    unit_label: text(),
    ...unmodelled('tax_details'),
  }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer({ min: 0 }),
  ...unmodelled('recurring', 'unit_amount_decimal'),
});

const lineItem = shape({
  price: text(),
  price_data: priceData,
  quantity: integer({ min: 1 }),
  metadata: metadata(),
  ...unmodelled('adjustable_quantity', 'tax_rates'),
});

const customFields = unset(
  listOf(shape({ name: required(text({ max: 40 })), value: required(text({ max: 140 })) })),
);

const creation = shape({
  adaptive_pricing: shape({ enabled: boolean() }),
  allow_promotion_codes: boolean(),
  allowed_payment_method_types: listOf(text()),
  automatic_tax: shape({ enabled: required(boolean()), ...unmodelled('liability') }),
  billing_address_collection: oneOf('auto', 'required'),
  cancel_url: url(),
  client_reference_id: text({ max: 200 }),
  currency: text(),
  custom_text: shape({
    after_submit: unset(shape({ message: required(text({ max: 1200 })) })),
    shipping_address: unset(shape({ message: required(text({ max: 1200 })) })),
    submit: unset(shape({ message: required(text({ max: 1200 })) })),
    terms_of_service_acceptance: unset(shape({ message: required(text({ max: 1200 })) })),
  }),
  customer: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: email(),
  customer_update: shape({
    address: oneOf('auto', 'never'),
    name: oneOf('auto', 'never'),
    shipping: oneOf('auto', 'never'),
  }),
  expires_at: integer(),
  integration_identifier: text(),
  invoice_creation: shape({
    enabled: required(boolean()),
    invoice_data: shape({
      custom_fields: customFields,
      description: text(),
      footer: text(),
      metadata: metadata(),
      ...unmodelled('account_tax_ids', 'issuer', 'rendering_options'),
    }),
  }),
  line_items: listOf(lineItem),
  locale: text(),
  metadata: metadata(),
  mode: required(oneOf('payment', 'setup', 'subscription')),
  origin_context: oneOf('mobile_app', 'web'),
  payment_intent_data: shape({
    description: text(),
    metadata: metadata(),
    receipt_email: email(),
    setup_future_usage: oneOf('off_session', 'on_session'),
    statement_descriptor_suffix: text({ max: 22 }),
    ...unmodelled(
      'application_fee_amount',
      'capture_method',
      'on_behalf_of',
      'shipping',
      'statement_descriptor',
      'transfer_data',
      'transfer_group',
    ),
  }),
  payment_method_data: shape({ allow_redisplay: oneOf('always', 'limited', 'unspecified') }),
  setup_intent_data: shape({ description: text(), metadata: metadata(), ...unmodelled('on_behalf_of') }),
  payment_method_types: removed((path) =>
    invalidRequest(`Received unknown parameter: ${path}`, { code: 'parameter_unknown', param: path }),
  ),
  saved_payment_method_options: shape({
    allow_redisplay_filters: listOf(oneOf('always', 'limited', 'unspecified')),
    payment_method_remove: oneOf('enabled', 'disabled'),
    payment_method_save: oneOf('enabled', 'disabled'),
  }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  success_url: url(),
  tax_id_collection: shape({ enabled: required(boolean()), required: oneOf('if_supported', 'never') }),
  ui_mode: oneOf('hosted_page', 'embedded_page', 'elements', 'form'),
  ...unmodelled(
    'after_expiration',
    'branding_settings',
    'consent_collection',
    'custom_fields',
    'customer_account',
    'discounts',
    'excluded_payment_method_types',
    'managed_payments',
    'name_collection',
    'optional_items',
    'payment_method_collection',
    'payment_method_configuration',
    'payment_method_options',
    'permissions',
    'phone_number_collection',
    'redirect_on_completion',
    'return_url',
    'shipping_address_collection',
    'shipping_options',
    'subscription_data',
    'wallet_options',
  ),
});
type Creation = Read<typeof creation>;
type LineRequest = Read<typeof lineItem>;

const missing = (param: string) =>
  invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });

const priceFor = (ctx: Context, item: LineRequest, index: number): Price => {
  if (item.price !== undefined) throw noSuch('price', item.price, `line_items[${index}][price]`);
  const asked = item.price_data;
  if (asked === undefined) throw missing(`line_items[${index}][price_data]`);
  const path = `line_items[${index}][price_data]`;
  if (asked.product !== undefined) throw noSuch('product', asked.product, `${path}[product]`);
  if (asked.product_data === undefined) throw missing(`${path}[product_data]`);
  if (asked.unit_amount === undefined) throw missing(`${path}[unit_amount]`);

  const { product_data: product, unit_amount: amount } = asked;
  return inlinePrice(ctx, {
    currency: asked.currency,
    amount,
    ...(asked.tax_behavior === undefined ? {} : { taxBehavior: asked.tax_behavior }),
    product: {
      name: product.name,
      description: product.description ?? null,
      images: product.images ?? [],
      metadata: mergeMetadata({}, product.metadata),
      taxCode: product.tax_code ?? null,
    },
  }).price;
};

const lineFor = (ctx: Context, item: LineRequest, index: number): LineItem => {
  if (item.quantity === undefined) throw missing(`line_items[${index}][quantity]`);
  const price = priceFor(ctx, item, index);
  const amount = (price.unit_amount ?? 0) * item.quantity;
  return {
    id: newId('line_item'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: item.price_data?.product_data?.name ?? null,
    metadata: mergeMetadata({}, item.metadata),
    price,
    quantity: item.quantity,
  };
};

/** A session that only keeps a card sells nothing. */
const checkSetup = (params: Creation) => {
  for (const name of ['line_items', 'payment_intent_data', 'invoice_creation', 'submit_type'] as const) {
    if (params[name] !== undefined) {
      throw invalidRequest(`You can not pass \`${name}\` in \`setup\` mode.`, { param: name });
    }
  }
  if (params.currency === undefined) throw missing('currency');
};

/** What the types of the parameters cannot say, checked before anything is made. */
const check = (ctx: Context, params: Creation) => {
  if (params.mode === 'subscription') {
    throw invalidRequest(`This sandbox does not model Checkout in '${params.mode}' mode yet.`, {
      code: 'sandbox_unmodelled_parameter',
      param: 'mode',
    });
  }
  if (params.ui_mode !== undefined && params.ui_mode !== 'hosted_page') {
    throw invalidRequest(`This sandbox does not model Checkout with ui_mode '${params.ui_mode}'.`, {
      code: 'sandbox_unmodelled_parameter',
      param: 'ui_mode',
    });
  }
  if (params.mode === 'setup') checkSetup(params);
  else if (params.line_items === undefined || params.line_items.length === 0) throw missing('line_items');
  if (params.success_url === undefined) throw missing('success_url');
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', {
      param: 'customer',
    });
  }
  if (params.customer_update !== undefined && params.customer === undefined) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', { param: 'customer_update' });
  }
  const unknownTypes = (params.allowed_payment_method_types ?? []).filter((type) => type !== 'card');
  if (unknownTypes[0] !== undefined) {
    throw invalidRequest(`This sandbox takes cards only, not '${unknownTypes[0]}'.`, {
      code: 'sandbox_unmodelled_parameter',
      param: 'allowed_payment_method_types',
    });
  }
  const customer = params.customer === undefined ? null : knownCustomer(ctx, params.customer);
  const updates = params.customer_update ?? {};
  if (params.automatic_tax?.enabled === true && customer !== null) {
    const located = customer.address?.country !== null && customer.address?.country !== undefined;
    if (!located && updates.address !== 'auto') {
      throw invalidRequest(
        "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
        { code: 'customer_tax_location_invalid', param: 'automatic_tax' },
      );
    }
  }
  if (params.tax_id_collection?.enabled === true && customer !== null && updates.name !== 'auto') {
    throw invalidRequest(
      'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.',
      { param: 'customer_update' },
    );
  }
  const now = ctx.clock.seconds();
  const { expires_at: expiresAt } = params;
  if (expiresAt !== undefined && expiresAt < now + HALF_AN_HOUR) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      {
        param: 'expires_at',
      },
    );
  }
  if (expiresAt !== undefined && expiresAt > now + A_DAY) {
    throw invalidRequest(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      {
        param: 'expires_at',
      },
    );
  }
};

const customerDetails = (
  { email: address, taxExempt }: { email: string | null; taxExempt: Customer['tax_exempt'] },
  billing?: BillingDetails,
): NonNullable<CheckoutSession['customer_details']> => ({
  address: billing?.address ?? null,
  business_name: null,
  email: address,
  individual_name: billing?.name ?? null,
  name: billing?.name ?? null,
  phone: null,
  tax_exempt: taxExempt ?? 'none',
  tax_ids: billing === undefined ? null : [],
});

/** The same session with a card to keep in place of something to pay. */
const asSetup = (ctx: Context, session: CheckoutSession, params: Creation): CheckoutSession => {
  const setup = createSetup(ctx, {
    customer: session.customer,
    description: params.setup_intent_data?.description ?? null,
    metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
    allowedTypes: session.allowed_payment_method_types,
  });
  return ctx.store.checkout_sessions.put({
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
  });
};

const createSession = (ctx: Context, params: Creation): CheckoutSession => {
  check(ctx, params);
  const customer = params.customer === undefined ? null : knownCustomer(ctx, params.customer);
  const lines = (params.line_items ?? []).map((item, index) => lineFor(ctx, item, index));
  const currency = lines[0]?.currency ?? params.currency?.toLowerCase() ?? 'usd';
  if (lines.some((line) => line.currency !== currency)) {
    throw invalidRequest('All prices on a Checkout session must use the same currency.', {
      param: 'line_items',
    });
  }
  const amount = lines.reduce((total, line) => total + line.amount_total, 0);
  if (amount > 0 && amount < SMALLEST_CHARGE) {
    throw invalidRequest("The Checkout Session's total amount due must add up to at least $0.50 usd", {
      code: 'amount_too_small',
    });
  }
  const now = ctx.clock.seconds();
  const id = newId('checkout_session');
  const intentData = params.payment_intent_data ?? {};
  const invoiceData = params.invoice_creation?.invoice_data ?? {};
  const known = customer?.email ?? params.customer_email ?? null;

  const details: CheckoutDetails = {
    id,
    created: now,
    lines,
    intent: {
      description: intentData.description ?? null,
      metadata: mergeMetadata({}, intentData.metadata),
      receiptEmail: intentData.receipt_email ?? null,
      setupFutureUsage: intentData.setup_future_usage ?? null,
      statementDescriptorSuffix: intentData.statement_descriptor_suffix ?? null,
    },
    redisplay: params.payment_method_data?.allow_redisplay ?? null,
    customerUpdate: {
      address: params.customer_update?.address ?? 'never',
      name: params.customer_update?.name ?? 'never',
    },
    submission: null,
  };
  ctx.store.checkout_details.put(details);

  const expiresAt = params.expires_at ?? now + A_DAY;
  ctx.store.tasks.put({
    id: newId('task'),
    created: now,
    kind: 'expire_session',
    subject: id,
    dueAt: expiresAt * 1000,
  });

  const session = ctx.store.checkout_sessions.put({
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? true },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: params.automatic_tax?.enabled === true ? { type: 'self' } : null,
      provider: params.automatic_tax?.enabled === true ? 'stripe' : null,
      status: params.automatic_tax?.enabled === true ? 'requires_location_inputs' : null,
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
    customer_details:
      known === null ? null : customerDetails({ email: known, taxExempt: customer?.tax_exempt }),
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: expiresAt,
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
  });
  return params.mode === 'setup' ? asSetup(ctx, session, params) : session;
};

const knownSession = (ctx: Context, id: string): CheckoutSession => {
  const session = ctx.store.checkout_sessions.get(id);
  if (session === null) throw noSuch('checkout.session', id);
  return session;
};

export const detailsOf = (ctx: Context, session: CheckoutSession): CheckoutDetails => {
  const details = ctx.store.checkout_details.get(session.id);
  if (details === null) throw new Error(`${session.id} has no details`);
  return details;
};

/** What was bought, shown only when asked for. */
export const linesOf = (ctx: Context, session: string): List<LineItem> =>
  whole(ctx.store.checkout_details.get(session)?.lines ?? [], `/v1/checkout/sessions/${session}/line_items`);

/** The customer's cards that this session may show again. */
export const savedMethods = (ctx: Context, session: CheckoutSession): PaymentMethod[] => {
  if (session.customer === null) return [];
  const filters = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
  const among = { by: 'customer', is: session.customer };
  return [...ctx.store.payment_methods.newestFirst(undefined, among)].filter((method) =>
    filters.some((filter) => filter === method.allow_redisplay),
  );
};

const keepFor = ({ intent, submission }: CheckoutDetails): Keep => {
  if (submission?.save === true) return 'always';
  return intent.setupFutureUsage === null ? null : 'limited';
};

const guest = (ctx: Context, session: CheckoutSession, billing: BillingDetails): Customer | null => {
  const isNeeded =
    session.customer_creation === 'always' ||
    session.invoice_creation?.enabled === true ||
    detailsOf(ctx, session).intent.setupFutureUsage !== null;
  if (session.customer !== null || !isNeeded) return null;
  return createCustomer(ctx, { email: billing.email, name: billing.name });
};

const intentFor = (ctx: Context, session: CheckoutSession): PaymentIntent => {
  const existing =
    session.payment_intent === null ? null : ctx.store.payment_intents.get(session.payment_intent);
  if (existing !== null) return existing;
  const { intent } = detailsOf(ctx, session);
  return createIntent(ctx, {
    ...intent,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: session.customer,
    allowedTypes: session.allowed_payment_method_types,
  });
};

export type Submission = { method: PaymentMethod; billing: BillingDetails; save: boolean };

/** The form of the hosted page was sent: pay, and complete the session if the bank agrees. */
export const submit = (
  ctx: Context,
  open: CheckoutSession,
  { method, billing, save }: Submission,
): Outcome => {
  const customer = guest(ctx, open, billing);
  const details = ctx.store.checkout_details.put({ ...detailsOf(ctx, open), submission: { billing, save } });
  const named = customer === null ? open : { ...open, customer: customer.id };
  const intent = intentFor(ctx, named);
  const session = ctx.store.checkout_sessions.put({ ...named, payment_intent: intent.id });
  const outcome = pay(ctx, intent, {
    method,
    offSession: false,
    returnUrl: session.url,
    keep: keepFor(details),
  });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};

/** A session with nothing to pay needs no card and makes no PaymentIntent. */
export const submitFree = (ctx: Context, open: CheckoutSession, billing: BillingDetails): void => {
  const customer = guest(ctx, open, billing);
  ctx.store.checkout_details.put({ ...detailsOf(ctx, open), submission: { billing, save: false } });
  complete(ctx, customer === null ? open : { ...open, customer: customer.id });
};

/** The holder came back from the bank's page. */
export const resume = (
  ctx: Context,
  session: CheckoutSession,
  intent: PaymentIntent,
  passed: boolean,
): Outcome => {
  const outcome = authenticate(ctx, intent, { passed, keep: keepFor(detailsOf(ctx, session)) });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};

/** The form of a session in setup mode was sent: keep the card if its bank agrees. */
export const submitSetup = (
  ctx: Context,
  session: CheckoutSession,
  { method, billing }: Omit<Submission, 'save'>,
): SetupOutcome => {
  const details = ctx.store.checkout_details.put({
    ...detailsOf(ctx, session),
    submission: { billing, save: true },
  });
  const setup = ctx.store.setup_intents.get(session.setup_intent ?? '');
  if (setup === null) throw new Error(`${session.id} has no setup intent`);
  const outcome = attemptSetup(ctx, setup, {
    method,
    returnUrl: session.url,
    keep: details.redisplay ?? 'limited',
  });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};

/** The holder came back from the bank's page with a card to keep. */
export const resumeSetup = (
  ctx: Context,
  session: CheckoutSession,
  setup: SetupIntent,
  passed: boolean,
): SetupOutcome => {
  const keep = detailsOf(ctx, session).redisplay ?? 'limited';
  const outcome = authenticateSetup(ctx, setup, { passed, keep });
  if (outcome.kind === 'succeeded') complete(ctx, session);
  return outcome;
};

/** The session that made this SetupIntent, if one did. */
export const sessionOfSetup = (ctx: Context, setup: SetupIntent): CheckoutSession | null => {
  const among = { by: 'setup_intent', is: setup.id };
  const [session] = ctx.store.checkout_sessions.newestFirst(undefined, among);
  return session ?? null;
};

/** The session that made this PaymentIntent, if one did. */
export const sessionOf = (ctx: Context, intent: PaymentIntent): CheckoutSession | null => {
  const among = { by: 'payment_intent', is: intent.id };
  const [session] = ctx.store.checkout_sessions.newestFirst(undefined, among);
  return session ?? null;
};

const updateCustomer = (ctx: Context, { customer: id }: CheckoutSession, details: CheckoutDetails) => {
  const customer = id === null ? null : ctx.store.customers.get(id);
  const billing = details.submission?.billing;
  if (customer === null || billing === undefined) return;
  const { address, name } = details.customerUpdate;
  keepCustomer(ctx, customer, {
    ...customer,
    ...(address === 'auto' && typeof billing.address?.country === 'string'
      ? { address: billing.address }
      : {}),
    ...(name === 'auto' && billing.name !== null ? { name: billing.name } : {}),
  });
};

const complete = (ctx: Context, open: CheckoutSession): void => {
  const details = detailsOf(ctx, open);
  updateCustomer(ctx, open, details);
  const billing = details.submission?.billing;
  const customer = open.customer === null ? null : ctx.store.customers.get(open.customer);
  const email = customer?.email ?? billing?.email ?? open.customer_email;
  const paid = ctx.store.checkout_sessions.put({
    ...open,
    automatic_tax: {
      ...open.automatic_tax,
      status: open.automatic_tax.enabled ? 'complete' : open.automatic_tax.status,
    },
    collected_information: {
      business_name: null,
      individual_name: null,
      shipping_details: null,
    },
    customer_details: customerDetails({ email, taxExempt: customer?.tax_exempt }, billing),
    payment_status: open.mode === 'setup' || open.amount_total === 0 ? 'no_payment_required' : 'paid',
    status: 'complete',
    url: null,
  });
  const makesInvoice = paid.invoice_creation?.enabled === true;
  const when = ctx.switches.checkoutInvoice;
  if (makesInvoice && when === 'in_completed_event') invoiceCheckout(ctx, paid.id);
  emit(ctx, 'checkout.session.completed', knownSession(ctx, paid.id));
  if (makesInvoice && when === 'after_completed_event') invoiceCheckout(ctx, paid.id);
  if (makesInvoice && when === 'seconds_later') {
    ctx.store.tasks.put({
      id: newId('task'),
      created: ctx.clock.seconds(),
      kind: 'invoice_checkout',
      subject: paid.id,
      dueAt: ctx.clock.now() + 3000,
    });
  }
};

/** Writes the invoice of a paid session and puts its id on the session. */
export const invoiceCheckout = (ctx: Context, id: string): void => {
  const session = knownSession(ctx, id);
  if (session.invoice !== null) return;
  const invoice = invoiceForCheckout(ctx, session, detailsOf(ctx, session).lines);
  ctx.store.checkout_sessions.put({ ...session, invoice: invoice.id });
};

/** Closes an open session for good; its PaymentIntent, if an attempt made one, is canceled with it. */
const expire = (ctx: Context, open: CheckoutSession): CheckoutSession => {
  const intent = open.payment_intent === null ? null : ctx.store.payment_intents.get(open.payment_intent);
  if (intent !== null && intent.status !== 'canceled') cancelIntent(ctx, intent, 'expired');
  const setup = open.setup_intent === null ? null : ctx.store.setup_intents.get(open.setup_intent);
  if (setup !== null && setup.status !== 'canceled') cancelSetup(ctx, setup, 'abandoned');
  const expired = ctx.store.checkout_sessions.put({ ...open, status: 'expired', url: null });
  emit(ctx, 'checkout.session.expired', expired);
  return expired;
};

/** The session's hour has come; a paid one is left alone. */
export const expireDue = (ctx: Context, id: string): void => {
  const session = knownSession(ctx, id);
  if (session.status === 'open') expire(ctx, session);
};

/** Whether the card form offers to keep the card. */
export const offersToSave = ({ customer, saved_payment_method_options: options }: CheckoutSession): boolean =>
  customer !== null && options?.payment_method_save === 'enabled';

const update = shape({
  metadata: metadata(),
  ...unmodelled('collected_information', 'line_items', 'payment_intent_data', 'shipping_options'),
});

export const checkoutSessions: Operation[] = [
  post('/v1/checkout/sessions', 'checkout.session', creation, createSession),
  get(
    '/v1/checkout/sessions',
    'list of checkout.session',
    shape({
      ...dated,
      customer: text(),
      customer_details: shape({ email: required(email()) }),
      payment_intent: text(),
      status: oneOf('open', 'complete', 'expired'),
      ...unmodelled('customer_account', 'payment_link', 'subscription'),
    }),
    (ctx, params) =>
      page(ctx.store.checkout_sessions, {
        url: '/v1/checkout/sessions',
        kind: 'checkout.session',
        params,
        among: { payment_intent: params.payment_intent, customer: params.customer },
        where: (session) =>
          (params.customer === undefined || session.customer === params.customer) &&
          (params.payment_intent === undefined || session.payment_intent === params.payment_intent) &&
          (params.status === undefined || session.status === params.status) &&
          (params.customer_details === undefined ||
            session.customer_details?.email === params.customer_details.email),
      }),
  ),
  get('/v1/checkout/sessions/:id', 'checkout.session', shape({}), (ctx, _params, { id }) =>
    knownSession(ctx, id),
  ),
  post('/v1/checkout/sessions/:id', 'checkout.session', update, (ctx, params, { id }) => {
    const session = knownSession(ctx, id);
    const merged: Metadata = mergeMetadata(session.metadata ?? {}, params.metadata);
    return ctx.store.checkout_sessions.put({ ...session, metadata: merged });
  }),
  get('/v1/checkout/sessions/:id/line_items', 'list of item', shape(paging), (ctx, _params, { id }) =>
    linesOf(ctx, knownSession(ctx, id).id),
  ),
  post('/v1/checkout/sessions/:id/expire', 'checkout.session', shape({}), (ctx, _params, { id }) => {
    const session = knownSession(ctx, id);
    if (session.status !== 'open') {
      throw invalidRequest(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status ?? ''}".`,
      );
    }
    return expire(ctx, session);
  }),
];
