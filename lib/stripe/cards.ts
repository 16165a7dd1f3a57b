import type Stripe from 'stripe';

import { type Card, endOfCard } from '@/lib/domain/card';

import { stripe } from './client';
import { idOf } from './id-of';
import { nullWhenMissing } from './missing';
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
  return {
    kind: endOfCard({ expMonth, expYear }) <= now ? 'expired' : 'ok',
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

/** Every card that a customer saved, and which of them is said to be the default; none where the customer is gone. */
export type CustomerCards = { cards: Card[]; chosen: string | null };

// Nobody saves so many; a customer who does sees these.
const MOST_CARDS = 200;

export async function readCards(customer: string): Promise<CustomerCards> {
  const found = await orUnavailable(stripe().customers.retrieve(customer).catch(nullWhenMissing));
  if (found === null || found.deleted === true) return { cards: [], chosen: null };
  const methods = await orUnavailable(
    stripe()
      .customers.listPaymentMethods(customer, { type: 'card', limit: 100 })
      .autoPagingToArray({ limit: MOST_CARDS }),
  );
  return { cards: methods.flatMap(cardOf), chosen: idOf(found.invoice_settings.default_payment_method) };
}

function cardOf({ id, card, created }: Stripe.PaymentMethod): Card[] {
  if (card === undefined) return [];
  return [
    {
      paymentMethod: id,
      // Stripe always has one for a card; without it the card is like no other.
      fingerprint: card.fingerprint ?? id,
      brand: card.brand,
      last4: card.last4,
      expMonth: card.exp_month,
      expYear: card.exp_year,
      country: card.country,
      funding: card.funding,
      savedAt: new Date(created * 1_000),
    },
  ];
}

/** Has a customer's invoices charged to a card of theirs; false where it is theirs no more. */
export async function chooseDefault(customer: string, paymentMethod: string): Promise<boolean> {
  const choosing = stripe().customers.update(customer, {
    invoice_settings: { default_payment_method: paymentMethod },
  });
  return (await orUnavailable(choosing.catch(nullWhenMissing))) !== null;
}

/** Takes a card away for good. One that is gone already stays so. */
export async function detachCard(paymentMethod: string): Promise<void> {
  const detaching = stripe().paymentMethods.detach(paymentMethod);
  await orUnavailable(detaching).catch(async (error: unknown) => {
    if ((await readCustomerOfCard(paymentMethod)) !== null) throw error;
  });
}

/** Who has a card at Stripe now; nobody where it was taken away. */
export async function readCustomerOfCard(paymentMethod: string): Promise<string | null> {
  const reading = stripe().paymentMethods.retrieve(paymentMethod).catch(nullWhenMissing);
  return idOf((await orUnavailable(reading))?.customer);
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
