/** The kinds of object that belong to selling credits by card. */
const kinds = new Set([
  'account',
  'balance',
  'balance_transaction',
  'billing_portal.configuration',
  'billing_portal.session',
  'charge',
  'checkout.session',
  'coupon',
  'credit_note',
  'credit_note_line_item',
  'customer',
  'customer_balance_transaction',
  'discount',
  'dispute',
  'event',
  'invoice',
  'invoice_payment',
  'invoiceitem',
  'item',
  'line_item',
  'payment_intent',
  'payment_method',
  'price',
  'product',
  'promotion_code',
  'radar.early_fraud_warning',
  'refund',
  'setup_attempt',
  'setup_intent',
  'tax_id',
  'tax_rate',
  'test_helpers.test_clock',
  'webhook_endpoint',
]);

export const isServedKind = (kind: string): boolean => kinds.has(kind.replace(/^deleted_/, ''));

const prefixes = [
  '/v1/account',
  '/v1/balance',
  '/v1/balance_transactions',
  '/v1/billing_portal',
  '/v1/charges',
  '/v1/checkout/sessions',
  '/v1/coupons',
  '/v1/credit_notes',
  '/v1/customers',
  '/v1/disputes',
  '/v1/events',
  '/v1/invoice_payments',
  '/v1/invoiceitems',
  '/v1/invoices',
  '/v1/payment_intents',
  '/v1/payment_methods',
  '/v1/prices',
  '/v1/products',
  '/v1/promotion_codes',
  '/v1/radar/early_fraud_warnings',
  '/v1/refunds',
  '/v1/setup_intents',
  '/v1/tax_rates',
  '/v1/test_helpers/test_clocks',
  '/v1/webhook_endpoints',
];

const elsewhere =
  /\/(sources|bank_accounts|cards|cash_balance|cash_balance_transactions|funding_instructions|subscriptions|search|approve|verify_microdeposits|increment_authorization|apply_customer_balance|fund_cash_balance|features|confirm_.*|account_.*)(\/|$)/;

export const isServed = (path: string): boolean =>
  prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)) && !elsewhere.test(path);

/** The ways to pay that are not cards: their blocks make most of the weight of Stripe's types. */
export const notCards = new Set(
  'acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik boleto cashapp crypto customer_balance demo_pay eps fpx giropay gopay grabpay ideal interac_present kakao_pay klarna knet konbini kr_card link mb_way mobilepay momo multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay qris rechnung revolut_pay samsung_pay satispay scalapay sepa_debit sequra shopeepay sofort stripe_account stripe_balance sunbit swish tax_free twint upi us_bank_account wechat wechat_pay wero zip card_present ach_credit_transfer ach_debit acss custom id_bank_transfer'.split(
    ' ',
  ),
);
