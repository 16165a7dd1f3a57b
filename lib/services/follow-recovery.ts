import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { findRecovery, keepNews, type News, type RecoveryRow } from '@/lib/db/recoveries';
import { findTopUp, lockTopUp, markStatus } from '@/lib/db/top-ups';
import { declineOf } from '@/lib/domain/decline';
import { isEnded } from '@/lib/domain/recovery';
import { type InvoicePayment, readPayment } from '@/lib/stripe/payments';

import { settleTopUp, type TopUpKey } from './settle-top-up';

/**
 * Asks Stripe what became of a payment that needs its customer, wherever they paid it or tried to, and takes it in.
 * Null where the payment needs nobody and never did.
 */
export async function followRecovery(ctx: Ctx, key: TopUpKey): Promise<RecoveryRow | null> {
  await settleTopUp(ctx, key);
  const [row, topUp] = await Promise.all([findRecovery(ctx.db, key), findTopUp(ctx.db, key)]);
  if (row === null || topUp === null || topUp.stripePayment === null || isEnded(row.recovery)) return row;
  const news = newsOf(await readPayment(topUp.stripePayment), row.attempt);
  if (news === null) return row;
  return inTransaction(ctx.db, async (tx) => {
    const { status } = (await lockTopUp(tx, key)) ?? topUp;
    // The bank took its time, and then refused.
    if (status === 'processing' && news.fact.kind !== 'processing') await markStatus(tx, key, 'open');
    return keepNews(tx, key, { ...news, at: ctx.now });
  });
}

/** What Stripe says, as the outcome of an attempt; null where it says nothing of one. */
export function newsOf({ state, refusal, card }: InvoicePayment, attempt: number): News | null {
  if (state === 'untried') return null;
  if (state === 'canceled') return { fact: { kind: 'lapsed' } };
  // The invoice says so in a moment, and then it is credited.
  if (state === 'succeeded') return { fact: { kind: 'processing', attempt }, card };
  return state === 'declined'
    ? { fact: { kind: state, attempt, decline: declineOf(refusal).class }, refusal, card }
    : { fact: { kind: state, attempt }, refusal, card };
}
