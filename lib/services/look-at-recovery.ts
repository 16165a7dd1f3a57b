import type { AccountCtx } from '@/lib/db/context';
import { findRecovery } from '@/lib/db/recoveries';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { findTopUp } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { isEnded } from '@/lib/domain/recovery';
import { readPayment } from '@/lib/stripe/payments';
import { listCards, type SavedCard } from '@/lib/stripe/saved-cards';

import { followRecovery } from './follow-recovery';

/** What a customer can pay with, the newest first, and which of them was tried last. */
export type RecoveryCards = { cards: SavedCard[]; tried: string | null };

/** For the page of a payment: takes in what is true, and says what it can be paid with; null while Stripe is silent. */
export async function lookAtRecovery(
  ctx: AccountCtx,
  { topUpId }: { topUpId: string },
): Promise<RecoveryCards | null> {
  try {
    return await look(ctx, topUpId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'payment_unavailable') return null;
    throw error;
  }
}

async function look(ctx: AccountCtx, id: string): Promise<RecoveryCards> {
  const { db, accountId, now } = ctx;
  const key = { accountId, id };
  const known = await findRecovery(db, key);
  const row = known === null || isEnded(known.recovery) ? known : await followRecovery(ctx, key);
  if (row === null || isEnded(row.recovery)) return { cards: [], tried: null };

  const [customer] = await listStripeCustomers(db, accountId);
  const [cards, tried] = await Promise.all([
    customer === undefined ? [] : listCards(customer, now),
    triedIn((await findTopUp(db, key))?.stripePayment ?? null),
  ]);
  return { cards, tried: cards.some(({ paymentMethod }) => paymentMethod === tried) ? tried : null };
}

const triedIn = async (payment: string | null) =>
  payment === null ? null : (await readPayment(payment)).paymentMethod;
