import { Stripe } from 'stripe';

/** For `catch`: Stripe has no such object, or has it no more. */
export function nullWhenMissing(error: unknown): null {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing')
    return null;
  throw error;
}
