import { Stripe } from 'stripe';
import { afterEach } from 'vitest';

import { faultsOfAnswer, faultsOfKind, isEventType } from './contract/contract';
import { createSandbox, type SandboxOptions, type StripeSandbox } from './sandbox';

export const ORIGIN = 'http://stripe.test';
export const SECRET = 'whsec_test_secret_of_the_receiver';
export const HOOK = 'http://app.test/webhooks/stripe';

const broken: string[] = [];
const running: StripeSandbox[] = [];

/** A sandbox whose every answer is held against Stripe's contract. */
const underContract = (sandbox: StripeSandbox): StripeSandbox => {
  running.push(sandbox);
  return {
    ...sandbox,
    async answer(request) {
      const { pathname: path } = new URL(request.url);
      const response = await sandbox.answer(request);
      if (!path.startsWith('/v1/')) return response;
      const body: unknown = await response.clone().json();
      const faults = faultsOfAnswer(request.method, path, response.status, body);
      broken.push(...faults.map((fault) => `${request.method} ${path} ${response.status}: ${fault}`));
      return response;
    },
  };
};

afterEach(() => {
  const told = running.splice(0).flatMap(({ store }) =>
    [...store.events.oldestFirst()].flatMap(({ type, data }) => {
      const { object } = data as { object: { object: string } };
      const faults = faultsOfKind(object.object, object).map((fault) => `event ${type}: ${fault}`);
      return isEventType(type) ? faults : [...faults, `event ${type}: Stripe has none of this type`];
    }),
  );
  const faults = new Set([...broken.splice(0), ...told]);
  if (faults.size > 0) throw new Error(`Stripe would not have said this:\n${[...faults].join('\n')}`);
});

export type Captured = { url: string; headers: Headers; body: string };

/** A sandbox on a clock of its own, the real SDK talking to it, and a receiver that keeps what it is sent. */
export const aSandbox = (options: SandboxOptions & { answer?: (nth: number) => number } = {}) => {
  const { answer = () => 200, ...rest } = options;
  const captured: Captured[] = [];
  let at = Date.UTC(2026, 10, 1);
  const sandbox = underContract(
    createSandbox({
      origin: ORIGIN,
      merchant: 'Café Pénélope',
      webhooks: [{ url: HOOK, secret: SECRET }],
      now: () => at,
      fetch: (url, init) => {
        captured.push({ url, headers: new Headers(init.headers), body: init.body as string });
        return Promise.resolve(new Response(null, { status: answer(captured.length) }));
      },
      ...rest,
    }),
  );
  const fetcher = (url: string | URL | Request, init?: RequestInit) => sandbox.answer(new Request(url, init));
  const stripe = new Stripe('sk_test_sandbox', {
    httpClient: Stripe.createFetchHttpClient(fetcher),
    maxNetworkRetries: 0,
  });

  const open = (url: string) => sandbox.answer(new Request(url));
  const post = (url: string, fields: Record<string, string>) =>
    sandbox.answer(
      new Request(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    );
  const control = async (path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await sandbox.answer(new Request(`${ORIGIN}/_sandbox${path}`, init));
    return response.json();
  };

  const aSession = async (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const customer = await stripe.customers.create({
      email: 'ada@example.org',
      name: 'Ada',
      metadata: { account_id: 'a1' },
    });
    const session = await stripe.checkout.sessions.create({ ...anOrder(customer.id), ...changes });
    return { customer, session };
  };

  const buy = async (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const { customer, session: opened } = await aSession(changes);
    const response = await post(opened.url ?? '', aCard());
    const session = await stripe.checkout.sessions.retrieve(opened.id, {
      expand: ['payment_intent', 'invoice', 'line_items'],
    });
    return { customer, session, response };
  };

  return {
    sandbox,
    stripe,
    captured,
    open,
    post,
    control,
    aSession,
    buy,
    pass: (seconds: number) => {
      at += seconds * 1000;
    },
    eventTypes: () => [...sandbox.store.events.oldestFirst()].map((event) => event.type),
  };
};

/** What an app that sells credits asks of Checkout. */
export const anOrder = (customer: string): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  customer,
  client_reference_id: 'a1',
  allowed_payment_method_types: ['card'],
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: 'usd',
        unit_amount: 5000,
        tax_behavior: 'exclusive',
        product_data: { name: '500 credits', tax_code: 'txcd_10000000' },
      },
    },
  ],
  allow_promotion_codes: true,
  automatic_tax: { enabled: true },
  billing_address_collection: 'required',
  customer_update: { address: 'auto', name: 'auto' },
  tax_id_collection: { enabled: true },
  invoice_creation: {
    enabled: true,
    invoice_data: { description: 'Crédits', metadata: { topup_id: 't1' }, footer: 'Merci' },
  },
  payment_intent_data: { metadata: { topup_id: 't1' }, description: '500 credits' },
  saved_payment_method_options: {
    allow_redisplay_filters: ['always', 'limited'],
    payment_method_save: 'enabled',
    payment_method_remove: 'enabled',
  },
  metadata: { topup_id: 't1' },
  submit_type: 'pay',
  success_url: 'http://app.test/billing/success?session_id={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://app.test/billing?canceled=1',
});

export const aCard = (
  number = '4242424242424242',
  more: Record<string, string> = {},
): Record<string, string> => ({
  number,
  expiry: '12 / 30',
  cvc: '123',
  name: 'Ada Lovelace',
  country: 'GB',
  line1: '12 St James’s Square',
  city: 'London',
  postcode: 'SW1A 1AA',
  ...more,
});
