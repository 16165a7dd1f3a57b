import type { StartTopUp, TopUpStarted } from '@/lib/contracts/top-up';
import type { MemberCtx } from '@/lib/db/context';
import { findTopUp, type TopUpRow } from '@/lib/db/top-ups';
import { AppError } from '@/lib/domain/app-error';
import { packageOf } from '@/lib/domain/package-of';
import type { Package } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

import { openPaymentPage, promise } from './open-payment-page';
import { settleTopUp } from './settle-top-up';

/** A member buys: promises credits for a price and opens the page where they pay. The same id is the same purchase. */
export async function startTopUp(ctx: MemberCtx, wanted: StartTopUp): Promise<TopUpStarted> {
  const offered = packageOf(priceBook(), wanted.packageId);
  if (!offered)
    throw new AppError('invalid_input', 'This package is not on offer. Please choose another one.');

  const topUp = await promised(ctx, wanted.id, offered);
  if (topUp.packageId !== offered.id) {
    throw new AppError('conflict', 'This purchase was started with another package. Please start it again.');
  }
  const { url } = await openPaymentPage(ctx, topUp);
  return { id: topUp.id, checkoutUrl: url };
}

/** One that has its payment page already is first told what became of it, should no event have come. */
async function promised(ctx: MemberCtx, id: string, offered: Package): Promise<TopUpRow> {
  const kept = await promise(ctx, id, offered);
  if (kept.stripeSession === null) return kept;
  await settleTopUp(ctx, kept);
  return (await findTopUp(ctx.db, kept)) ?? kept;
}
