import type { CardById } from '@/lib/contracts/card';
import type { AccountCtx } from '@/lib/db/context';
import { detachCard } from '@/lib/stripe/cards';

import { ownCard } from './own-card';
import { refreshCards } from './refresh-cards';

/** Takes a card away for good, however often it was saved. Auto top-up that charges it is paused with it. */
export async function removeCard(ctx: AccountCtx, { id }: CardById): Promise<CardById> {
  const { copies } = await ownCard(ctx, id);
  // The one that is shown last, because it is the default: what fails half-way leaves everything going on.
  for (const { paymentMethod } of copies.toReversed()) await detachCard(paymentMethod);
  await refreshCards(ctx);
  return { id };
}
