import { Stripe } from 'stripe';

import { AppError } from '@/lib/domain/app-error';
import { log } from '@/lib/log';

/** Nobody knows what became of the call: the same key must be used again, and nothing may be called failed. */
const isUnknownOutcome = (error: unknown) =>
  error instanceof Stripe.errors.StripeConnectionError ||
  error instanceof Stripe.errors.StripeAPIError ||
  error instanceof Stripe.errors.StripeRateLimitError;

/** Turns "Stripe did not answer" into a refusal that the customer can act on. Everything else is a bug and stays one. */
export async function orUnavailable<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!isUnknownOutcome(error)) throw error;
    log.warn({ err: error }, 'stripe did not answer');
    throw new AppError(
      'payment_unavailable',
      'The payment service did not answer. This click charged nothing. Please try again in a minute.',
    );
  }
}
