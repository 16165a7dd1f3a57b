import { createHash } from 'node:crypto';

import { cardByMagicId, cardByNumber, declines, type Decline, type TestCard } from '../cards';
import { docUrl, invalidRequest, noSuch, StripeError } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { page, paging } from '../lists';
import type { BillingDetails, Customer, PaymentMethod } from '../objects';
import { get, post, type Operation } from '../operations';
import {
  address,
  email,
  integer,
  mergeMetadata,
  metadata,
  oneOf,
  required,
  shape,
  text,
  missing,
} from '../params';
import { unmodelled, unset, type Read } from '../params';
import type { Context } from '../world';
import { emptyAddress, keepCustomer, knownCustomer } from './customers';

const noBilling: BillingDetails = {
  address: emptyAddress,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

const billingDetails = shape({
  address: unset(address()),
  email: unset(email()),
  name: unset(text()),
  phone: unset(text()),
  tax_id: text(),
});

const redisplay = oneOf('always', 'limited', 'unspecified');

/** The same number has the same fingerprint everywhere, which is how an app tells that a card was saved twice. */
const fingerprintOf = (number: string) =>
  createHash('sha256').update(number).digest('base64url').slice(0, 16);

export const methodFromCard = (
  ctx: Context,
  card: TestCard,
  { expires, billing }: { expires?: { month: number; year: number }; billing?: BillingDetails } = {},
): PaymentMethod => {
  const today = new Date(ctx.clock.now());
  const method: PaymentMethod = {
    id: newId('payment_method'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: billing ?? noBilling,
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'unchecked' },
      country: card.country,
      display_brand: card.brand,
      exp_month: expires?.month ?? today.getUTCMonth() + 1,
      exp_year: expires?.year ?? today.getUTCFullYear() + 1,
      fingerprint: fingerprintOf(card.number),
      funding: card.funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: ctx.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
  ctx.store.cards_on_file.put({
    id: method.id,
    created: method.created,
    number: card.number,
    setUp: false,
    outcome: null,
  });
  return ctx.store.payment_methods.put(method);
};

/** The test card behind a method: what its bank will say. */
export const testCardOf = (ctx: Context, method: PaymentMethod): TestCard => {
  const onFile = ctx.store.cards_on_file.get(method.id);
  const card = onFile === null ? null : cardByNumber(onFile.number);
  if (card === null) throw new Error(`${method.id} has no test card behind it`);
  return card;
};

/** A method by its id; a magic `pm_card_…` makes a new one at every use. */
export const knownMethod = (ctx: Context, id: string, param = 'payment_method'): PaymentMethod => {
  const magic = cardByMagicId(id);
  if (magic !== null) return methodFromCard(ctx, magic);
  const method = known(ctx.store.payment_methods, 'PaymentMethod', id, param);
  return method;
};

const attachRefused = (decline: Decline) =>
  new StripeError(402, {
    type: 'card_error',
    code: decline.code,
    doc_url: docUrl(decline.code),
    message: decline.message,
    param: '',
    ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
    ...(decline.advice === null ? {} : { advice_code: decline.advice }),
    ...(decline.networkCode === null ? {} : { network_decline_code: decline.networkCode }),
  });

const wasDetached = (ctx: Context, method: PaymentMethod) => ctx.store.deleted.get(method.id) !== null;

/** Gives a card to a customer after asking its bank, which is what saving a card does. */
const attachMethod = (ctx: Context, method: PaymentMethod, customer: Customer): PaymentMethod => {
  if (method.customer === customer.id) return method;
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.', {
      code: 'payment_method_unexpected_state',
    });
  }
  if (wasDetached(ctx, method)) {
    throw invalidRequest(
      'The payment method you provided was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
    );
  }
  const { attach } = testCardOf(ctx, method);
  if (attach !== 'ok') throw attachRefused(declines[attach]);
  return giveMethod(ctx, method, customer);
};

/** Attaches without asking the bank again: a charge on the card has just succeeded. */
export const giveMethod = (ctx: Context, method: PaymentMethod, customer: Customer): PaymentMethod => {
  const checked = method.card === undefined ? null : { ...method.card, checks: passedChecks(method) };
  const attached = ctx.store.payment_methods.put({
    ...method,
    ...(checked === null ? {} : { card: checked }),
    customer: customer.id,
  });
  emit(ctx, 'payment_method.attached', attached);
  return attached;
};

const passedChecks = ({ billing_details: { address: at } }: PaymentMethod) => ({
  address_line1_check: typeof at?.line1 === 'string' ? 'pass' : null,
  address_postal_code_check: typeof at?.postal_code === 'string' ? 'pass' : null,
  cvc_check: 'pass',
});

/** Takes a card from its customer, for good. */
export const detachMethod = (ctx: Context, method: PaymentMethod): PaymentMethod => {
  if (method.customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      { code: 'payment_method_unexpected_state' },
    );
  }
  const customer = knownCustomer(ctx, method.customer);
  const detached = ctx.store.payment_methods.put({ ...method, customer: null });
  ctx.store.deleted.put({ id: method.id, created: ctx.clock.seconds(), object: 'payment_method' });
  emit(ctx, 'payment_method.detached', detached, { customer: method.customer });
  const isDefault = customer.invoice_settings.default_payment_method === method.id;
  if (isDefault && ctx.switches.detachedDefault === 'cleared') {
    keepCustomer(ctx, customer, {
      ...customer,
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    });
  }
  return detached;
};

/** The card's network sends its new date, as it does when a bank has posted a new card. */
export const renewCard = (
  ctx: Context,
  method: PaymentMethod,
  { month, year }: { month: number; year: number },
): PaymentMethod => {
  if (method.card === undefined) return method;
  const card = { ...method.card, exp_month: month, exp_year: year };
  const renewed = ctx.store.payment_methods.put({ ...method, card });
  emitUpdate(ctx, 'payment_method.automatically_updated', method, renewed);
  return renewed;
};

const creation = shape({
  type: required(oneOf('card')),
  card: shape({
    token: text(),
    ...unmodelled('networks'),
    number: text(),
    exp_month: integer(),
    exp_year: integer(),
    cvc: text(),
  }),
  billing_details: billingDetails,
  allow_redisplay: redisplay,
  metadata: metadata(),
  ...unmodelled('customer', 'payment_method', 'radar_options'),
});

const withBilling = (
  given: Read<typeof billingDetails> | undefined,
  kept: BillingDetails,
): BillingDetails => ({
  ...kept,
  ...given,
  address: given?.address === undefined ? kept.address : { ...emptyAddress, ...given.address },
});

const filters = { ...paging, type: text(), allow_redisplay: redisplay };
type Filter = { type?: string; allow_redisplay?: string };
const matches =
  ({ type, allow_redisplay: shown }: Filter) =>
  (method: PaymentMethod) =>
    (type === undefined || method.type === type) && (shown === undefined || method.allow_redisplay === shown);

export const paymentMethods: Operation[] = [
  post('/v1/payment_methods', 'payment_method', creation, (ctx, params) => {
    const { card } = params;
    if (card?.number !== undefined) {
      throw new StripeError(402, {
        type: 'card_error',
        code: 'raw_card_data_not_allowed',
        message:
          'Sending credit card numbers directly to the Stripe API is generally unsafe. To continue processing use Stripe.js, the Stripe mobile bindings, or Stripe Elements.',
      });
    }
    if (card?.token === undefined) {
      throw missing('card');
    }
    const behind = cardByMagicId(card.token);
    if (behind === null) throw noSuch('token', card.token, 'card[token]');
    const method = methodFromCard(ctx, behind, { billing: withBilling(params.billing_details, noBilling) });
    return ctx.store.payment_methods.put({
      ...method,
      allow_redisplay: params.allow_redisplay ?? 'unspecified',
      metadata: mergeMetadata({}, params.metadata),
    });
  }),
  get(
    '/v1/payment_methods',
    'list of payment_method',
    shape({ ...filters, customer: text(), ...unmodelled('customer_account') }),
    (ctx, params) => {
      if (params.customer !== undefined) knownCustomer(ctx, params.customer);
      const wanted = matches(params);
      return page(ctx.store.payment_methods, {
        url: '/v1/payment_methods',
        kind: 'PaymentMethod',
        params,
        among: { customer: params.customer },
        where: (method) =>
          method.customer !== null &&
          (params.customer ?? method.customer) === method.customer &&
          wanted(method),
      });
    },
  ),
  get('/v1/payment_methods/:id', 'payment_method', shape({}), (ctx, _params, { id }) =>
    knownMethod(ctx, id, 'id'),
  ),
  post(
    '/v1/payment_methods/:id',
    'payment_method',
    shape({
      allow_redisplay: redisplay,
      billing_details: billingDetails,
      card: shape({
        exp_month: integer({ min: 1, max: 12 }),
        exp_year: integer(),
        ...unmodelled('networks'),
      }),
      metadata: metadata(),
      ...unmodelled('us_bank_account'),
    }),
    (ctx, params, { id }) => {
      const method = knownMethod(ctx, id, 'id');
      if (method.customer === null) {
        throw invalidRequest('You must save this PaymentMethod to a customer before you can update it.', {});
      }
      const after = ctx.store.payment_methods.put({
        ...method,
        allow_redisplay: params.allow_redisplay ?? method.allow_redisplay ?? 'unspecified',
        billing_details: withBilling(params.billing_details, method.billing_details),
        ...(method.card === undefined ? {} : { card: { ...method.card, ...params.card } }),
        metadata: mergeMetadata(method.metadata ?? {}, params.metadata),
      });
      emitUpdate(ctx, 'payment_method.updated', method, after);
      return after;
    },
  ),
  post(
    '/v1/payment_methods/:id/attach',
    'payment_method',
    shape({ customer: required(text()), ...unmodelled('customer_account') }),
    (ctx, params, { id }) => {
      const customer = knownCustomer(ctx, params.customer);
      return attachMethod(ctx, knownMethod(ctx, id, 'id'), customer);
    },
  ),
  post('/v1/payment_methods/:id/detach', 'payment_method', shape({}), (ctx, _params, { id }) =>
    detachMethod(ctx, knownMethod(ctx, id, 'id')),
  ),
  get(
    '/v1/customers/:customer/payment_methods',
    'list of payment_method',
    shape(filters),
    (ctx, params, ids) => {
      knownCustomer(ctx, ids.customer, 'id');
      const wanted = matches(params);
      return page(ctx.store.payment_methods, {
        url: `/v1/customers/${ids.customer}/payment_methods`,
        kind: 'PaymentMethod',
        params,
        among: { customer: ids.customer },
        where: (method) => method.customer === ids.customer && wanted(method),
      });
    },
  ),
  get(
    '/v1/customers/:customer/payment_methods/:id',
    'payment_method',
    shape({}),
    (ctx, _params, { customer, id }) => {
      knownCustomer(ctx, customer, 'customer');
      const method = ctx.store.payment_methods.get(id);
      if (method?.customer !== customer) throw noSuch('PaymentMethod', id);
      return method;
    },
  ),
];
