import { type Cents, cents, type Credits, credits } from './credits';
import type { Package, PriceBook } from './price-book';

/** What the buy page offers: the book's packages, or the amounts that a free amount suggests. */
export function packagesOf(book: PriceBook): readonly Package[] {
  if (book.sale.kind === 'packages') return book.sale.packages;
  return book.sale.presetsCents.flatMap((amount) => packageFor(book, amount) ?? []);
}

/** The package that `id` names, or null when the book does not sell it. A free amount's is `amount-` and its cents. */
export function packageOf(book: PriceBook, id: string): Package | null {
  if (book.sale.kind === 'packages') return book.sale.packages.find((offered) => offered.id === id) ?? null;
  const digits = /^amount-([1-9]\d{0,11})$/.exec(id)?.[1];
  return digits === undefined ? null : packageFor(book, cents(BigInt(digits)));
}

/** What `amount` of money buys, or null when the book does not sell for that amount. */
export function packageFor(book: PriceBook, amount: Cents): Package | null {
  const { sale } = book;
  if (sale.kind === 'packages') return sale.packages.find(({ priceCents }) => priceCents === amount) ?? null;
  const isOutside = amount < sale.leastCents || (sale.mostCents !== null && amount > sale.mostCents);
  if (isOutside || amount % sale.stepCents !== 0n) return null;
  return { id: `amount-${amount}`, credits: creditsFor(book, amount), priceCents: amount };
}

/** Exact: a valid book sells no amount that leaves a fraction of a unit. */
const creditsFor = ({ credit: { rate } }: PriceBook, amount: Cents): Credits =>
  credits((amount * rate.creditUnits) / rate.priceCents);
