import type { AutoTopUpSettings } from './auto-top-up';
import { type Cents, cents, type Credits } from './credits';
import type { AutoTopUpBook } from './price-book';
import { ratio, rounded } from './ratio';

/** What an automatic purchase can cost: a multiple of `stepCents` within bounds. */
export type PriceRange = {
  readonly leastCents: Cents;
  /** Null where only the rules of auto top-up bound it. */
  readonly mostCents: Cents | null;
  readonly stepCents: Cents;
};

/** A free amount's own range. Beside packages: from the cheapest package on, at the rate of the credit. */
export function priceRangeOf({ sale, credit: { rate } }: AutoTopUpBook): PriceRange {
  if (sale.kind === 'free-amount') return sale;
  const step = rate.priceCents / commonDivisor(rate.priceCents, rate.creditUnits);
  const prices = sale.packages.map(({ priceCents }) => priceCents);
  const cheapest = prices.reduce((least, price) => (price < least ? price : least), prices[0] ?? cents(0n));
  return { leastCents: inSteps(cheapest, 'up', step), mostCents: null, stepCents: cents(step) };
}

/** The least price that buys `amount` at the rate of the credit. */
export const priceFor = (
  { credit: { rate } }: AutoTopUpBook,
  { stepCents }: PriceRange,
  amount: Credits,
): Cents =>
  cents(rounded(ratio(amount * rate.priceCents, rate.creditUnits), { direction: 'up', step: stepCents }));

/** As much of `price` as whole steps make up. */
export const wholeSteps = (price: Cents, { stepCents }: PriceRange): Cents =>
  inSteps(price, 'down', stepCents);

/** What a rule of this size charges from an empty balance. */
export function fullPriceOf(size: AutoTopUpSettings['size'], book: AutoTopUpBook, range: PriceRange): Cents {
  if (size.mode === 'amount') return size.amountCents;
  const { leastCents, mostCents } = range;
  const price = priceFor(book, range, size.target);
  if (mostCents !== null && price > mostCents) return mostCents;
  return price > leastCents ? price : leastCents;
}

/** What no automatic purchase of this book exceeds, whatever the rule. */
export function largestPriceOf(book: AutoTopUpBook, range: PriceRange): Cents {
  const { size } = book.autoTopUp;
  return size.mode === 'amount'
    ? size.amountCents.most
    : fullPriceOf({ mode: 'target', target: size.target.most }, book, range);
}

const inSteps = (price: bigint, direction: 'up' | 'down', step: bigint) =>
  cents(rounded(ratio(price), { direction, step }));

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b));
