import { Stripe } from 'stripe';

import { sandboxUrl } from './addresses';

const { hostname, port } = new URL(sandboxUrl);

/** Stripe as the app asks it, for what a story needs to be there already. */
export const stripe = new Stripe('sk_test_story12345678', { host: hostname, port, protocol: 'http' });
