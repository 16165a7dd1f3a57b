import { cents, type Credits } from './credits';
import { packageFor } from './package-of';
import type { FreeAmount, Package, PriceBook } from './price-book';

/** The cheapest purchase that brings `need`; where none brings so much, the one that brings most. Null where nothing is sold. */
export function leastPackage(book: PriceBook, need: Credits): Package | null {
  const { sale, credit } = book;
  if (sale.kind === 'free-amount') return packageFor(book, leastAmount(sale, credit.rate, need));
  const enough = sale.packages.filter(({ credits }) => credits >= need);
  const cheapest = enough.toSorted((a, b) => (a.priceCents < b.priceCents ? -1 : 1))[0];
  return cheapest ?? sale.packages.toSorted((a, b) => (a.credits > b.credits ? -1 : 1))[0] ?? null;
}

function leastAmount(
  { leastCents, mostCents, stepCents }: FreeAmount,
  { creditUnits, priceCents }: PriceBook['credit']['rate'],
  need: Credits,
) {
  const exact = (need * priceCents + creditUnits - 1n) / creditUnits;
  const inSteps = ((exact + stepCents - 1n) / stepCents) * stepCents;
  if (inSteps <= leastCents) return leastCents;
  return inSteps >= mostCents ? mostCents : cents(inSteps);
}
