import type { AutoTopUpRule } from './auto-top-up';
import { type Card, type KeptCard, olderFirst } from './card';

type Seen = {
  /** The default at Stripe, whether or not it is still there. */
  chosen: string | null;
  /** Ids of the cards that were there before. */
  known: ReadonlySet<string>;
};

/**
 * Which card is the default of those that are there now. A card that was there before is never made it: where the default
 * was taken away, only its owner says which other one may be charged.
 */
export function defaultAfter(cards: readonly Card[], { chosen, known }: Seen): string | null {
  const added = cards.filter(({ paymentMethod }) => !known.has(paymentMethod)).toSorted(olderFirst);
  const standing = cards.find(({ paymentMethod }) => paymentMethod === chosen);
  if (standing === undefined) return added[0]?.paymentMethod ?? null;
  // The same card saved anew has its newer date.
  const renewed = added.findLast(
    (card) => card.fingerprint === standing.fingerprint && olderFirst(standing, card) < 0,
  );
  return (renewed ?? standing).paymentMethod;
}

type CardOfRule = Pick<AutoTopUpRule, 'enabled'> & { readonly paymentMethod: string | null };

/** Whether a card is the one that auto top-up charges: the rule's own, or else the default. */
export const isChargedBy = (rule: CardOfRule, card: Pick<KeptCard, 'paymentMethod' | 'isDefault'>): boolean =>
  rule.enabled && (rule.paymentMethod === null ? card.isDefault : card.paymentMethod === rule.paymentMethod);

/** Whether auto top-up is on and has nothing left to charge. */
export const lacksCard = (rule: CardOfRule, cards: readonly KeptCard[]): boolean =>
  rule.enabled && !cards.some((card) => isChargedBy(rule, card));
