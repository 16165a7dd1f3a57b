import type Stripe from 'stripe';
import { Stripe as Sdk } from 'stripe';

import { stripe } from './client';
import { orUnavailable } from './unavailable';

/** The card that automatic payments of a customer are charged to. */
export type ChargeableCard = { kind: 'ok'; paymentMethod: string } | { kind: 'missing' | 'expired' };

/** The card of that id, or else the customer's default, as it is at Stripe at `now`. */
export async function readCard(
  customer: string,
  { paymentMethod, now }: { paymentMethod: string | null; now: Date },
): Promise<ChargeableCard> {
  const method = await orUnavailable(
    paymentMethod === null ? defaultOf(customer) : ownMethod(customer, paymentMethod),
  );
  if (!method?.card) return { kind: 'missing' };
  const { exp_month: month, exp_year: year } = method.card;
  // A card is good to the end of its month.
  const isExpired = now.getTime() >= Date.UTC(year, month, 1);
  return isExpired ? { kind: 'expired' } : { kind: 'ok', paymentMethod: method.id };
}

async function defaultOf(id: string): Promise<Stripe.PaymentMethod | null> {
  const customer = await stripe()
    .customers.retrieve(id, { expand: ['invoice_settings.default_payment_method'] })
    .catch(nullWhenMissing);
  if (customer === null || customer.deleted === true) return null;
  const method = customer.invoice_settings.default_payment_method;
  return typeof method === 'string' ? null : method;
}

async function ownMethod(customer: string, id: string): Promise<Stripe.PaymentMethod | null> {
  const method = await stripe().paymentMethods.retrieve(id).catch(nullWhenMissing);
  return method?.customer === customer ? method : null;
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Sdk.errors.StripeInvalidRequestError && error.code === 'resource_missing') return null;
  throw error;
}
