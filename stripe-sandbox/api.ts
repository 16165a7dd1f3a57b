import type { Hono } from 'hono';

import { invalidRequest, sorted, StripeError, unauthorized } from './errors';
import { expand, readExpansions } from './expand';
import { failAfter, failBefore, failDuring, lockTimeout, nextFault } from './faults';
import { begin, fingerprint, finish, forget, keptAnswer } from './idempotency';
import { newId } from './ids';
import { shortened } from './lists';
import type { Operation } from './operations';
import { parseForm, type Form } from './params';
import { accounts } from './resources/account';
import { balances } from './resources/balance';
import { balanceTransactions } from './resources/balance-transactions';
import { billingPortal } from './resources/billing-portal';
import { charges } from './resources/charges';
import { checkoutSessions } from './resources/checkout-sessions';
import { coupons } from './resources/coupons';
import { creditNotes } from './resources/credit-notes';
import { customerBalanceTransactions } from './resources/customer-balance-transactions';
import { customers } from './resources/customers';
import { disputes } from './resources/disputes';
import { earlyFraudWarnings } from './resources/early-fraud-warnings';
import { events } from './resources/events';
import { invoiceItems } from './resources/invoice-items';
import { invoiceLines } from './resources/invoice-lines';
import { invoicePayments } from './resources/invoice-payments';
import { invoicePreview } from './resources/invoice-preview';
import { invoices } from './resources/invoices';
import { paymentIntents } from './resources/payment-intents';
import { paymentMethods } from './resources/payment-methods';
import { prices } from './resources/prices';
import { products } from './resources/products';
import { promotionCodes } from './resources/promotion-codes';
import { refunds } from './resources/refunds';
import { setupIntents } from './resources/setup-intents';
import { taxIds } from './resources/tax-ids';
import { taxRates } from './resources/tax-rates';
import { testClocks } from './resources/test-clocks';
import { webhookEndpoints } from './resources/webhook-endpoints';
import { API_VERSION, type LoggedRequest, type World } from './world';

export const operations: Operation[] = [
  ...customers,
  ...paymentMethods,
  ...paymentIntents,
  ...charges,
  ...balanceTransactions,
  ...refunds,
  ...disputes,
  ...earlyFraudWarnings,
  ...creditNotes,
  ...taxIds,
  ...billingPortal,
  ...setupIntents,
  ...customerBalanceTransactions,
  ...testClocks,
  ...accounts,
  ...balances,
  ...products,
  ...prices,
  ...coupons,
  ...promotionCodes,
  ...taxRates,
  ...checkoutSessions,
  ...invoicePreview,
  ...invoices,
  ...invoiceLines,
  ...invoiceItems,
  ...invoicePayments,
  ...events,
  ...webhookEndpoints,
];

const REQUESTS_LOGGED = 500;

type Answer = { status: number; body: string; headers: Record<string, string> };

const basicKey = (encoded: string) => Buffer.from(encoded, 'base64').toString().split(':')[0] ?? '';

const checkKey = (request: Request): void => {
  const [scheme, credential = ''] = (request.headers.get('authorization') ?? '').split(' ');
  const key = scheme === 'Basic' ? basicKey(credential) : scheme === 'Bearer' ? credential : '';
  if (key === '') {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  if (!/^(sk|rk)_test_\w+$/.test(key)) {
    const shown = key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}` : key;
    throw unauthorized(`Invalid API Key provided: ${shown}`);
  }
};

const checkVersion = (request: Request): void => {
  const version = request.headers.get('stripe-version');
  if (version !== null && version !== API_VERSION) {
    throw invalidRequest(`Invalid Stripe API version: ${version}. This sandbox speaks ${API_VERSION} only.`);
  }
};

const readForm = async (request: Request): Promise<Form> => {
  const query = parseForm(new URL(request.url).search.slice(1));
  return request.method === 'POST' ? { ...query, ...parseForm(await request.text()) } : query;
};

const print = (value: unknown) => JSON.stringify(value, null, 2);

const succeeded = (value: object): Answer => ({
  status: 200,
  body: print(value),
  headers: { 'Stripe-Should-Retry': 'false' },
});

const refused = (world: World, error: StripeError, requestId: string): Answer => {
  const log = `https://dashboard.stripe.com/test/logs/${requestId}?t=${world.clock.seconds()}`;
  const retry = error.shouldRetry ?? (error.status === 402 ? false : null);
  return {
    status: error.status,
    body: print({ error: sorted({ ...error.body, request_log_url: log }) }),
    headers: retry === null ? {} : { 'Stripe-Should-Retry': `${retry}` },
  };
};

type Asked = {
  operation: Operation;
  ids: Record<string, string>;
  form: Form;
  key: string | null;
  requestId: string;
};

const leavesTraces = (error: unknown) => error instanceof StripeError && error.keeps;

/** Reads, acts, shows. Whatever is refused before it acts leaves its idempotency key unused. */
const perform = async (
  world: World,
  path: string,
  asked: Asked,
): Promise<Answer & { first: string | null }> => {
  const { operation, ids, form, key, requestId } = asked;
  const seen = fingerprint(operation.method, path, form);
  const kept = key === null ? null : keptAnswer(world, key, seen);
  if (kept !== null && kept.status !== null) {
    const headers = { ...kept.headers, 'Idempotent-Replayed': 'true' };
    return { status: kept.status, body: kept.body, headers, first: kept.requestId };
  }
  const { expand: paths, ...rest } = form;
  const expansions = readExpansions(operation.answers, paths);
  const run = operation.prepare(rest);
  const fault = nextFault(world, operation.method, path);
  failBefore(fault);

  const wanted = operation.method === 'GET' ? [] : Object.values(ids);
  if (wanted.some((id) => world.locks.has(id))) throw lockTimeout();
  for (const id of wanted) world.locks.add(id);

  const ctx = { ...world, cause: { id: requestId, idempotency_key: key } };
  if (key !== null) begin(world, key, seen, requestId);
  let answer: Answer;
  try {
    await failDuring(fault);
    const done = world.store.attempt(() => run(ctx, ids), leavesTraces);
    answer = succeeded(shortened(expand(ctx, done, expansions)));
  } catch (error) {
    if (!(error instanceof StripeError)) {
      if (key !== null) forget(world, key);
      throw error;
    }
    answer = refused(world, error, requestId);
  } finally {
    for (const id of wanted) world.locks.delete(id);
  }
  if (key !== null) finish(world, key, answer);
  failAfter(fault);
  return { ...answer, first: requestId };
};

const keyOf = (request: Request, operation: Operation): string | null => {
  const key = request.headers.get('idempotency-key');
  if (key === null || operation.method !== 'POST') return null;
  if (key.length > 255) {
    throw invalidRequest('Idempotency keys may be at most 255 characters long.');
  }
  return key;
};

const log = (world: World, entry: LoggedRequest): LoggedRequest => {
  world.requests.push(entry);
  if (world.requests.length > REQUESTS_LOGGED) world.requests.shift();
  return entry;
};

const answerTo = async (
  world: World,
  request: Request,
  found: { operation: Operation; ids: Record<string, string> } | null,
): Promise<Response> => {
  const requestId = newId('request');
  const { pathname: path } = new URL(request.url);
  const entry = log(world, {
    id: requestId,
    at: world.clock.seconds(),
    method: request.method,
    path,
    idempotencyKey: request.headers.get('idempotency-key'),
    replayed: false,
    status: null,
  });
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Request-Id': requestId,
    'Stripe-Version': API_VERSION,
  };
  const respond = (answer: Answer) => {
    entry.status = answer.status;
    return new Response(answer.body, { status: answer.status, headers: { ...headers, ...answer.headers } });
  };
  try {
    checkKey(request);
    if (found === null) {
      throw invalidRequest(
        `Unrecognized request URL (${request.method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
        { status: 404 },
      );
    }
    checkVersion(request);
    const key = keyOf(request, found.operation);
    const form = await readForm(request);
    const answer = await perform(world, path, { ...found, form, key, requestId });
    if (key !== null) {
      headers['Idempotency-Key'] = key;
      headers['Original-Request'] = answer.first ?? requestId;
    }
    entry.replayed = answer.headers['Idempotent-Replayed'] === 'true';
    return respond(answer);
  } catch (error) {
    if (error instanceof StripeError) return respond(refused(world, error, requestId));
    throw error;
  }
};

/** Binds every operation to its path, and everything else under `/v1` to Stripe's 404. */
export const mountApi = (app: Hono, world: World): void => {
  for (const operation of operations) {
    app.on(operation.method, operation.path, (c) => {
      const ids = c.req.param() as Record<string, string>;
      return answerTo(world, c.req.raw, { operation, ids });
    });
  }
  app.all('/v1/*', (c) => answerTo(world, c.req.raw, null));
};
