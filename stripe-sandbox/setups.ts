import { declines, wantsChallenge, type Decline } from './cards';
import { docUrl, invalidRequest, StripeError } from './errors';
import { emit } from './events';
import { newId, randomText } from './ids';
import type { Metadata, PaymentMethod, SetupIntent } from './objects';
import { challengeUrl, type Keep } from './payments';
import { giveMethod, testCardOf } from './resources/payment-methods';
import type { Context } from './world';

/** How an attempt to keep a card for later ended. */
export type SetupOutcome =
  | { kind: 'succeeded'; setup: SetupIntent }
  | { kind: 'requires_action'; setup: SetupIntent }
  | { kind: 'declined'; setup: SetupIntent; error: StripeError };

export type NewSetup = {
  customer?: string | null;
  description?: string | null;
  metadata?: Metadata;
  usage?: 'off_session' | 'on_session';
  allowedTypes?: string[] | null;
  allowRedirects?: 'always' | 'never';
};

export const createSetup = (ctx: Context, wanted: NewSetup): SetupIntent => {
  const id = newId('setup_intent');
  const setup = ctx.store.setup_intents.put({
    id,
    object: 'setup_intent',
    allowed_payment_method_types: wanted.allowedTypes ?? null,
    application: null,
    automatic_payment_methods: { allow_redirects: wanted.allowRedirects ?? 'always', enabled: true },
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(30)}`,
    created: ctx.clock.seconds(),
    customer: wanted.customer ?? null,
    customer_account: null,
    description: wanted.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: wanted.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: { id: 'pmc_1SandboxDefault0000000', parent: null },
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: wanted.usage ?? 'off_session',
  });
  emit(ctx, 'setup_intent.created', setup);
  return setup;
};

const refuse = (
  ctx: Context,
  setup: SetupIntent,
  { decline, method }: { decline: Decline; method: PaymentMethod },
): SetupOutcome => {
  const reason = {
    ...(decline.advice === null ? {} : { advice_code: decline.advice }),
    code: decline.code,
    ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
    doc_url: docUrl(decline.code),
    message: decline.message,
    ...(decline.networkCode === null ? {} : { network_decline_code: decline.networkCode }),
    payment_method: method,
    type: 'card_error',
  };
  const refused = ctx.store.setup_intents.put({
    ...setup,
    last_setup_error: reason as unknown as SetupIntent['last_setup_error'],
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  emit(ctx, 'setup_intent.setup_failed', refused);
  const error = new StripeError(
    402,
    { ...reason, setup_intent: refused, payment_method_type: 'card' },
    false,
  );
  return { kind: 'declined', setup: refused, error };
};

const succeed = (ctx: Context, setup: SetupIntent, method: PaymentMethod, keep: Keep): SetupOutcome => {
  const { attach } = testCardOf(ctx, method);
  if (attach !== 'ok') return refuse(ctx, setup, { decline: declines[attach], method });
  const onFile = ctx.store.cards_on_file.get(method.id);
  if (onFile !== null) {
    ctx.store.cards_on_file.put({ ...onFile, setUp: onFile.setUp || setup.usage === 'off_session' });
  }
  const done = ctx.store.setup_intents.put({
    ...setup,
    last_setup_error: null,
    latest_attempt: newId('setup_attempt'),
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  });
  emit(ctx, 'setup_intent.succeeded', done);
  const customer = setup.customer === null ? null : ctx.store.customers.get(setup.customer);
  if (customer !== null && method.customer === null) {
    giveMethod(
      ctx,
      { ...method, allow_redisplay: keep ?? method.allow_redisplay ?? 'unspecified' },
      customer,
    );
  }
  return { kind: 'succeeded', setup: done };
};

export type SetupAttempt = { method: PaymentMethod; returnUrl: string | null; keep: Keep };

/** Asks the bank to let a card be charged later; the holder is there and may be asked to confirm. */
export const attemptSetup = (
  ctx: Context,
  before: SetupIntent,
  { method, returnUrl, keep }: SetupAttempt,
): SetupOutcome => {
  const setup = ctx.store.setup_intents.put({ ...before, payment_method: method.id });
  const setUp = ctx.store.cards_on_file.get(method.id)?.setUp === true;
  if (!wantsChallenge(testCardOf(ctx, method), { offSession: false, setUp })) {
    return succeed(ctx, setup, method, keep);
  }
  const url = challengeUrl(ctx, 'setup_intent', setup);
  const waiting = ctx.store.setup_intents.put({
    ...setup,
    last_setup_error: null,
    next_action:
      returnUrl === null
        ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
        : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } },
    status: 'requires_action',
  });
  emit(ctx, 'setup_intent.requires_action', waiting);
  return { kind: 'requires_action', setup: waiting };
};

const unauthenticated: Decline = {
  code: 'setup_intent_authentication_failure',
  declineCode: null,
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  advice: null,
  networkCode: null,
};

/** Goes on after the bank's page. */
export const authenticateSetup = (
  ctx: Context,
  setup: SetupIntent,
  { passed, keep }: { passed: boolean; keep: Keep },
): SetupOutcome => {
  const method = setup.payment_method === null ? null : ctx.store.payment_methods.get(setup.payment_method);
  if (method === null) throw new Error(`${setup.id} waits for its holder and has no payment method`);
  return passed
    ? succeed(ctx, setup, method, keep)
    : refuse(ctx, setup, { decline: unauthenticated, method });
};

export const unexpectedSetup = (message: string, setup: SetupIntent): StripeError => {
  const error = invalidRequest(message, { code: 'setup_intent_unexpected_state' });
  return new StripeError(error.status, { ...error.body, setup_intent: setup });
};

export const cancelSetup = (
  ctx: Context,
  setup: SetupIntent,
  reason: SetupIntent['cancellation_reason'],
): SetupIntent => {
  if (setup.status === 'succeeded' || setup.status === 'canceled') {
    throw unexpectedSetup(
      `You cannot cancel this SetupIntent because it has a status of ${setup.status}. Only a SetupIntent with one of the following statuses may be canceled: requires_payment_method, requires_confirmation, requires_action.`,
      setup,
    );
  }
  const canceled = ctx.store.setup_intents.put({
    ...setup,
    cancellation_reason: reason,
    next_action: null,
    status: 'canceled',
  });
  emit(ctx, 'setup_intent.canceled', canceled);
  return canceled;
};
