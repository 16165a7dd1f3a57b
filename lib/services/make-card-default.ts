import type { CardById } from '@/lib/contracts/card';
import type { AccountCtx } from '@/lib/db/context';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { AppError } from '@/lib/domain/app-error';
import { expiryOf } from '@/lib/domain/card';
import { chooseDefault } from '@/lib/stripe/cards';

import { noSuchCard, ownCard } from './own-card';
import { refreshCards } from './refresh-cards';

/** Has automatic payments charged to another card from now on. One that has expired is refused. */
export async function makeCardDefault(ctx: AccountCtx, { id }: CardById): Promise<CardById> {
  const card = await ownCard(ctx, id);
  if (expiryOf(card, ctx.now) === 'expired') {
    throw new AppError('conflict', 'This card has expired, so it cannot be charged. Add one that is good.');
  }
  const [customer] = await listStripeCustomers(ctx.db, ctx.accountId);
  const isChosen = customer !== undefined && (await chooseDefault(customer, card.paymentMethod));
  await refreshCards(ctx);
  if (!isChosen) throw noSuchCard();
  return { id };
}
