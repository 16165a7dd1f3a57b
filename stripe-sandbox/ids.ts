import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const randomText = (length: number): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');

/** Ids with Stripe's prefixes and Stripe's lengths, so that a column too short for the real ones fails here too. */
const shapes = {
  customer: ['cus_', 14],
  payment_method: ['pm_1', 23],
  payment_intent: ['pi_3', 23],
  payment_attempt: ['payatt_3', 23],
  charge: ['ch_3', 23],
  balance_transaction: ['txn_3', 23],
  checkout_session: ['cs_test_a1', 56],
  line_item: ['li_1', 23],
  price: ['price_1', 23],
  promotion_code: ['promo_1', 23],
  discount: ['di_1', 23],
  tax_rate: ['txr_1', 23],
  product: ['prod_', 14],
  invoice: ['in_1', 23],
  invoice_line: ['il_1', 23],
  invoice_item: ['ii_1', 23],
  invoice_payment: ['inpay_1', 23],
  setup_intent: ['seti_1', 23],
  setup_attempt: ['setatt_1', 23],
  refund: ['re_3', 23],
  dispute: ['du_1', 23],
  early_fraud_warning: ['issfr_1', 23],
  credit_note: ['cn_1', 23],
  credit_note_line: ['cnli_1', 23],
  tax_id: ['txi_1', 23],
  test_clock: ['clock_1', 23],
  customer_balance_transaction: ['cbtxn_1', 23],
  portal_session: ['bps_1', 23],
  portal_configuration: ['bpc_1', 23],
  event: ['evt_1', 23],
  webhook_endpoint: ['we_1', 23],
  webhook_secret: ['whsec_', 32],
  request: ['req_', 14],
  delivery: ['dlv_', 20],
  task: ['task_', 20],
} as const;

export const newId = (kind: keyof typeof shapes): string => {
  const [prefix, length] = shapes[kind];
  return prefix + randomText(length);
};
