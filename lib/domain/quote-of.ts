import { type Credits, credits } from './credits';
import type { PriceBook } from './price-book';
import { type Priced, priceOf } from './price-of';
import type { PriceRefusal } from './price-refusal';
import type { Work } from './work';

/** What a list of work would cost now, and whether the account has it. Nothing is charged. */
export type Quote = {
  readonly kind: 'quoted';
  /** Of all together. */
  readonly amount: Credits;
  /** One for each piece of work, in the order asked. `priceOf` with its `amount` as quoted never costs more. */
  readonly priced: readonly Priced[];
  readonly available: Credits;
  readonly sufficient: boolean;
  /** What is missing; zero when nothing is. */
  readonly shortfall: Credits;
};

/** Every mistake in the list at once, each with its place. */
export type QuoteRefusal = {
  readonly kind: 'refused';
  readonly refusals: readonly (PriceRefusal & { readonly index: number })[];
};

/** `available` is the balance without what is held; below zero, what is owed is part of the shortfall. */
export function quoteOf(
  book: PriceBook,
  works: readonly Work[],
  { available }: { available: Credits },
): Quote | QuoteRefusal {
  const priced: Priced[] = [];
  const refusals: QuoteRefusal['refusals'][number][] = [];
  for (const [index, work] of works.entries()) {
    const price = priceOf(book, work);
    if (price.kind === 'priced') priced.push(price);
    else refusals.push({ ...price, index });
  }
  if (refusals.length > 0) return { kind: 'refused', refusals };

  const amount = priced.reduce((sum, price) => credits(sum + price.amount), credits(0n));
  const missing = amount - available;
  return {
    kind: 'quoted',
    amount,
    priced,
    available,
    sufficient: missing <= 0n,
    shortfall: credits(missing > 0n ? missing : 0n),
  };
}
