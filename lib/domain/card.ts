/** A card that a customer saved, as Stripe describes it. */
export type Card = {
  /** Stripe's id of it: another one each time that the same card is saved. */
  readonly paymentMethod: string;
  /** The same for the same number. */
  readonly fingerprint: string;
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
  /** Where it was issued, as ISO 3166 writes it. */
  readonly country: string | null;
  readonly funding: string;
  readonly savedAt: Date;
};
export type KeptCard = Card & { readonly isDefault: boolean };

type Expiry = Pick<Card, 'expMonth' | 'expYear'>;

const DAY_MS = 86_400_000;

/** The first instant at which it is not good any more: it lasts to the end of its month. */
export const endOfCard = ({ expMonth, expYear }: Expiry): Date => new Date(Date.UTC(expYear, expMonth, 1));

/** How many days before its end the owner is told. */
export const NOTICE_DAYS = [7, 30] as const;
export type NoticeDays = (typeof NOTICE_DAYS)[number];

/** Which notice of its coming end a card calls for at `now`; none once it has ended. */
export function expiryNoticeOf(card: Expiry, now: Date): NoticeDays | null {
  const left = endOfCard(card).getTime() - now.getTime();
  if (left <= 0) return null;
  return NOTICE_DAYS.find((days) => left <= days * DAY_MS) ?? null;
}

/** How a card stands: `soon` from the first notice on. */
export function expiryOf(card: Expiry, now: Date): 'good' | 'soon' | 'expired' {
  if (endOfCard(card) <= now) return 'expired';
  return expiryNoticeOf(card, now) === null ? 'good' : 'soon';
}

/** Cards as people count them: one that was saved several times is one, and `copies` are all of it, itself first. */
export function onceEach(cards: readonly KeptCard[]): (KeptCard & { copies: readonly KeptCard[] })[] {
  const ranked = cards.toSorted((a, b) =>
    a.isDefault === b.isDefault ? newerFirst(a, b) : a.isDefault ? -1 : 1,
  );
  const copiesOf = (card: Card) => ranked.filter(({ fingerprint }) => fingerprint === card.fingerprint);
  return ranked
    .map((card) => ({ ...card, copies: copiesOf(card) }))
    .filter(({ paymentMethod, copies }) => copies[0]?.paymentMethod === paymentMethod);
}

const newerFirst = (a: Card, b: Card) => endOfCard(b).getTime() - endOfCard(a).getTime() || olderFirst(b, a);

/** In the order in which they were saved; two of the same second by their ids, so that everybody sees one order. */
export const olderFirst = (a: Card, b: Card): number =>
  a.savedAt.getTime() - b.savedAt.getTime() || (a.paymentMethod < b.paymentMethod ? -1 : 1);
