import type { AccountCtx } from '@/lib/db/context';
import { findTopUpOfSession } from '@/lib/db/top-ups';

import { ifAnswered } from './if-answered';
import { refreshCards } from './refresh-cards';
import { settleIfAnswered } from './settle-top-up';

export type ReturnedPurchase = {
  topUpId: string;
  /** False while Stripe cannot be asked: then nothing certain can be said about the money. */
  isCertain: boolean;
};

/**
 * The customer is back from the payment page. The address they came back with only names a page of their own
 * account; what happened there is asked. Null when this account never opened such a page.
 */
export async function returnFromCheckout(ctx: AccountCtx, session: string): Promise<ReturnedPurchase | null> {
  const topUp = await findTopUpOfSession(ctx.db, { accountId: ctx.accountId, session });
  if (!topUp) return null;

  const isCertain = await settleIfAnswered(ctx, topUp);
  if (topUp.savesCard) await ifAnswered(refreshCards(ctx));
  return { topUpId: topUp.id, isCertain };
}
