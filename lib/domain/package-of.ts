import { type Cents, cents, type Credits, credits } from './credits';
import type { FreeAmount, Package, PriceBook } from './price-book';

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
  if (!sells(sale, amount)) return null;
  return { id: `amount-${amount}`, credits: creditsFor(book, amount), priceCents: amount };
}

/** Whether a free amount may be this one. */
export const sells = ({ leastCents, mostCents, stepCents }: FreeAmount, amount: Cents): boolean =>
  amount >= leastCents && amount <= mostCents && amount % stepCents === 0n;

/** What `amount` buys at the rate of the credit. Exact: a valid book sells no amount that leaves a fraction of a unit. */
export const creditsFor = ({ credit: { rate } }: Pick<PriceBook, 'credit'>, amount: Cents): Credits =>
  credits((amount * rate.creditUnits) / rate.priceCents);

/** The least and the most money that the book sells for at once. */
export function boundsOfSale({ sale }: PriceBook): { least: Cents; most: Cents } {
  if (sale.kind === 'free-amount') return { least: sale.leastCents, most: sale.mostCents };
  const prices = sale.packages.map(({ priceCents }) => priceCents).toSorted((a, b) => (a < b ? -1 : 1));
  return { least: prices[0] ?? cents(0n), most: prices.at(-1) ?? cents(0n) };
}
