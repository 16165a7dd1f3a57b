import { type Decline, type DeclineClass, declineOf, type StripeRefusal } from './decline';

/** Attempts to pay are numbered from one. A fact belongs to the attempt whose outcome it is, whenever it was read. */
type OfAttempt = { readonly attempt: number };

/** What Stripe, or the customer, makes true of a payment that did not come by itself. */
export type PaymentFact =
  /** The bank waits for the customer: an off-session charge was held back, or a challenge failed. */
  | (OfAttempt & { readonly kind: 'authentication-required' })
  /** The customer was sent to the bank and is not back. */
  | (OfAttempt & { readonly kind: 'authenticating' })
  /** The bank has not said so yet. */
  | (OfAttempt & { readonly kind: 'processing' })
  | (OfAttempt & { readonly kind: 'declined'; readonly decline: DeclineClass })
  | { readonly kind: 'paid' }
  /** The invoice was voided because the customer gave up. */
  | { readonly kind: 'given-up' }
  /** The invoice was voided because too much time passed, or Stripe took no further attempt. */
  | { readonly kind: 'lapsed' };

/** How far a recovery has come is the fact that counts most: nothing else is kept, so no order of telling matters. */
export type Recovery = PaymentFact;
type RecoveryState = Recovery['kind'];

/** From what is overtaken first to what nothing overtakes. Money that came is true even of what was given up. */
const ENDS: readonly RecoveryState[] = ['lapsed', 'given-up', 'paid'];
/** Within one attempt: an outcome overtakes what leads to it. */
const STEPS: readonly RecoveryState[] = [
  'authenticating',
  'processing',
  'authentication-required',
  'declined',
];
/** Two answers to one attempt cannot both be true; the more careful one is believed. */
const CARE: readonly DeclineClass[] = ['retry-later', 'needs-customer', 'another-card'];

/** The recovery after a fact. Told again, late or in another order, facts lead to the same recovery. */
export const recoveryAfter = (recovery: Recovery | null, fact: PaymentFact): Recovery =>
  recovery === null || overtakes(fact, recovery) ? fact : recovery;

function overtakes(fact: PaymentFact, recovery: Recovery): boolean {
  const [a, b] = [rankOf(fact), rankOf(recovery)];
  const place = a.findIndex((rank, place) => rank !== b[place]);
  return place !== -1 && (a[place] ?? 0) > (b[place] ?? 0);
}

const rankOf = (fact: PaymentFact): readonly number[] => [
  ENDS.indexOf(fact.kind),
  'attempt' in fact ? fact.attempt : 0,
  STEPS.indexOf(fact.kind),
  fact.kind === 'declined' ? CARE.indexOf(fact.decline) : 0,
];

/** Whether the payment needs nobody any more: paid, or its invoice voided. */
export const isEnded = ({ kind }: Recovery): boolean => ENDS.includes(kind);

/** Whether there is something for the customer to do: not while the bank decides. */
export const waitsForCustomer = (recovery: Recovery): boolean =>
  !isEnded(recovery) && recovery.kind !== 'processing';

/** What a customer can do about a payment. */
export type RecoveryAction = 'authenticate' | 'retry' | 'another-saved-card' | 'new-card' | 'give-up';

/** What is offered, the likeliest first. Nothing while the bank decides, so that nobody pays twice. */
export function actionsOf(
  recovery: Recovery,
  { hasOtherCards }: { hasOtherCards: boolean },
): RecoveryAction[] {
  const others: RecoveryAction[] = [
    ...(hasOtherCards ? (['another-saved-card'] as const) : []),
    'new-card',
    'give-up',
  ];
  if (recovery.kind === 'declined') {
    return recovery.decline === 'another-card' ? others : ['retry', ...others];
  }
  return WAITS_FOR_CUSTOMER.includes(recovery.kind) ? ['authenticate', ...others] : [];
}

const WAITS_FOR_CUSTOMER: readonly RecoveryState[] = ['authentication-required', 'authenticating'];

/** Why a payment did not come, and what helps. A bank that only waits for its customer has refused nothing. */
export const reasonOf = (recovery: Recovery, refusal: StripeRefusal): Decline =>
  recovery.kind === 'declined' || refusal.code !== null
    ? declineOf(refusal)
    : declineOf({ ...refusal, code: 'authentication_required' });
