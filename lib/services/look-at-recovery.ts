import type { AccountCtx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { findTopUp } from '@/lib/db/top-ups';
import { type Card, endOfCard } from '@/lib/domain/card';
import { isEnded } from '@/lib/domain/recovery';
import { readCards } from '@/lib/stripe/cards';
import { readPayment } from '@/lib/stripe/payments';

import { cardToGoOnWith } from './card-to-go-on-with';
import { followRecovery } from './follow-recovery';
import { ifAnswered } from './if-answered';

type PayableCard = Pick<Card, 'paymentMethod' | 'brand' | 'last4'> & { isExpired: boolean };

export type RecoveryCards = {
  /** What a customer can pay with, the newest first. */
  cards: PayableCard[];
  /** Which of them was tried last. */
  tried: string | null;
  /** Once it is paid: what auto top-up could be charged to from now on. */
  goOnWith: Pick<Card, 'brand' | 'last4'> | null;
};

/** For the page of a payment: takes in what is true, and says what it can be paid with; null while Stripe is silent. */
export const lookAtRecovery = (
  ctx: AccountCtx,
  { topUpId }: { topUpId: string },
): Promise<RecoveryCards | null> => ifAnswered(look(ctx, topUpId));

async function look(ctx: AccountCtx, id: string): Promise<RecoveryCards> {
  const { db, accountId, now } = ctx;
  const key = { accountId, id };
  const known = await findRecovery(db, key);
  const row = known === null || isEnded(known.recovery) ? known : await followRecovery(ctx, key);
  if (row === null || isEnded(row.recovery))
    return { cards: [], tried: null, goOnWith: await cardToGoOnWith(ctx, id) };

  const [customer] = await listStripeCustomers(db, accountId);
  const [cards, tried] = await Promise.all([
    customer === undefined ? [] : payableCards(customer, now),
    triedIn((await findTopUp(db, key))?.stripePayment ?? null),
  ]);
  const isKept = cards.some(({ paymentMethod }) => paymentMethod === tried);
  return { cards, tried: isKept ? tried : null, goOnWith: null };
}

async function payableCards(customer: string, now: Date): Promise<PayableCard[]> {
  const { cards } = await readCards(customer);
  return cards
    .toSorted((a, b) => b.savedAt.getTime() - a.savedAt.getTime())
    .map((card) => ({
      paymentMethod: card.paymentMethod,
      brand: card.brand,
      last4: card.last4,
      isExpired: endOfCard(card) <= now,
    }));
}

const triedIn = async (payment: string | null) =>
  payment === null ? null : (await readPayment(payment)).paymentMethod;
