import type { AccountCtx } from '@/lib/db/context';
import { findTopUp } from '@/lib/db/top-ups';

import { settleIfAnswered } from './settle-top-up';

/** What became of a purchase whose payment page was left; `unknown` while Stripe cannot be asked. */
export type LeftCheckout =
  | { kind: 'unknown' }
  | { kind: 'not-charged'; packageId: string | null }
  | { kind: 'paid'; session: string };

/** The customer left the payment page by its way back. Usually nothing happened; another window may have paid it. */
export async function leaveCheckout(ctx: AccountCtx, id: string): Promise<LeftCheckout> {
  const key = { accountId: ctx.accountId, id };
  if (!(await findTopUp(ctx.db, key))) return { kind: 'unknown' };
  if (!(await settleIfAnswered(ctx, key))) return { kind: 'unknown' };

  const topUp = await findTopUp(ctx.db, key);
  if (!topUp) return { kind: 'unknown' };
  const isPaid = topUp.status === 'credited' || topUp.status === 'processing';
  return isPaid && topUp.stripeSession !== null
    ? { kind: 'paid', session: topUp.stripeSession }
    : { kind: 'not-charged', packageId: topUp.packageId };
}
