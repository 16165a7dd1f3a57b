import type { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import type { MemberCtx } from '@/lib/db/context';
import { findTopUp, listOpenTopUps, type TopUpRow } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { packageOf } from '@/lib/domain/package-of';
import type { Package } from '@/lib/domain/price-book';
import { expireCheckout } from '@/lib/stripe/checkout';
import { priceBook } from '@/price-books/price-book';

import { openPaymentPage, promise } from './open-payment-page';
import { settleTopUp } from './settle-top-up';

/** A member buys: promises credits for a price and opens the page where they pay. The same id is the same purchase. */
export async function startTopUp(ctx: MemberCtx, wanted: StartTopUp): Promise<TopUpStarted> {
  const offered = packageOf(priceBook(), wanted.packageId);
  if (!offered)
    throw new AppError('invalid_input', 'This package is not on offer. Please choose another one.');

  const topUp = await promised(ctx, wanted, offered);
  if (topUp.packageId !== offered.id || topUp.savesCard !== wanted.savesCard) {
    throw new AppError('conflict', 'This purchase was started in another way. Please start it again.');
  }
  if (topUp.stripeSession === null) await closeOlderPages(ctx, topUp);
  const { url } = await openPaymentPage(ctx, topUp);
  return { id: topUp.id, checkoutUrl: url };
}

/** One that has its payment page already is first told what became of it, should no event have come. */
async function promised(ctx: MemberCtx, { id, savesCard }: StartTopUp, offered: Package): Promise<TopUpRow> {
  const kept = await promise(ctx, { id, offered, savesCard });
  if (kept.stripeSession === null) return kept;
  await settleTopUp(ctx, kept);
  return (await findTopUp(ctx.db, kept)) ?? kept;
}

/** Who starts anew does not mean to pay for what they left: another window must not take the money for both. */
async function closeOlderPages(ctx: MemberCtx, { accountId, id }: TopUpRow): Promise<void> {
  const older = await listOpenTopUps(ctx.db, { accountId, startedBy: ctx.userId, except: id });
  for (const topUp of older) {
    if (topUp.stripeSession !== null) await expireCheckout(topUp.stripeSession);
    await settleTopUp(ctx, topUp);
  }
}
