import { sessionOfSetup } from '../checkout/session';
import { resumeSetup } from '../checkout/submission';
import { invalidRequest } from '../errors';
import {
  attemptSetup,
  authenticateSetup,
  cancelSetup,
  createSetup,
  unexpectedSetup,
  type SetupOutcome,
} from '../intents/setups';
import { known } from '../known';
import { dated, page } from '../lists';
import type { SetupIntent } from '../objects';
import { get, post, type Operation } from '../operations';
import { boolean, listOf, mergeMetadata, metadata, oneOf, removed, required, shape, text } from '../params';
import { unmodelled, url, type Read } from '../params';
import type { Context } from '../world';
import { knownCustomer } from './customers';
import { knownMethod } from './payment-methods';

const limits = {
  allowed_payment_method_types: listOf(text()),
  payment_method_types: removed((path) =>
    invalidRequest(
      `The parameter '${path}' is no longer supported. Use 'allowed_payment_method_types' to limit the payment methods offered.`,
      { code: 'payment_method_types_no_longer_supported', param: path },
    ),
  ),
  payment_method: text(),
  ...unmodelled('payment_method_data', 'payment_method_options'),
};
const confirmation = {
  ...limits,
  return_url: url(),
  use_stripe_sdk: boolean(),
  ...unmodelled('confirmation_token', 'mandate_data'),
};
const described = {
  customer: text(),
  description: text(),
  metadata: metadata(),
  ...unmodelled(
    'attach_to_self',
    'customer_account',
    'excluded_payment_method_types',
    'flow_directions',
    'payment_method_configuration',
  ),
};
const creation = shape({
  ...confirmation,
  ...described,
  automatic_payment_methods: shape({
    enabled: required(boolean()),
    allow_redirects: oneOf('always', 'never'),
  }),
  confirm: boolean(),
  usage: oneOf('off_session', 'on_session'),
  ...unmodelled('on_behalf_of', 'single_use'),
});
const change = shape({ ...limits, ...described });
const confirming = shape(confirmation);

const knownSetup = (ctx: Context, id: string): SetupIntent =>
  known(ctx.store.setup_intents, 'setupintent', id);

const confirm = (ctx: Context, setup: SetupIntent, params: Read<typeof confirming>): SetupIntent => {
  if (setup.status === 'succeeded' || setup.status === 'canceled') {
    throw unexpectedSetup(
      setup.status === 'succeeded'
        ? 'You cannot confirm this SetupIntent because it has already succeeded.'
        : 'You cannot confirm this SetupIntent because it has a status of canceled.',
      setup,
    );
  }
  if (sessionOfSetup(ctx, setup) !== null) {
    throw unexpectedSetup(
      'You cannot confirm this SetupIntent because it was created by a Checkout Session.',
      setup,
    );
  }
  const id = params.payment_method ?? setup.payment_method;
  if (id === null) {
    throw unexpectedSetup(
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
      setup,
    );
  }
  const mayRedirect =
    setup.automatic_payment_methods?.allow_redirects !== 'never' &&
    (setup.allowed_payment_method_types ?? ['any']).some((type) => type !== 'card');
  if (mayRedirect && params.return_url === undefined) {
    throw invalidRequest(
      'This SetupIntent is configured to accept payment methods that might redirect your customer off of your page, you must provide a `return_url`.',
    );
  }
  const method = knownMethod(ctx, id);
  if (method.customer !== null && method.customer !== setup.customer) {
    throw invalidRequest('The payment method belongs to another customer.', { param: 'payment_method' });
  }
  const outcome = attemptSetup(ctx, setup, {
    method,
    returnUrl: params.use_stripe_sdk === true ? null : (params.return_url ?? null),
    keep: null,
  });
  if (outcome.kind === 'declined') throw outcome.error;
  return outcome.intent;
};

const withMethod = (ctx: Context, setup: SetupIntent, id: string | undefined): SetupIntent =>
  id === undefined
    ? setup
    : { ...setup, payment_method: knownMethod(ctx, id).id, status: 'requires_confirmation' };

const create = (ctx: Context, params: Read<typeof creation>): SetupIntent => {
  if (params.customer !== undefined) knownCustomer(ctx, params.customer);
  const blank = createSetup(ctx, {
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    usage: params.usage ?? 'off_session',
    allowedTypes: params.allowed_payment_method_types ?? null,
    allowRedirects: params.automatic_payment_methods?.allow_redirects ?? 'always',
  });
  const setup = ctx.store.setup_intents.put(withMethod(ctx, blank, params.payment_method));
  return params.confirm === true
    ? confirm(ctx, setup, {
        ...params,
        ...(setup.payment_method === null ? {} : { payment_method: setup.payment_method }),
      })
    : setup;
};

const update = (ctx: Context, setup: SetupIntent, params: Read<typeof change>): SetupIntent => {
  if (setup.status === 'succeeded' || setup.status === 'canceled') {
    throw unexpectedSetup(
      `You cannot update this SetupIntent because it has a status of ${setup.status}.`,
      setup,
    );
  }
  if (params.customer !== undefined) knownCustomer(ctx, params.customer);
  return ctx.store.setup_intents.put({
    ...withMethod(ctx, setup, params.payment_method),
    customer: params.customer ?? setup.customer,
    description: params.description ?? setup.description,
    metadata: mergeMetadata(setup.metadata ?? {}, params.metadata),
  });
};

/** The bank's page was answered: the setup goes on, and with it the Checkout Session that made it. */
export const answerSetupChallenge = (ctx: Context, setup: SetupIntent, passed: boolean): SetupOutcome => {
  const session = sessionOfSetup(ctx, setup);
  return session === null
    ? authenticateSetup(ctx, setup, { passed, keep: null })
    : resumeSetup(ctx, session, setup, passed);
};

export const setupIntents: Operation[] = [
  post('/v1/setup_intents', 'setup_intent', creation, create),
  get(
    '/v1/setup_intents',
    'list of setup_intent',
    shape({
      ...dated,
      customer: text(),
      payment_method: text(),
      ...unmodelled('attach_to_self', 'customer_account'),
    }),
    (ctx, params) =>
      page(ctx.store.setup_intents, {
        url: '/v1/setup_intents',
        kind: 'setup_intent',
        params,
        among: { customer: params.customer },
        where: (setup) =>
          (params.customer === undefined || setup.customer === params.customer) &&
          (params.payment_method === undefined || setup.payment_method === params.payment_method),
      }),
  ),
  get('/v1/setup_intents/:id', 'setup_intent', shape({ client_secret: text() }), (ctx, _params, { id }) =>
    knownSetup(ctx, id),
  ),
  post('/v1/setup_intents/:id', 'setup_intent', change, (ctx, params, { id }) =>
    update(ctx, knownSetup(ctx, id), params),
  ),
  post('/v1/setup_intents/:id/confirm', 'setup_intent', confirming, (ctx, params, { id }) =>
    confirm(ctx, knownSetup(ctx, id), params),
  ),
  post(
    '/v1/setup_intents/:id/cancel',
    'setup_intent',
    shape({ cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') }),
    (ctx, params, { id }) => {
      const setup = knownSetup(ctx, id);
      if (sessionOfSetup(ctx, setup) !== null) {
        throw unexpectedSetup(
          'You cannot cancel this SetupIntent because it was created by a Checkout Session. To cancel it, expire the Checkout Session instead.',
          setup,
        );
      }
      return cancelSetup(ctx, setup, params.cancellation_reason ?? null);
    },
  ),
];
