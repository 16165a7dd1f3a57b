import { declines, wantsChallenge, type Decline, type DeclineName } from './cards';
import { docUrl, invalidRequest, StripeError } from './errors';
import { emit } from './events';
import { newId, randomText } from './ids';
import type { Charge, Metadata, PaymentIntent, PaymentMethod } from './objects';
import { recordCharge } from './resources/charges';
import { giveMethod, testCardOf } from './resources/payment-methods';
import type { Context } from './world';

/** How an attempt to pay ended. A decline is a value: the API turns it into a 402, a page into a sentence. */
export type Outcome =
  | { kind: 'succeeded'; intent: PaymentIntent; charge: Charge }
  | { kind: 'requires_action'; intent: PaymentIntent }
  | { kind: 'declined'; intent: PaymentIntent; error: StripeError };

export type NewIntent = {
  amount: number;
  currency: string;
  customer?: string | null;
  description?: string | null;
  metadata?: Metadata;
  receiptEmail?: string | null;
  setupFutureUsage?: 'off_session' | 'on_session' | null;
  statementDescriptorSuffix?: string | null;
  allowedTypes?: string[] | null;
  allowRedirects?: 'always' | 'never';
  /** The invoice that this intent pays. */
  invoice?: string | null;
};

export const createIntent = (ctx: Context, wanted: NewIntent): PaymentIntent => {
  const id = newId('payment_intent');
  const { invoice = null } = wanted;
  const isOfInvoice = invoice !== null;
  const intent = ctx.store.payment_intents.put({
    id,
    object: 'payment_intent',
    allowed_payment_method_types: wanted.allowedTypes ?? null,
    amount: wanted.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: isOfInvoice
      ? null
      : { allow_redirects: wanted.allowRedirects ?? 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: isOfInvoice ? 'automatic' : 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: ctx.clock.seconds(),
    currency: wanted.currency,
    customer: wanted.customer ?? null,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: wanted.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    ...(invoice === null ? {} : { payment_details: { customer_reference: null, order_reference: invoice } }),
    payment_method: null,
    payment_method_configuration_details: isOfInvoice
      ? null
      : { id: 'pmc_1SandboxDefault0000000', parent: null },
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: wanted.receiptEmail ?? null,
    review: null,
    setup_future_usage: wanted.setupFutureUsage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: wanted.statementDescriptorSuffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  });
  emit(ctx, 'payment_intent.created', intent);
  return intent;
};

const cardError = (decline: Decline, method: PaymentMethod, charge: Charge | null) => ({
  ...(decline.advice === null ? {} : { advice_code: decline.advice }),
  ...(charge === null ? {} : { charge: charge.id }),
  code: decline.code,
  ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
  doc_url: docUrl(decline.code),
  message: decline.message,
  ...(decline.networkCode === null ? {} : { network_decline_code: decline.networkCode }),
  payment_method: method,
  type: 'card_error',
});

const refuse = (
  ctx: Context,
  intent: PaymentIntent,
  { decline, method, charge }: { decline: Decline; method: PaymentMethod; charge: Charge | null },
): Outcome => {
  const reason = cardError(decline, method, charge);
  const refused = ctx.store.payment_intents.put({
    ...intent,
    last_payment_error: reason as unknown as PaymentIntent['last_payment_error'],
    latest_charge: charge?.id ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emit(ctx, 'payment_intent.payment_failed', refused);
  const error = new StripeError(
    402,
    { ...reason, payment_intent: refused, payment_method_type: 'card' },
    false,
  );
  return { kind: 'declined', intent: refused, error };
};

const hasExpired = (ctx: Context, { card }: PaymentMethod): boolean =>
  card !== undefined && ctx.clock.now() >= Date.UTC(card.exp_year, card.exp_month);

/** What the bank says to a charge now: a flipped outcome first, then the date on the card, then the test card. */
const bankSays = (ctx: Context, method: PaymentMethod): Decline | null => {
  const flipped = ctx.store.cards_on_file.get(method.id)?.outcome ?? null;
  if (flipped !== null && flipped !== 'ok') return declines[flipped as DeclineName];
  if (hasExpired(ctx, method)) return declines.expired_card;
  const { charge } = testCardOf(ctx, method);
  return charge === 'ok' || flipped === 'ok' ? null : declines[charge];
};

export type Keep = 'always' | 'limited' | 'unspecified' | null;

const keepMethod = (
  ctx: Context,
  intent: PaymentIntent,
  method: PaymentMethod,
  keep: Keep,
): PaymentMethod => {
  const onFile = ctx.store.cards_on_file.get(method.id);
  if (onFile !== null && intent.setup_future_usage === 'off_session') {
    ctx.store.cards_on_file.put({ ...onFile, setUp: true });
  }
  const customer = intent.customer === null ? null : ctx.store.customers.get(intent.customer);
  if (customer === null || method.customer !== null || keep === null) return method;
  return giveMethod(ctx, { ...method, allow_redisplay: keep }, customer);
};

const charge = (
  ctx: Context,
  intent: PaymentIntent,
  { method, keep, authenticated }: { method: PaymentMethod; keep: Keep; authenticated: boolean },
): Outcome => {
  const decline = bankSays(ctx, method);
  const made = recordCharge(ctx, intent, { method, decline, authenticated });
  if (decline !== null) return refuse(ctx, intent, { decline, method, charge: made });

  const kept = keepMethod(ctx, intent, method, keep);
  const succeeded = ctx.store.payment_intents.put({
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: made.id,
    next_action: null,
    payment_method: kept.id,
    status: 'succeeded',
  });
  emit(ctx, 'payment_intent.succeeded', succeeded);
  return { kind: 'succeeded', intent: succeeded, charge: made };
};

/** The bank's page for an intent, which only who knows the secret can open. */
export const challengeUrl = (
  ctx: Context,
  kind: 'payment_intent' | 'setup_intent',
  intent: { id: string; client_secret: string | null },
): string => {
  const query = new URLSearchParams({
    merchant: ctx.merchant.account,
    [kind]: intent.id,
    [`${kind}_client_secret`]: intent.client_secret ?? '',
    publishable_key: 'pk_test_sandbox',
    source: newId('payment_attempt'),
  });
  return `${ctx.origin}/3d_secure_2/hosted?${query.toString()}`;
};

export type Attempt = {
  method: PaymentMethod;
  offSession: boolean;
  returnUrl: string | null;
  keep: Keep;
  /** What becomes of an off-session attempt whose bank wants the holder. */
  onChallenge?: 'refuse' | 'wait';
};

/** Tries to pay: asks the holder when the bank wants it, else charges at once. */
export const pay = (
  ctx: Context,
  before: PaymentIntent,
  { method, offSession, returnUrl, keep, onChallenge = 'refuse' }: Attempt,
): Outcome => {
  const intent = ctx.store.payment_intents.put({ ...before, payment_method: method.id });
  const card = testCardOf(ctx, method);
  const setUp = ctx.store.cards_on_file.get(method.id)?.setUp === true;
  if (!wantsChallenge(card, { offSession, setUp })) {
    return charge(ctx, intent, { method, keep, authenticated: false });
  }
  if (offSession && onChallenge === 'refuse') {
    const decline = declines.authentication_required;
    const made = recordCharge(ctx, intent, { method, decline, authenticated: false });
    return refuse(ctx, intent, { decline, method, charge: made });
  }
  const nextAction =
    returnUrl === null
      ? {
          type: 'use_stripe_sdk',
          use_stripe_sdk: {
            type: 'three_d_secure_redirect',
            stripe_js: challengeUrl(ctx, 'payment_intent', intent),
          },
        }
      : {
          type: 'redirect_to_url',
          redirect_to_url: { return_url: returnUrl, url: challengeUrl(ctx, 'payment_intent', intent) },
        };
  const waiting = ctx.store.payment_intents.put({
    ...intent,
    last_payment_error: null,
    next_action: nextAction,
    status: 'requires_action',
  });
  emit(ctx, 'payment_intent.requires_action', waiting);
  return { kind: 'requires_action', intent: waiting };
};

const unauthenticated: Decline = {
  code: 'payment_intent_authentication_failure',
  declineCode: null,
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  advice: null,
  networkCode: null,
};

/** Goes on after the bank's page: charged when the holder confirmed, refused when not. */
export const authenticate = (
  ctx: Context,
  intent: PaymentIntent,
  { passed, keep }: { passed: boolean; keep: Keep },
): Outcome => {
  const method = intent.payment_method === null ? null : ctx.store.payment_methods.get(intent.payment_method);
  if (method === null) throw new Error(`${intent.id} waits for its holder and has no payment method`);
  if (passed) return charge(ctx, intent, { method, keep, authenticated: true });
  const outcome = refuse(ctx, intent, { decline: unauthenticated, method, charge: null });
  return outcome;
};

export const unexpectedState = (message: string, intent: PaymentIntent): StripeError => {
  const error = invalidRequest(message, { code: 'payment_intent_unexpected_state' });
  return new StripeError(error.status, { ...error.body, payment_intent: intent });
};

const cancelable = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
];

export const cancelIntent = (
  ctx: Context,
  intent: PaymentIntent,
  reason: PaymentIntent['cancellation_reason'],
): PaymentIntent => {
  if (!cancelable.includes(intent.status)) {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, processing.`,
      intent,
    );
  }
  const canceled = ctx.store.payment_intents.put({
    ...intent,
    canceled_at: ctx.clock.seconds(),
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  emit(ctx, 'payment_intent.canceled', canceled);
  return canceled;
};
