import { declines, type Decline } from '../cards';
import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId, randomText } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Charge, PaymentIntent, PaymentMethod } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  email,
  mergeMetadata,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unmodelled,
  unset,
  type Read,
} from '../params';
import type { Context } from '../world';
import { move } from './balance-transactions';
import { testCardOf } from './payment-methods';

// Stripe's fee for a domestic card: 2.9 % and 30 cents.
const feeOn = (amount: number) => Math.round(amount * 0.029) + 30;

/** Seconds until a charge has its balance transaction: async capture makes it null at first. */
const SETTLES_AFTER = 2;

const outcomeOf = (
  ctx: Context,
  method: PaymentMethod,
  decline: Decline | null,
): NonNullable<Charge['outcome']> => {
  const card = testCardOf(ctx, method);
  if (decline === null) {
    return {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: card.risk === 'elevated' ? 'elevated_risk_level' : null,
      risk_level: card.risk,
      risk_score: card.risk === 'normal' ? 20 : card.risk === 'elevated' ? 70 : 95,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  return {
    advice_code: decline.advice,
    network_advice_code: null,
    network_decline_code: decline.networkCode,
    network_status: card.blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: card.blocked ? 'highest_risk_level' : (decline.declineCode ?? decline.code),
    risk_level: card.risk,
    risk_score: card.risk === 'highest' ? 95 : 20,
    seller_message: card.blocked
      ? 'Stripe blocked this payment as too risky.'
      : 'The bank did not return any further details with this decline.',
    type: card.blocked ? 'blocked' : 'issuer_declined',
  };
};

const cardDetails = (
  amount: number,
  method: PaymentMethod,
  authenticated: boolean,
): Charge['payment_method_details'] => {
  const card = method.card;
  if (card === undefined) return null;
  return {
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: 'disabled' },
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: randomText(15),
      overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
      regulated_status: 'unregulated',
      three_d_secure: authenticated
        ? {
            authentication_flow: 'challenge',
            electronic_commerce_indicator: '05',
            exemption_indicator: null,
            result: 'authenticated',
            result_reason: null,
            transaction_id: null,
            version: '2.2.0',
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
};

/** Some test cards bring trouble a second after they were charged. */
const planAftermath = (ctx: Context, charge: Charge, method: PaymentMethod) => {
  const { after } = testCardOf(ctx, method);
  const plan = (kind: 'dispute_charge' | 'warn_of_fraud', subject: string) =>
    ctx.store.tasks.put({
      id: newId('task'),
      created: charge.created,
      kind,
      subject,
      dueAt: ctx.clock.now() + 1000,
    });
  if (after === 'early_fraud_warning') plan('warn_of_fraud', charge.id);
  if (after?.startsWith('dispute_') === true) plan('dispute_charge', `${charge.id} ${after}`);
};

const planSettlement = (ctx: Context, charge: Charge) =>
  ctx.store.tasks.put({
    id: newId('task'),
    created: ctx.clock.seconds(),
    kind: 'settle_charge',
    subject: charge.id,
    dueAt: ctx.clock.now() + SETTLES_AFTER * 1000,
  });

/** Takes the money, reserves it, or records that the bank refused. Emits `charge.succeeded` or `charge.failed`. */
export const recordCharge = (
  ctx: Context,
  intent: PaymentIntent,
  {
    method,
    decline,
    authenticated,
  }: { method: PaymentMethod; decline: Decline | null; authenticated: boolean },
): Charge => {
  const failed = decline !== null;
  const captured = !failed && intent.capture_method !== 'manual';
  const charge = ctx.store.charges.put({
    id: newId('charge'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: ctx.merchant.name.toUpperCase().slice(0, 22),
    captured,
    created: ctx.clock.seconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: decline === declines.fraudulent ? { stripe_report: 'fraudulent' } : {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(ctx, method, decline),
    paid: !failed,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: cardDetails(intent.amount, method, authenticated),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: failed ? null : `${ctx.origin}/receipts/payment/${randomText(64)}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: failed ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  });
  emit(ctx, failed ? 'charge.failed' : 'charge.succeeded', charge);
  if (captured) planSettlement(ctx, charge);
  if (!failed) planAftermath(ctx, charge, method);
  return charge;
};

/** Takes what was reserved, or a part of it; the rest is let go. */
export const captureCharge = (ctx: Context, charge: Charge, amount: number): Charge => {
  const captured = ctx.store.charges.put({
    ...charge,
    amount_captured: amount,
    amount_refunded: charge.amount - amount,
    captured: true,
  });
  emit(ctx, 'charge.captured', captured, { amount_captured: 0, captured: false });
  planSettlement(ctx, captured);
  return captured;
};

/** Lets go of all that was reserved. */
export const releaseCharge = (
  ctx: Context,
  charge: Charge,
  event: 'charge.refunded' | 'charge.expired',
): void => {
  const released = ctx.store.charges.put({ ...charge, amount_refunded: charge.amount, refunded: true });
  emit(ctx, event, released, { amount_refunded: charge.amount_refunded, refunded: false });
};

/** Gives a charge its balance transaction, with the fee, some seconds after the charge itself. */
export const settleCharge = (ctx: Context, id: string): void => {
  const charge = ctx.store.charges.get(id);
  if (charge === null || charge.balance_transaction !== null) return;
  const method = ctx.store.payment_methods.get(charge.payment_method ?? '');
  const transaction = move(ctx, {
    amount: charge.amount_captured,
    currency: charge.currency,
    description: charge.description,
    fee: { amount: feeOn(charge.amount_captured), description: 'Stripe processing fees' },
    source: charge.id,
    category: 'charge',
    type: 'charge',
    isAvailable: method !== null && testCardOf(ctx, method).after === 'available_at_once',
  });
  const settled = ctx.store.charges.put({ ...charge, balance_transaction: transaction.id });
  emit(ctx, 'charge.updated', settled, { balance_transaction: null });
};

const change = shape({
  customer: text(),
  description: text(),
  fraud_details: shape({ user_report: required(unset(oneOf('fraudulent', 'safe'))) }),
  metadata: metadata(),
  receipt_email: email(),
  ...unmodelled('shipping', 'transfer_group'),
});

export const knownCharge = (ctx: Context, id: string): Charge => known(ctx.store.charges, 'charge', id);

const updateCharge = (ctx: Context, charge: Charge, params: Read<typeof change>): Charge => {
  const { customer, fraud_details: report } = params;
  if (customer !== undefined) {
    known(ctx.store.customers, 'customer', customer, 'customer');
    if (charge.customer !== null && charge.customer !== customer) {
      throw invalidRequest('The customer of a charge cannot be changed once it has one.', {
        param: 'customer',
      });
    }
  }
  const { user_report: _said, ...others } = charge.fraud_details ?? {};
  const said = report === undefined ? charge.fraud_details?.user_report : report.user_report;
  const after = ctx.store.charges.put({
    ...charge,
    customer: customer ?? charge.customer,
    description: params.description ?? charge.description,
    fraud_details: typeof said === 'string' ? { ...others, user_report: said } : others,
    metadata: mergeMetadata(charge.metadata, params.metadata),
    receipt_email: params.receipt_email ?? charge.receipt_email,
  });
  emitUpdate(ctx, 'charge.updated', charge, after);
  return after;
};

export const charges: Operation[] = [
  get(
    '/v1/charges',
    'list of charge',
    shape({ ...dated, customer: text(), payment_intent: text(), ...unmodelled('transfer_group') }),
    (ctx, params) =>
      page(ctx.store.charges, {
        url: '/v1/charges',
        kind: 'charge',
        params,
        among: { payment_intent: params.payment_intent, customer: params.customer },
        where: (charge) =>
          (params.customer === undefined || charge.customer === params.customer) &&
          (params.payment_intent === undefined || charge.payment_intent === params.payment_intent),
      }),
  ),
  get('/v1/charges/:id', 'charge', shape({}), (ctx, _params, { id }) => knownCharge(ctx, id)),
  post('/v1/charges/:id', 'charge', change, (ctx, params, { id }) =>
    updateCharge(ctx, knownCharge(ctx, id), params),
  ),
];
