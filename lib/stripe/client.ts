import { Stripe } from 'stripe';

import { env } from '@/lib/env';

// A customer waits for the redirect: long enough for a slow minute at Stripe, short enough not to look broken.
const TIMEOUT_MS = 15_000;

let client: Stripe | undefined;

/** The process's Stripe client. Host, port and protocol come from the environment and are nobody else's business. */
export const stripe = (): Stripe => (client ??= connect());

function connect(): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_API_HOST, STRIPE_API_PORT, STRIPE_API_PROTOCOL } = env();
  return new Stripe(STRIPE_SECRET_KEY, {
    ...(STRIPE_API_HOST === undefined ? {} : { host: STRIPE_API_HOST }),
    ...(STRIPE_API_PORT === undefined ? {} : { port: STRIPE_API_PORT }),
    ...(STRIPE_API_PROTOCOL === undefined ? {} : { protocol: STRIPE_API_PROTOCOL }),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
  });
}
