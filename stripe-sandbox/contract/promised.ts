/** What the design of the sandbox promises, to be counted against what there is. */

/** Verbs by address: G a list or an object, P create or change, D delete. */
const endpoints: Record<string, string> = {
  customers: 'GP',
  'customers/*': 'GPD',
  'customers/*/payment_methods': 'G',
  'customers/*/payment_methods/*': 'G',
  'customers/*/tax_ids': 'GP',
  'customers/*/tax_ids/*': 'GD',
  payment_methods: 'GP',
  'payment_methods/*': 'GP',
  'payment_methods/*/attach': 'P',
  'payment_methods/*/detach': 'P',
  setup_intents: 'GP',
  'setup_intents/*': 'G',
  'setup_intents/*/confirm': 'P',
  'setup_intents/*/cancel': 'P',
  payment_intents: 'GP',
  'payment_intents/*': 'GP',
  'payment_intents/*/confirm': 'P',
  'payment_intents/*/cancel': 'P',
  charges: 'G',
  'charges/*': 'G',
  balance_transactions: 'G',
  'balance_transactions/*': 'G',
  invoices: 'GP',
  'invoices/*': 'GPD',
  'invoices/*/lines': 'G',
  'invoices/*/add_lines': 'P',
  'invoices/*/finalize': 'P',
  'invoices/*/pay': 'P',
  'invoices/*/send': 'P',
  'invoices/*/void': 'P',
  'invoices/*/mark_uncollectible': 'P',
  'invoices/create_preview': 'P',
  invoiceitems: 'GP',
  'invoiceitems/*': 'GPD',
  invoice_payments: 'G',
  'invoice_payments/*': 'G',
  credit_notes: 'GP',
  'credit_notes/*': 'G',
  'credit_notes/*/void': 'P',
  'credit_notes/preview': 'G',
  refunds: 'GP',
  'refunds/*': 'GP',
  disputes: 'G',
  'disputes/*': 'GP',
  'disputes/*/close': 'P',
  'checkout/sessions': 'GP',
  'checkout/sessions/*': 'G',
  'checkout/sessions/*/expire': 'P',
  'checkout/sessions/*/line_items': 'G',
  'billing_portal/sessions': 'P',
  'billing_portal/configurations': 'GP',
  'billing_portal/configurations/*': 'GP',
  products: 'GP',
  'products/*': 'GP',
  prices: 'GP',
  'prices/*': 'GP',
  coupons: 'GP',
  'coupons/*': 'GP',
  promotion_codes: 'GP',
  'promotion_codes/*': 'GP',
  tax_rates: 'GP',
  'tax_rates/*': 'GP',
  events: 'G',
  'events/*': 'G',
  webhook_endpoints: 'GP',
  'webhook_endpoints/*': 'GPD',
  'test_helpers/test_clocks': 'P',
  'test_helpers/test_clocks/*': 'GD',
  'test_helpers/test_clocks/*/advance': 'P',
  account: 'G',
  balance: 'G',
};
const methods: Record<string, string> = { G: 'GET', P: 'POST', D: 'DELETE' };

export const promisedOperations = Object.entries(endpoints).flatMap(([path, verbs]) =>
  verbs.split('').map((verb) => `${methods[verb] ?? ''} /v1/${path}`),
);

/** Parameters that are acted on, by what is asked for. */
export const promisedParameters: Record<string, string> = {
  'POST /v1/customers':
    'email name phone address description metadata invoice_settings tax_exempt tax preferred_locales tax_id_data',
  'POST /v1/payment_methods': 'type card billing_details allow_redisplay metadata',
  'POST /v1/payment_methods/*': 'card billing_details allow_redisplay metadata',
  'GET /v1/payment_methods': 'customer type limit',
  'POST /v1/customers/*/tax_ids': 'type value',
  'POST /v1/setup_intents':
    'customer payment_method usage return_url allowed_payment_method_types automatic_payment_methods confirm metadata',
  'POST /v1/payment_intents':
    'amount currency customer payment_method confirm off_session return_url use_stripe_sdk error_on_requires_action setup_future_usage allowed_payment_method_types automatic_payment_methods receipt_email description statement_descriptor_suffix metadata',
  'GET /v1/charges': 'payment_intent customer created',
  'POST /v1/invoices':
    'customer currency collection_method auto_advance pending_invoice_items_behavior default_payment_method automatic_tax payment_settings description metadata days_until_due default_tax_rates custom_fields footer due_date discounts rendering',
  'POST /v1/invoices/*/pay': 'payment_method off_session paid_out_of_band',
  'POST /v1/invoiceitems':
    'customer invoice amount currency quantity price_data pricing period tax_behavior tax_code tax_rates discountable description metadata',
  'GET /v1/invoice_payments': 'invoice payment status',
  'POST /v1/credit_notes':
    'invoice amount lines refund_amount refunds credit_amount out_of_band_amount reason memo email_type',
  'POST /v1/refunds': 'payment_intent charge amount reason metadata',
  'POST /v1/disputes/*': 'evidence submit',
  'POST /v1/checkout/sessions':
    'mode customer client_reference_id allowed_payment_method_types line_items allow_promotion_codes discounts automatic_tax billing_address_collection customer_update tax_id_collection invoice_creation payment_intent_data saved_payment_method_options metadata expires_at submit_type success_url cancel_url currency payment_method_data setup_intent_data adaptive_pricing',
  'POST /v1/billing_portal/sessions': 'customer configuration return_url flow_data',
  'POST /v1/billing_portal/configurations': 'features business_profile default_return_url',
  'GET /v1/events': 'type types created delivery_success',
  'POST /v1/webhook_endpoints': 'url enabled_events api_version metadata',
  'POST /v1/webhook_endpoints/*': 'disabled',
  'POST /v1/test_helpers/test_clocks': 'frozen_time',
};

/** Stripe's testing page; the last number is mistyped and belongs to no card. */
export const promisedCards =
  '4242424242424242 5555555555554444 378282246310005 4000056655665556 4000002500003155 4000002760003184 4000003800000446 4000008260003178 4000000000003220 4000008400001629 4000008400001280 4000000000003055 4000000000000002 4000000000009995 4000000000009987 4000000000009979 4000000000000069 4000000000000127 4000000000000119 4000000000006975 4000000000000341 4100000000000019 4000000000004954 4000000000009235 4000000000000259 4000000000002685 4000000000001976 4000000000005423 4000000000007726 4000000000005126 4000000000000077 4242424242424241'.split(
    ' ',
  );

export const promisedCodes = [
  'amount_too_small',
  'authentication_required',
  'card_declined',
  'charge_already_refunded',
  'charge_disputed',
  'coupon_expired',
  'customer_tax_location_invalid',
  'expired_card',
  'idempotency_key_in_use',
  'incorrect_cvc',
  'incorrect_number',
  'intent_invalid_state',
  'invoice_not_editable',
  'invoice_payment_intent_requires_action',
  'lock_timeout',
  'parameter_invalid_empty',
  'parameter_invalid_integer',
  'parameter_invalid_string_blank',
  'parameter_missing',
  'parameter_unknown',
  'payment_intent_unexpected_state',
  'payment_method_types_no_longer_supported',
  'processing_error',
  'property_expansion_max_depth',
  'rate_limit',
  'resource_missing',
  'url_invalid',
] as const;
export type PromisedCode = (typeof promisedCodes)[number];

const families: Record<string, string> = {
  'billing_portal.configuration': 'created updated',
  'billing_portal.session': 'created',
  charge: 'succeeded failed updated refunded',
  'charge.dispute': 'created updated funds_withdrawn funds_reinstated closed',
  'checkout.session': 'completed expired async_payment_succeeded async_payment_failed',
  coupon: 'created updated',
  credit_note: 'created voided',
  customer: 'created updated deleted',
  'customer.tax_id': 'created deleted',
  invoice:
    'created finalized finalization_failed paid payment_succeeded payment_failed payment_action_required updated voided marked_uncollectible overdue sent deleted',
  invoice_payment: 'paid',
  invoiceitem: 'created deleted',
  payment_intent: 'created succeeded payment_failed requires_action canceled',
  payment_method: 'attached detached updated automatically_updated',
  price: 'created updated',
  product: 'created updated',
  promotion_code: 'created updated',
  'radar.early_fraud_warning': 'created',
  refund: 'created updated failed',
  setup_intent: 'created requires_action succeeded setup_failed canceled',
  tax_rate: 'created updated',
  'test_helpers.test_clock': 'created advancing ready deleted',
};

export const promisedEvents = Object.entries(families).flatMap(([object, happenings]) =>
  happenings.split(' ').map((happening) => `${object}.${happening}`),
);

/** How deliveries and answers go wrong, and what time and the bank do, at the press of a button. */
export const promisedLevers = [
  'hold',
  'release',
  'shuffle',
  'duplicate',
  'duplicateNewId',
  'delayMs',
  'drop',
  'redeliver',
  'wrongSignature',
  'oldTimestamp',
  'timeout_before',
  'drop_after_commit',
  '409',
  '429',
  '500',
  'slow',
  'advance',
  'offset',
  'freeze',
  'behaviour',
  'dispute',
  'early_fraud_warning',
  'offSessionChallenge',
  'actionRequired',
  'checkoutInvoice',
  'invoiceIntentConfirm',
  'detachedDefault',
  'cardsOnlyReturnUrl',
  'paidInvoiceRefusal',
];

/** What is left out, and why. */
export const leftOut: Record<string, string> = {
  'POST /v1/charges': 'takes tokens of cards, which nothing since PaymentIntents needs',
  'GET /v1/payment_intents/*/amount_details_line_items':
    'lists what `amount_details` said, which is not modelled',
};
