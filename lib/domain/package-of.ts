import { type Cents, cents, type Credits, credits } from './credits';
import type { FreeAmount, Package, PriceBook } from './price-book';

/** What the buy page offers: the book's packages, or the amounts that a free amount suggests. */
export function packagesOf(book: PriceBook): readonly Package[] {
  if (book.sale.kind === 'packages') return book.sale.packages;
  return book.sale.presetsCents.flatMap((amount) => packageFor(book, amount) ?? []);
}

/** The package that `id` names, or null when the book does not sell it. */
export function packageOf(book: PriceBook, id: string): Package | null {
  if (book.sale.kind === 'packages') return book.sale.packages.find((offered) => offered.id === id) ?? null;
  const amount = amountOfId(id);
  return amount === null ? null : packageFor(book, amount);
}

/** What `amount` of money buys, or null when the book does not sell for that amount. */
export function packageFor(book: PriceBook, amount: Cents): Package | null {
  const { sale } = book;
  if (sale.kind === 'packages') return sale.packages.find(({ priceCents }) => priceCents === amount) ?? null;
  if (!sells(sale, amount)) return null;
  return { id: idOfAmount(amount), credits: creditsFor(book, amount), priceCents: amount };
}

/** The package that a free amount is. */
export const idOfAmount = (amount: Cents): string => `amount-${amount}`;

/** The free amount that a package is; null for a package of the book's own. */
export function amountOfId(id: string): Cents | null {
  const digits = /^amount-([1-9]\d{0,11})$/.exec(id)?.[1];
  return digits === undefined ? null : cents(BigInt(digits));
}

/** Whether a free amount may be this one. */
export const sells = ({ leastCents, mostCents, stepCents }: FreeAmount, amount: Cents): boolean =>
  amount >= leastCents && amount <= mostCents && amount % stepCents === 0n;

/** What `amount` buys at the rate of the credit. Exact: a valid book sells no amount that leaves a fraction of a unit. */
export const creditsFor = ({ credit: { rate } }: AtRate, amount: Cents): Credits =>
  credits((amount * rate.creditUnits) / rate.priceCents);
type AtRate = { readonly credit: Pick<PriceBook['credit'], 'rate'> };

/** The least and the most money that the book sells for at once. */
export function boundsOfSale({ sale }: PriceBook): { least: Cents; most: Cents } {
  if (sale.kind === 'free-amount') return { least: sale.leastCents, most: sale.mostCents };
  const prices = sale.packages.map(({ priceCents }) => priceCents).toSorted((a, b) => (a < b ? -1 : 1));
  return { least: prices[0] ?? cents(0n), most: prices.at(-1) ?? cents(0n) };
}
