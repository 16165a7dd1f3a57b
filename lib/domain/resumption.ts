import type { AutoTopUpRule } from './auto-top-up';

type Pause = NonNullable<AutoTopUpRule['paused']>;

/** What is known of the cards when a customer wants a paused rule to go on. */
export type CardsSeen = {
  /** Of the card that would be charged next. */
  readonly card: 'ok' | 'missing' | 'expired';
  /** Stripe's mark of that card's number, the same however often it is saved; null where it is not known. */
  readonly fingerprint: string | null;
  /** Of the card that the bank last refused, while that payment can still be made; null once it cannot. */
  readonly refused: string | null;
};

/** Whether the account is so that anything may be charged by itself at all. */
type AccountSeen = { readonly isDisputed: boolean; readonly isStoppedByStaff: boolean };

export type Resumption = { readonly kind: 'resume' } | { readonly kind: 'stay'; readonly sentence: string };

/**
 * Whether a paused rule goes on because its customer says so. A card that was refused does not become another one by being
 * saved again, while the refused payment waits; after that, what bounds the attempts is the back-off.
 */
export function resumptionOf(
  paused: Pause,
  { card, fingerprint, refused }: CardsSeen,
  { isDisputed, isStoppedByStaff }: AccountSeen,
): Resumption {
  if (isStoppedByStaff) return stay(STOPPED);
  if (isDisputed) return stay(DISPUTED);
  if (card === 'missing') return stay('There is no card to charge: save one first, and make it the default.');
  if (card === 'expired') return stay('The card has expired: update it, or choose another one first.');
  const isSameCard = refused !== null && fingerprint === refused;
  if (isSameCard && paused === 'card-declined') return stay(DECLINED);
  if (isSameCard && paused === 'authentication-required') return stay(UNCONFIRMED);
  return { kind: 'resume' };
}

const STOPPED = 'Our support team has paused automatic top-up: only they can turn it on again.';
const DISPUTED =
  'A payment of this account is disputed at the bank: automatic top-up can go on when that is settled.';
const DECLINED =
  'Your bank declined this very card: complete that payment, or make another card the default first.';
const UNCONFIRMED =
  'Your bank still asks you to confirm a payment with this very card: do so, or make another card the default first.';

const stay = (sentence: string): Resumption => ({ kind: 'stay', sentence });
