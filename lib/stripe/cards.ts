import type Stripe from 'stripe';
import { Stripe as Sdk } from 'stripe';

import { stripe } from './client';
import { orUnavailable } from './unavailable';

/** A card as people tell it from another one. */
type CardFace = { brand: string; last4: string; expMonth: number; expYear: number };

/** The card that automatic payments of a customer are charged to. */
export type ChargeableCard =
  | { kind: 'missing' }
  | {
      kind: 'ok' | 'expired';
      paymentMethod: string;
      face: CardFace;
      /** The same for the same number, however often it is saved. */
      fingerprint: string | null;
    };

/** The card of that id, or else the customer's default, as it is at Stripe at `now`. */
export async function readCard(
  customer: string,
  { paymentMethod, now }: { paymentMethod: string | null; now: Date },
): Promise<ChargeableCard> {
  const method = await orUnavailable(
    paymentMethod === null ? defaultOf(customer) : ownMethod(customer, paymentMethod),
  );
  if (!method?.card) return { kind: 'missing' };
  const { brand, last4, exp_month: expMonth, exp_year: expYear, fingerprint } = method.card;
  // A card is good to the end of its month.
  const isExpired = now.getTime() >= Date.UTC(expYear, expMonth, 1);
  return {
    kind: isExpired ? 'expired' : 'ok',
    paymentMethod: method.id,
    face: { brand, last4, expMonth, expYear },
    fingerprint: fingerprint ?? null,
  };
}

/** The fingerprint of the card that a payment was last refused for; null where it was not. */
export async function refusedFingerprint(payment: string): Promise<string | null> {
  const intent = await orUnavailable(
    stripe().paymentIntents.retrieve(payment, { expand: ['payment_method'] }),
  );
  const refused = intent.last_payment_error?.payment_method ?? intent.payment_method;
  return typeof refused === 'object' ? (refused?.card?.fingerprint ?? null) : null;
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
