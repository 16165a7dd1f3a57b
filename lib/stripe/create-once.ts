import { setTimeout as sleep } from 'node:timers/promises';

import { Stripe } from 'stripe';

import { orUnavailable } from './unavailable';

type Options = { idempotencyKey: string; maxNetworkRetries: 0 };
type Create<T> = (options: Options) => Promise<T>;

const TRIES = 3;
const FIRST_PAUSE_MS = 300;

/**
 * Creates something that costs nothing by itself, once a key. Stripe keeps its own failures under a key for a day and
 * repeats them: such a key is spent, and the next one is tried, so that a bad minute at Stripe is not a bad day for
 * the customer. Not for payments: there a failure's outcome must be looked up first.
 */
export function createOnce<T>(key: string, create: Create<T>): Promise<T> {
  return orUnavailable(firstThatHolds(key, create));
}

/**
 * One step towards a payment, for which the caller has just looked up that it is not done. A failure that Stripe kept
 * under the key is thereby known to have done nothing, and the next key is tried; any other failure is thrown, to be
 * looked up before the next try.
 */
export function stepOnce<T>(key: string, step: Create<T>): Promise<T> {
  return orUnavailable(firstNotKept(key, step));
}

async function firstNotKept<T>(key: string, step: Create<T>): Promise<T> {
  for (let spent = 0; ; spent += 1) {
    try {
      return await step({ idempotencyKey: keyAfter(key, spent), maxNetworkRetries: 0 });
    } catch (error) {
      if (failureOf(error) !== 'kept') throw error;
    }
  }
}

const keyAfter = (key: string, spent: number) => (spent === 0 ? key : `${key}/${spent}`);

async function firstThatHolds<T>(key: string, create: Create<T>): Promise<T> {
  let spent = 0;
  for (let failures = 0; ;) {
    try {
      // The library's own retry would make a failure of now look like one that was kept.
      return await create({ idempotencyKey: keyAfter(key, spent), maxNetworkRetries: 0 });
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'refusal') throw error;
      if (failure !== 'kept') failures += 1;
      if (failures === TRIES) throw error;
      if (failure === 'passing') await sleep(FIRST_PAUSE_MS * 2 ** failures);
      else spent += 1;
    }
  }
}

/** kept: from an earlier try, repeated · inside: of this try, and kept from now on · passing: the key is as it was. */
function failureOf(error: unknown): 'kept' | 'inside' | 'passing' | 'refusal' {
  if (error instanceof Stripe.errors.StripeAPIError && (error.statusCode ?? 0) >= 500) {
    return error.headers?.['idempotent-replayed'] === 'true' ? 'kept' : 'inside';
  }
  const isPassing =
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeRateLimitError;
  return isPassing ? 'passing' : 'refusal';
}
