import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { findTopUp } from '@/lib/db/top-ups';
import { isByPayment } from '@/lib/domain/auto-top-up';
import { type Card, endOfCard } from '@/lib/domain/card';
import { readCards } from '@/lib/stripe/cards';
import { readPayment } from '@/lib/stripe/payments';

/**
 * The saved card that a refused payment was made with, where auto top-up still waits for the one that was refused: its
 * owner may have it charged from now on. Null where there is nothing to offer.
 */
export async function cardToGoOnWith(
  { db, accountId, now }: AccountCtx,
  topUpId: string,
): Promise<Card | null> {
  const key = { accountId, id: topUpId };
  const [row, topUp, rule] = await Promise.all([
    findRecovery(db, key),
    findTopUp(db, key),
    findAutoTopUpRule(db, accountId),
  ]);
  const payment = topUp?.stripePayment ?? null;
  if (row?.recovery.kind !== 'paid' || payment === null) return null;
  // A rule that names its card is changed with a new consent, on its own page.
  if (rule === null || !rule.enabled || !isByPayment(rule.paused) || rule.paymentMethod !== null) return null;

  const [customer] = await listStripeCustomers(db, accountId);
  if (customer === undefined) return null;
  const [{ cards, chosen }, paid] = await Promise.all([readCards(customer), readPayment(payment)]);
  const card = cards.find(({ fingerprint }) => fingerprint === paid.card?.fingerprint);
  return card === undefined || card.paymentMethod === chosen || endOfCard(card) <= now ? null : card;
}
