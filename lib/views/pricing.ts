import { type Credits, credits } from '@/lib/domain/credits';
import { multipliersOf } from '@/lib/domain/multipliers';
import { boundsOfSale } from '@/lib/domain/package-of';
import type { PriceBook } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

/** What the price book says, for programs. */
export type Pricing = Pick<PriceBook, 'currency' | 'services'> & {
  rate: PriceBook['credit']['rate'];
  welcome: Credits;
};

export function readPricing(): Pricing {
  const { currency, services, credit, grants } = priceBook();
  return { currency, services, rate: credit.rate, welcome: grants.welcome ?? credits(0n) };
}

/** What a unit of each service costs. */
export const readMultipliers = () => multipliersOf(priceBook());

/** Between which amounts credits are bought, and how many there are for a dollar. */
export function readSale() {
  const book = priceBook();
  const { creditUnits, priceCents } = book.credit.rate;
  return {
    ...boundsOfSale(book),
    currency: book.currency,
    perDollar: credits((100n * creditUnits) / priceCents),
  };
}
