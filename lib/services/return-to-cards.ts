import { areCardsKnown } from '@/lib/db/cards';
import type { AccountCtx } from '@/lib/db/context';
import { listStripeCustomers } from '@/lib/db/stripe-customers';

import { ifAnswered } from './if-answered';
import { refreshCards } from './refresh-cards';

/** Before a customer looks at their cards: what may have happened at Stripe is asked, and what was never asked is. */
export async function returnToCards(ctx: AccountCtx, { isBack }: { isBack: boolean }): Promise<void> {
  const [customer] = await listStripeCustomers(ctx.db, ctx.accountId);
  if (customer === undefined) return;
  if (isBack || !(await areCardsKnown(ctx.db, customer))) await ifAnswered(refreshCards(ctx));
}
