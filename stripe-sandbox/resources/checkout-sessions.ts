import { SMALLEST_CHARGE } from '../checkout/amounts';
import { expire } from '../checkout/completion';
import { lineFor, linesOf, type OrderLine } from '../checkout/lines';
import { openSession } from '../checkout/opening';
import { check, creation, type Creation } from '../checkout/request';
import { knownSession } from '../checkout/session';
import { reductionsOf, takenOff, type Reduction } from '../discounts';
import { invalidRequest } from '../errors';
import { dated, page, pageOf, paging } from '../lists';
import type { CheckoutSession, Metadata } from '../objects';
import { get, post, type Operation } from '../operations';
import { email, mergeMetadata, metadata, oneOf, required, shape, text, unmodelled } from '../params';
import type { Context } from '../world';
import { knownCustomer } from './customers';

const takenBy = (lines: OrderLine[], reductions: Reduction[]): number => {
  const reducible = lines.map(({ item }) => ({
    amount: item.amount_subtotal,
    product: item.price.product,
    item: null,
    isDiscountable: true,
  }));
  const off = takenOff(
    reducible,
    reductions.map(({ coupon }) => ({ terms: coupon })),
  );
  return off.flat().reduce((sum, amount) => sum + amount, 0);
};

const createSession = (ctx: Context, params: Creation): CheckoutSession => {
  check(ctx, params);
  const customer = params.customer === undefined ? null : knownCustomer(ctx, params.customer);
  const lines = (params.line_items ?? []).map((item, index) => lineFor(ctx, item, index));
  const currency = lines[0]?.item.currency ?? params.currency?.toLowerCase() ?? 'usd';
  if (lines.some(({ item }) => item.currency !== currency)) {
    throw invalidRequest('All prices on a Checkout session must use the same currency.', {
      param: 'line_items',
    });
  }
  const amount = lines.reduce((total, { item }) => total + item.amount_subtotal, 0);
  const use = { customer, subtotal: amount, currency };
  const reductions = reductionsOf(ctx, params.discounts ?? [], use);
  const left = amount - takenBy(lines, reductions);
  if (left > 0 && left < SMALLEST_CHARGE) {
    throw invalidRequest("The Checkout Session's total amount due must add up to at least $0.50 usd", {
      code: 'amount_too_small',
    });
  }
  return openSession(ctx, params, { customer, lines, reductions, currency, amount });
};

const update = shape({
  metadata: metadata(),
  ...unmodelled('collected_information', 'line_items', 'payment_intent_data', 'shipping_options'),
});

export const checkoutSessions: Operation[] = [
  post('/v1/checkout/sessions', 'checkout.session', creation, createSession),
  get(
    '/v1/checkout/sessions',
    'list of checkout.session',
    shape({
      ...dated,
      customer: text(),
      customer_details: shape({ email: required(email()) }),
      payment_intent: text(),
      status: oneOf('open', 'complete', 'expired'),
      ...unmodelled('customer_account', 'payment_link', 'subscription'),
    }),
    (ctx, params) =>
      page(ctx.store.checkout_sessions, {
        url: '/v1/checkout/sessions',
        kind: 'checkout.session',
        params,
        among: { payment_intent: params.payment_intent, customer: params.customer },
        where: (session) =>
          (params.customer === undefined || session.customer === params.customer) &&
          (params.payment_intent === undefined || session.payment_intent === params.payment_intent) &&
          (params.status === undefined || session.status === params.status) &&
          (params.customer_details === undefined ||
            session.customer_details?.email === params.customer_details.email),
      }),
  ),
  get('/v1/checkout/sessions/:id', 'checkout.session', shape({}), (ctx, _params, { id }) =>
    knownSession(ctx, id),
  ),
  post('/v1/checkout/sessions/:id', 'checkout.session', update, (ctx, params, { id }) => {
    const session = knownSession(ctx, id);
    const merged: Metadata = mergeMetadata(session.metadata ?? {}, params.metadata);
    return ctx.store.checkout_sessions.put({ ...session, metadata: merged });
  }),
  get('/v1/checkout/sessions/:id/line_items', 'list of item', shape(paging), (ctx, params, { id }) => {
    const { data, url } = linesOf(ctx, knownSession(ctx, id).id);
    return pageOf(data, { url, kind: 'line item', params });
  }),
  post('/v1/checkout/sessions/:id/expire', 'checkout.session', shape({}), (ctx, _params, { id }) => {
    const session = knownSession(ctx, id);
    if (session.status !== 'open') {
      throw invalidRequest(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status ?? ''}".`,
      );
    }
    return expire(ctx, session);
  }),
];
