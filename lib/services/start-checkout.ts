import type { BuyerCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import type { Cents, Credits } from '@/lib/domain/credits';
import { formatMoney } from '@/lib/domain/format';
import { boundsOfSale, packageFor, packageOf } from '@/lib/domain/package-of';
import type { Package, PriceBook } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

import { openPaymentPage, pageOf, type PaymentPage, promise } from './open-payment-page';
import { keyReused } from './refusals';

/** What is to be bought, and by which field of the request that was said. */
export type Wanted = ({ packageId: string } | { amount: Cents }) & { param: string };

export type CheckoutStarted = {
  id: string;
  packageId: string;
  credits: Credits;
  price: Cents;
  currency: string;
  page: PaymentPage;
  isReplay: boolean;
};

/** A program buys. The same id has the same answer for good, whether the page was paid on since or not. */
export async function startCheckout(
  ctx: BuyerCtx,
  { id, wanted }: { id: string; wanted: Wanted },
): Promise<CheckoutStarted> {
  const offered = offerOf(priceBook(), wanted);
  const topUp = await promise(ctx, { id, offered, savesCard: false });
  if (topUp.packageId !== offered.id) throw keyReused();

  const { packageId, credits, priceCents, currency } = topUp;
  const known = pageOf(topUp);
  const page = known ?? (await openPaymentPage(ctx, topUp));
  return { id, packageId, credits, price: priceCents, currency, page, isReplay: known !== null };
}

function offerOf(book: PriceBook, wanted: Wanted): Package {
  const offered = 'packageId' in wanted ? packageOf(book, wanted.packageId) : packageFor(book, wanted.amount);
  if (offered) return offered;
  throw new AppError('invalid_input', `${wanted.param}: ${whatIsSold(book)}`, { param: wanted.param });
}

function whatIsSold(book: PriceBook): string {
  const { sale, currency } = book;
  const said = (amount: Cents) => formatMoney(amount, currency);
  if (sale.kind === 'packages') {
    const list = sale.packages.map(({ id, priceCents }) => `${id} for ${said(priceCents)}`).join(', ');
    return `only these packages are sold: ${list}.`;
  }
  const { least, most } = boundsOfSale(book);
  return `must be from ${said(least)} to ${said(most)}, in steps of ${said(sale.stepCents)}.`;
}
