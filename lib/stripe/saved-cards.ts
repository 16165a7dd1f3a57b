import { Stripe } from 'stripe';

import { stripe } from './client';
import { orUnavailable } from './unavailable';

/** A card that a customer keeps at Stripe. */
export type SavedCard = { paymentMethod: string; brand: string; last4: string; isExpired: boolean };

/** A customer's cards, the newest first, as they are at `now`. None where the customer is gone. */
export async function listCards(customer: string, now: Date): Promise<SavedCard[]> {
  const listing = stripe().customers.listPaymentMethods(customer, { type: 'card', limit: 100 });
  const page = await orUnavailable(listing.catch(noneWhenGone));
  return page.data.flatMap(({ id, card }) =>
    card
      ? [{ paymentMethod: id, brand: card.brand, last4: card.last4, isExpired: hasExpired(card, now) }]
      : [],
  );
}

// A card is good to the end of its month.
const hasExpired = ({ exp_month: month, exp_year: year }: Stripe.PaymentMethod.Card, now: Date) =>
  now.getTime() >= Date.UTC(year, month, 1);

function noneWhenGone(error: unknown): { data: Stripe.PaymentMethod[] } {
  const isGone =
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
  if (isGone) return { data: [] };
  throw error;
}
