import { declines, type Decline, type DeclineName } from '../cards';
import { invalidRequest } from '../errors';
import { emit } from '../events';
import { newId, randomText } from '../ids';
import type { Charge, Metadata, PaymentIntent, PaymentMethod } from '../objects';
import { captureCharge, recordCharge, releaseCharge } from '../resources/charges';
import { giveMethod, testCardOf } from '../resources/payment-methods';
import type { Context } from '../world';
import { machineOf, type Answered, type Asked, type Keep, type Outcome } from './machine';

/** Seven days, which is how long a card's bank holds money ready. */
const RESERVED_FOR_MS = 7 * 24 * 60 * 60 * 1000;

export type PaymentOutcome = Outcome<PaymentIntent>;

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
  capture?: PaymentIntent['capture_method'];
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
    capture_method: isOfInvoice ? 'automatic' : (wanted.capture ?? 'automatic_async'),
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

const hasExpired = (ctx: Context, { card }: PaymentMethod): boolean =>
  card !== undefined && ctx.clock.now() >= Date.UTC(card.exp_year, card.exp_month);

/** What the bank says to a charge now: a flipped outcome first, then the date on the card, then the test card. */
const bankSays = (ctx: Context, method: PaymentMethod): Decline | null => {
  const flipped = ctx.store.cards_on_file.get(method.id)?.outcome ?? null;
  // Who is told to ask the holder has asked by now.
  if (flipped !== null && flipped !== 'ok' && flipped !== 'authentication_required') {
    return declines[flipped as DeclineName];
  }
  if (hasExpired(ctx, method)) return declines.expired_card;
  const { charge } = testCardOf(ctx, method);
  return charge === 'ok' || flipped === 'ok' ? null : declines[charge];
};

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

/** The bank took the order and will pay, or not, some time later. */
const postpone = (ctx: Context, intent: PaymentIntent): Answered<PaymentIntent> => {
  const waiting = ctx.store.payment_intents.put({
    ...intent,
    last_payment_error: null,
    next_action: null,
    processing: { type: 'card', card: {} },
    status: 'processing',
  });
  emit(ctx, 'payment_intent.processing', waiting);
  return { granted: waiting };
};

/** Charges the card, and keeps it when that was wanted. */
const charge = (ctx: Context, intent: PaymentIntent, asked: Asked): Answered<PaymentIntent> => {
  const { method, keep, authenticated } = asked;
  if (asked.delays && ctx.switches.delayedPayment !== 'never') return postpone(ctx, intent);
  const decline = asked.decline ?? bankSays(ctx, method);
  const made = recordCharge(ctx, intent, { method, decline, authenticated });
  if (decline !== null) return { decline, charge: made };

  const kept = keepMethod(ctx, intent, method, keep);
  const agreed: PaymentIntent = {
    ...intent,
    last_payment_error: null,
    latest_charge: made.id,
    next_action: null,
    payment_method: kept.id,
    processing: null,
  };
  return { granted: made.captured ? succeed(ctx, agreed, intent.amount) : reserve(ctx, agreed) };
};

const succeed = (ctx: Context, intent: PaymentIntent, amount: number): PaymentIntent => {
  const succeeded = ctx.store.payment_intents.put({
    ...intent,
    amount_capturable: 0,
    amount_received: amount,
    status: 'succeeded',
  });
  emit(ctx, 'payment_intent.succeeded', succeeded);
  return succeeded;
};

/** The bank holds the money ready until it is captured, canceled, or its time is over. */
const reserve = (ctx: Context, intent: PaymentIntent): PaymentIntent => {
  const reserved = ctx.store.payment_intents.put({
    ...intent,
    amount_capturable: intent.amount,
    status: 'requires_capture',
  });
  emit(ctx, 'payment_intent.amount_capturable_updated', reserved);
  ctx.store.tasks.put({
    id: newId('task'),
    created: ctx.clock.seconds(),
    kind: 'expire_authorization',
    subject: intent.id,
    dueAt: ctx.clock.now() + RESERVED_FOR_MS,
  });
  return reserved;
};

const machine = machineOf<PaymentIntent>({
  object: 'payment_intent',
  title: 'PaymentIntent',
  table: ({ store }) => store.payment_intents,
  ask: charge,
  refused: { in: 'last_payment_error', event: 'payment_intent.payment_failed' },
  cancelable:
    'requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation, requires_action, processing',
});

export const { attempt: pay, authenticate, unexpectedState } = machine;

const chargeOf = (ctx: Context, intent: PaymentIntent): Charge => {
  const charge = ctx.store.charges.get(intent.latest_charge ?? '');
  if (charge === null) throw new Error(`${intent.id} is ${intent.status} and has no charge`);
  return charge;
};

/** Takes what the bank holds ready, or less: what is left goes back to the card. */
export const captureIntent = (
  ctx: Context,
  intent: PaymentIntent,
  amount: number = intent.amount_capturable,
): PaymentIntent => {
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
      intent,
    );
  }
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      `The requested capture amount is greater than the amount you can capture for this charge.`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  }
  captureCharge(ctx, chargeOf(ctx, intent), amount);
  return succeed(ctx, intent, amount);
};

/** Ends an intent that has taken no money; what a bank holds ready for it goes back to the card. */
export const cancelIntent = (
  ctx: Context,
  intent: PaymentIntent,
  reason: PaymentIntent['cancellation_reason'],
): PaymentIntent => {
  const canceled = machine.cancel(ctx, { ...intent, amount_capturable: 0 }, reason);
  if (intent.status === 'requires_capture') releaseCharge(ctx, chargeOf(ctx, intent), 'charge.refunded');
  return canceled;
};

/** Nobody took what the bank held ready. */
export const expireAuthorization = (ctx: Context, id: string): void => {
  const intent = ctx.store.payment_intents.get(id);
  if (intent?.status !== 'requires_capture') return;
  releaseCharge(ctx, chargeOf(ctx, intent), 'charge.expired');
  machine.cancel(ctx, { ...intent, amount_capturable: 0 }, 'automatic');
};

/** A delayed payment comes, or does not, as the switch says. */
export const settle = (ctx: Context, intent: PaymentIntent, keep: Keep): PaymentOutcome =>
  machine.settle(
    ctx,
    intent,
    keep,
    ctx.switches.delayedPayment === 'fails' ? declines.insufficient_funds : null,
  );
