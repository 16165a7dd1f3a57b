import { setTimeout as sleep } from 'node:timers/promises';

import { Stripe } from 'stripe';

import type { StripeRefusal } from '@/lib/domain/decline';

import { stripe } from './client';
import { stepOnce } from './create-once';
import { orUnavailable } from './unavailable';

/** The card that was tried. */
type TriedCard = { brand: string | null; last4: string | null; fingerprint: string | null };

/** What Stripe says of the payment of an invoice, now. */
export type InvoicePayment = {
  /**
   * untried · authenticating: the bank's page is open to the customer · authentication-required: the bank waits, and
   * nobody was sent there, or the challenge failed · canceled: no further attempt is taken.
   */
  state:
    | 'untried'
    | 'authenticating'
    | 'authentication-required'
    | 'declined'
    | 'processing'
    | 'succeeded'
    | 'canceled';
  refusal: StripeRefusal;
  paymentMethod: string | null;
  card: TriedCard | null;
  /** The bank's page. Short-lived: it is never kept or mailed. */
  challengeUrl: string | null;
};

export async function readPayment(id: string): Promise<InvoicePayment> {
  return paymentOf(await orUnavailable(stripe().paymentIntents.retrieve(id, { expand: ['payment_method'] })));
}

type Attempt = { key: string; paymentMethod: string; returnUrl: string };

/**
 * Tries to pay with a card while the customer is there; null where Stripe takes no attempt in this way. The same key
 * is the same attempt, and is answered the same. Throws `payment_unavailable` where its outcome is unknown.
 */
export async function confirmPayment(
  id: string,
  { key, paymentMethod, returnUrl }: Attempt,
): Promise<InvoicePayment | null> {
  const confirming = stepOnce(key, (options) =>
    onceFree(() =>
      stripe().paymentIntents.confirm(
        id,
        { payment_method: paymentMethod, return_url: returnUrl, expand: ['payment_method'] },
        options,
      ),
    ),
  );
  return confirming.then(paymentOf, ofRefusal);
}

function ofRefusal(error: unknown): InvoicePayment | null {
  if (error instanceof Stripe.errors.StripeCardError && error.payment_intent !== undefined) {
    return paymentOf(error.payment_intent);
  }
  const isRefused =
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    (error.code === 'payment_intent_unexpected_state' || error.param === 'payment_method');
  if (isRefused) return null;
  throw error;
}

const LOOKS = 20;
const BETWEEN_LOOKS_MS = 250;

/** A second click finds the first one's call under way: its answer is the answer to both. */
async function onceFree<T>(call: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await call();
    } catch (error) {
      const isInUse =
        error instanceof Stripe.errors.StripeAPIError && error.code === 'idempotency_key_in_use';
      if (!isInUse || looks === LOOKS) throw error;
      await sleep(BETWEEN_LOOKS_MS);
    }
  }
}

function paymentOf(intent: Stripe.PaymentIntent): InvoicePayment {
  const { last_payment_error: error, next_action: action } = intent;
  const refusal = {
    code: error?.code ?? null,
    declineCode: error?.decline_code ?? null,
    adviceCode: error?.advice_code ?? null,
  };
  const method =
    intent.payment_method === null || typeof intent.payment_method === 'string'
      ? (error?.payment_method ?? null)
      : intent.payment_method;
  const challengeUrl = action?.redirect_to_url?.url ?? null;
  return {
    state: stateOf(intent, { refusal, challengeUrl }),
    refusal,
    paymentMethod: method?.id ?? (typeof intent.payment_method === 'string' ? intent.payment_method : null),
    card: method?.card
      ? { brand: method.card.brand, last4: method.card.last4, fingerprint: method.card.fingerprint ?? null }
      : null,
    challengeUrl,
  };
}

function stateOf(
  { status, last_payment_error: error }: Stripe.PaymentIntent,
  { refusal, challengeUrl }: Pick<InvoicePayment, 'refusal' | 'challengeUrl'>,
): InvoicePayment['state'] {
  const ended = (['succeeded', 'canceled', 'processing'] as const).find((known) => known === status);
  if (ended !== undefined) return ended;
  if (status === 'requires_action')
    return challengeUrl === null ? 'authentication-required' : 'authenticating';
  if (error === null) return 'untried';
  return isAuthentication(refusal) ? 'authentication-required' : 'declined';
}

const AUTHENTICATION = [
  'authentication_required',
  'authentication_not_handled',
  'payment_intent_authentication_failure',
];
/** Whether a bank refused only because its customer has not confirmed. */
export const isAuthentication = ({ code, declineCode }: Pick<StripeRefusal, 'code' | 'declineCode'>) =>
  [code, declineCode].some((said) => AUTHENTICATION.includes(said ?? ''));
