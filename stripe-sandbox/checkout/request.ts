import { invalidRequest } from '../errors';
import {
  boolean,
  email,
  exclusive,
  integer,
  listOf,
  metadata,
  missing,
  oneOf,
  removed,
  required,
  shape,
  text,
  unmodelled,
  unset,
  url,
  type Read,
} from '../params';
import { knownCustomer } from '../resources/customers';
import type { Context } from '../world';

const HALF_AN_HOUR = 30 * 60;
export const A_DAY = 24 * 60 * 60;

const priceData = shape({
  currency: required(text()),
  product: text(),
  product_data: shape({
    name: required(text()),
    description: text(),
    images: listOf(text()),
    metadata: metadata(),
    tax_code: text(),
    unit_label: text({ max: 12 }),
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
  tax_rates: unset(listOf(text())),
  ...unmodelled('adjustable_quantity'),
});

const customFields = unset(
  listOf(shape({ name: required(text({ max: 40 })), value: required(text({ max: 140 })) })),
);

/** What a session may be asked for. */
export const creation = shape({
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
  discounts: listOf(shape({ coupon: text(), promotion_code: text() })),
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
export type Creation = Read<typeof creation>;
export type LineRequest = Read<typeof lineItem>;

/** A session that only keeps a card sells nothing. */
const checkSetup = (params: Creation) => {
  for (const name of [
    'line_items',
    'payment_intent_data',
    'invoice_creation',
    'submit_type',
    'discounts',
    'allow_promotion_codes',
  ] as const) {
    if (params[name] !== undefined) {
      throw invalidRequest(`You can not pass \`${name}\` in \`setup\` mode.`, { param: name });
    }
  }
  if (params.currency === undefined) throw missing('currency');
};

/** What the types of the parameters cannot say, checked before anything is made. */
export const check = (ctx: Context, params: Creation) => {
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
  if (params.discounts !== undefined && params.allow_promotion_codes !== undefined) {
    throw exclusive('allow_promotion_codes', 'discounts');
  }
  if ((params.discounts?.length ?? 0) > 1) {
    throw invalidRequest('You may only use one coupon or promotion code.', { param: 'discounts' });
  }
  if (params.success_url === undefined) throw missing('success_url');
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw exclusive('customer', 'customer_email');
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
