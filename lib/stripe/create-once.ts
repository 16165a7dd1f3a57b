import { Stripe } from 'stripe';

import { orUnavailable } from './unavailable';

type Create<T> = (options: { idempotencyKey: string }) => Promise<T>;

// Each stands for one more time that Stripe failed inside; after so many, trying on is not for this minute.
const MOST_KEYS = 5;

/**
 * Creates something that costs nothing by itself, once a key. Stripe keeps its own failures under a key for a day and
 * repeats them: such a key is spent, and the next one is tried, so that a bad minute at Stripe is not a bad day for
 * the customer. Not for payments: there a failure's outcome must be looked up first.
 */
export function createOnce<T>(key: string, create: Create<T>): Promise<T> {
  return orUnavailable(firstThatHolds(key, create));
}

async function firstThatHolds<T>(key: string, create: Create<T>, spent = 0): Promise<T> {
  try {
    return await create({ idempotencyKey: spent === 0 ? key : `${key}/${spent}` });
  } catch (error) {
    if (spent === MOST_KEYS || !isKeptFailure(error)) throw error;
    return firstThatHolds(key, create, spent + 1);
  }
}

const isKeptFailure = (error: unknown) =>
  error instanceof Stripe.errors.StripeAPIError &&
  (error.statusCode ?? 0) >= 500 &&
  error.headers?.['idempotent-replayed'] === 'true';
