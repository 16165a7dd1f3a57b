import type { AccountCtx } from '@/lib/db/context';
import { findTopUpOfSession } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';

import { settleTopUp } from './settle-top-up';

/**
 * The customer is back from the payment page. The address they came back with only names a page of their own
 * account; what happened there is asked. The purchase's id, or null when this account never opened such a page.
 */
export async function returnFromCheckout(ctx: AccountCtx, session: string): Promise<string | null> {
  const topUp = await findTopUpOfSession(ctx.db, { accountId: ctx.accountId, session });
  if (!topUp) return null;

  await settleTopUp(ctx, topUp).catch((error: unknown) => {
    // The webhook or the next look at this page will find out; the customer need not.
    if (!(error instanceof AppError && error.code === 'payment_unavailable')) throw error;
  });
  return topUp.id;
}
