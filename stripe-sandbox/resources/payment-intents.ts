import { sessionOf } from '../checkout/session';
import { resume } from '../checkout/submission';
import { docUrl, invalidRequest, kept, StripeError } from '../errors';
import type { Keep } from '../intents/machine';
import {
  authenticate,
  cancelIntent,
  captureIntent,
  createIntent,
  pay,
  unexpectedState,
  type PaymentOutcome,
} from '../intents/payments';
import { settleInvoice } from '../invoicing/collect';
import { known } from '../known';
import { dated, page } from '../lists';
import type { PaymentIntent } from '../objects';
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
import { text, unmodelled, unset, url, type Param, type Read } from '../params';
import type { Context } from '../world';
import { knownCharge } from './charges';
import { knownCustomer } from './customers';
import { paymentFor } from './invoice-payments';
import { knownMethod } from './payment-methods';

const offSession: Param<boolean> = (value, path) =>
  value === 'one_off' || value === 'recurring' ? true : boolean()(value, path);

const confirmation = {
  off_session: offSession,
  return_url: url(),
  payment_method: text(),
  error_on_requires_action: boolean(),
  use_stripe_sdk: boolean(),
  receipt_email: unset(email()),
  setup_future_usage: unset(oneOf('off_session', 'on_session')),
  allowed_payment_method_types: listOf(text()),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  payment_method_types: removed((path) =>
    invalidRequest(
      `The parameter '${path}' is no longer supported. Use 'allowed_payment_method_types' to limit the payment methods offered.`,
      { code: 'payment_method_types_no_longer_supported', param: path },
    ),
  ),
  ...unmodelled(
    'amount_details',
    'excluded_payment_method_types',
    'hooks',
    'payment_details',
    'payment_method_data',
    'payment_method_options',
    'shipping',
  ),
};
const atConfirmation = unmodelled('confirmation_token', 'mandate', 'mandate_data', 'radar_options');
const described = {
  description: text(),
  metadata: metadata(),
  statement_descriptor_suffix: text({ max: 22 }),
  ...unmodelled(
    'application_fee_amount',
    'customer_account',
    'payment_method_configuration',
    'statement_descriptor',
    'transfer_data',
    'transfer_group',
  ),
};

const creation = shape({
  ...confirmation,
  ...atConfirmation,
  ...described,
  amount: required(integer()),
  currency: required(text()),
  customer: text(),
  confirm: boolean(),
  automatic_payment_methods: shape({
    enabled: required(boolean()),
    allow_redirects: oneOf('always', 'never'),
  }),
  ...unmodelled('confirmation_method', 'on_behalf_of'),
});
const {
  off_session: _off,
  return_url: _return,
  error_on_requires_action: _error,
  use_stripe_sdk: _sdk,
  ...updatable
} = confirmation;
const change = shape({ ...updatable, ...described, amount: integer(), currency: text(), customer: text() });
const confirming = shape({ ...confirmation, ...atConfirmation, ...unmodelled('amount_to_confirm') });

const capturing = shape({
  amount_to_capture: integer({ min: 1 }),
  metadata: metadata(),
  ...unmodelled(
    'amount_details',
    'application_fee_amount',
    'final_capture',
    'hooks',
    'payment_details',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_data',
  ),
});
const capturingCharge = shape({
  amount: integer({ min: 1 }),
  ...unmodelled(
    'application_fee',
    'application_fee_amount',
    'receipt_email',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_data',
    'transfer_group',
  ),
});

const knownIntent = (ctx: Context, id: string, param = 'id'): PaymentIntent =>
  known(ctx.store.payment_intents, 'payment_intent', id, param);

/** A setup for later use keeps the card, for the uses it was set up for. */
const keepFor = (intent: PaymentIntent): Keep => (intent.setup_future_usage === null ? null : 'unspecified');

const needsReturnUrl = ({ switches }: Context, intent: PaymentIntent): boolean =>
  intent.automatic_payment_methods !== null &&
  intent.automatic_payment_methods?.allow_redirects !== 'never' &&
  (switches.cardsOnlyReturnUrl === 'required' ||
    (intent.allowed_payment_method_types ?? ['any']).some((type) => type !== 'card'));

/** The intent as the API shows it after an attempt; a decline leaves as the 402 that it is. */
const answerOf = (outcome: PaymentOutcome, errorOnAction: boolean): PaymentIntent => {
  if (outcome.kind === 'declined') throw outcome.error;
  if (outcome.kind === 'requires_action' && errorOnAction) {
    throw new StripeError(402, {
      type: 'card_error',
      code: 'authentication_required',
      decline_code: 'authentication_required',
      doc_url: docUrl('authentication_required'),
      message: 'Your card was declined. This transaction requires authentication.',
      payment_intent: outcome.intent,
    });
  }
  return outcome.intent;
};

const checkAmount = (amount: number, currency: string) => {
  if (amount < 1) {
    throw invalidRequest(
      'The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents',
      { code: 'parameter_invalid_integer', param: 'amount' },
    );
  }
  if (amount < 50 && currency === 'usd') {
    throw invalidRequest('Amount must be at least $0.50 usd', { code: 'amount_too_small', param: 'amount' });
  }
};

const intentOfInvoice = (ctx: Context, intent: PaymentIntent): boolean =>
  paymentFor(ctx, intent.id)?.is_default === true;

/** Stripe's own bound is not published. */
const MOST_ATTEMPTS = 25;

const attemptsOn = (ctx: Context, intent: PaymentIntent): number =>
  [...ctx.store.charges.newestFirst(undefined, { by: 'payment_intent', is: intent.id })].length;

const confirm = (ctx: Context, intent: PaymentIntent, params: Read<typeof confirming>): PaymentIntent => {
  if (intent.status === 'succeeded') {
    throw unexpectedState(
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
      intent,
    );
  }
  if (
    intent.status === 'canceled' ||
    intent.status === 'requires_capture' ||
    intent.status === 'processing'
  ) {
    throw unexpectedState(
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
      intent,
    );
  }
  if (sessionOf(ctx, intent) !== null) {
    throw unexpectedState(
      'You cannot confirm this PaymentIntent because it was created by a Checkout Session.',
      intent,
    );
  }
  if (intentOfInvoice(ctx, intent) && ctx.switches.invoiceIntentConfirm === 'refused') {
    throw unexpectedState(
      'You cannot confirm this PaymentIntent because it was created by an Invoice. Pay the Invoice instead.',
      intent,
    );
  }
  if (attemptsOn(ctx, intent) >= MOST_ATTEMPTS) {
    throw kept(
      unexpectedState(
        'You cannot confirm this PaymentIntent because it has been attempted too many times and is now canceled.',
        cancelIntent(ctx, intent, 'automatic'),
      ),
    );
  }
  const methodId = params.payment_method ?? intent.payment_method;
  if (methodId === null) {
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      intent,
    );
  }
  if (params.return_url === undefined && needsReturnUrl(ctx, intent)) {
    throw invalidRequest(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
      {},
    );
  }
  const method = knownMethod(ctx, methodId);
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalidRequest(
      `The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a Customer first.`,
      { param: 'payment_method' },
    );
  }
  const updated: PaymentIntent = {
    ...intent,
    capture_method: params.capture_method ?? intent.capture_method,
    ...(params.receipt_email === undefined ? {} : { receipt_email: params.receipt_email }),
    ...(params.setup_future_usage === undefined ? {} : { setup_future_usage: params.setup_future_usage }),
  };
  const outcome = pay(ctx, updated, {
    method,
    offSession: params.off_session ?? false,
    returnUrl: params.use_stripe_sdk === true ? null : (params.return_url ?? null),
    keep: keepFor(updated),
  });
  settleInvoice(ctx, outcome);
  return answerOf(outcome, params.error_on_requires_action ?? false);
};

const create = (ctx: Context, params: Read<typeof creation>): PaymentIntent => {
  const currency = params.currency.toLowerCase();
  checkAmount(params.amount, currency);
  if (params.customer !== undefined) knownCustomer(ctx, params.customer);
  const method = params.payment_method === undefined ? null : knownMethod(ctx, params.payment_method);
  const blank = createIntent(ctx, {
    amount: params.amount,
    currency,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    receiptEmail: params.receipt_email ?? null,
    setupFutureUsage: params.setup_future_usage ?? null,
    statementDescriptorSuffix: params.statement_descriptor_suffix ?? null,
    allowedTypes: params.allowed_payment_method_types ?? null,
    ...(params.capture_method === undefined ? {} : { capture: params.capture_method }),
    allowRedirects: params.automatic_payment_methods?.allow_redirects ?? 'always',
  });
  const intent =
    method === null
      ? blank
      : ctx.store.payment_intents.put({
          ...blank,
          payment_method: method.id,
          status: 'requires_confirmation',
        });
  return params.confirm === true
    ? confirm(ctx, intent, { ...params, ...(method === null ? {} : { payment_method: method.id }) })
    : intent;
};

const update = (ctx: Context, intent: PaymentIntent, params: Read<typeof change>): PaymentIntent => {
  if (['succeeded', 'canceled', 'requires_capture', 'processing'].includes(intent.status)) {
    const movesMoney = params.amount !== undefined || params.currency !== undefined;
    if (movesMoney) {
      throw unexpectedState(
        `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
        intent,
      );
    }
  }
  const ofInvoice = intentOfInvoice(ctx, intent);
  if (ofInvoice && Object.keys(params).some((name) => name !== 'metadata' && name !== 'payment_method')) {
    throw unexpectedState(
      'You cannot update this PaymentIntent because it was created by an Invoice. Update the Invoice instead.',
      intent,
    );
  }
  if (params.amount !== undefined) checkAmount(params.amount, params.currency ?? intent.currency);
  if (params.customer !== undefined) knownCustomer(ctx, params.customer);
  const method = params.payment_method === undefined ? null : knownMethod(ctx, params.payment_method);
  return ctx.store.payment_intents.put({
    ...intent,
    amount: params.amount ?? intent.amount,
    capture_method: params.capture_method ?? intent.capture_method,
    currency: params.currency?.toLowerCase() ?? intent.currency,
    customer: params.customer ?? intent.customer,
    description: params.description ?? intent.description,
    metadata: mergeMetadata(intent.metadata, params.metadata),
    ...(params.receipt_email === undefined ? {} : { receipt_email: params.receipt_email }),
    ...(params.setup_future_usage === undefined ? {} : { setup_future_usage: params.setup_future_usage }),
    ...(method === null ? {} : { payment_method: method.id, status: 'requires_confirmation' as const }),
  });
};

/** The bank's page was answered: the intent goes on, and with it the Checkout Session that made it. */
export const answerChallenge = (ctx: Context, intent: PaymentIntent, passed: boolean): PaymentOutcome => {
  const session = sessionOf(ctx, intent);
  if (session !== null) return resume(ctx, session, intent, passed);
  const outcome = authenticate(ctx, intent, { passed, keep: keepFor(intent) });
  settleInvoice(ctx, outcome);
  return outcome;
};

export const paymentIntents: Operation[] = [
  post('/v1/payment_intents', 'payment_intent', creation, create),
  get(
    '/v1/payment_intents',
    'list of payment_intent',
    shape({ ...dated, customer: text(), ...unmodelled('customer_account') }),
    (ctx, params) =>
      page(ctx.store.payment_intents, {
        url: '/v1/payment_intents',
        kind: 'payment_intent',
        params,
        among: { customer: params.customer },
        where: (intent) => params.customer === undefined || intent.customer === params.customer,
      }),
  ),
  get('/v1/payment_intents/:id', 'payment_intent', shape({ client_secret: text() }), (ctx, _params, { id }) =>
    knownIntent(ctx, id),
  ),
  post('/v1/payment_intents/:id', 'payment_intent', change, (ctx, params, { id }) =>
    update(ctx, knownIntent(ctx, id), params),
  ),
  post('/v1/payment_intents/:id/confirm', 'payment_intent', confirming, (ctx, params, { id }) =>
    confirm(ctx, knownIntent(ctx, id), params),
  ),
  post('/v1/payment_intents/:id/capture', 'payment_intent', capturing, (ctx, params, { id }) => {
    const intent = knownIntent(ctx, id);
    const captured = captureIntent(ctx, intent, params.amount_to_capture);
    if (params.metadata === undefined) return captured;
    const merged = mergeMetadata(captured.metadata, params.metadata);
    return ctx.store.payment_intents.put({ ...captured, metadata: merged });
  }),
  post('/v1/charges/:id/capture', 'charge', capturingCharge, (ctx, params, { id }) => {
    const charge = knownCharge(ctx, id);
    if (charge.captured) {
      throw invalidRequest(`Charge ${id} has already been captured.`, { code: 'charge_already_captured' });
    }
    if (charge.refunded) {
      throw invalidRequest(`Charge ${id} is no longer held ready.`, { code: 'charge_expired_for_capture' });
    }
    captureIntent(ctx, knownIntent(ctx, charge.payment_intent ?? ''), params.amount);
    return knownCharge(ctx, id);
  }),
  post(
    '/v1/payment_intents/:id/cancel',
    'payment_intent',
    shape({ cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') }),
    (ctx, params, { id }) => {
      const intent = knownIntent(ctx, id);
      if (sessionOf(ctx, intent) !== null) {
        throw unexpectedState(
          'You cannot cancel this PaymentIntent because it was created by a Checkout Session. To cancel it, expire the Checkout Session instead.',
          intent,
        );
      }
      if (intentOfInvoice(ctx, intent)) {
        throw unexpectedState(
          'You cannot cancel this PaymentIntent because it was created by an Invoice. To cancel it, void the Invoice instead.',
          intent,
        );
      }
      return cancelIntent(ctx, intent, params.cancellation_reason ?? null);
    },
  ),
];
