import type { Credits } from './credits';
import type { Price } from './price';
import type { PriceBook } from './price-book';

/** What a unit of each service costs: its minute, its half minute, its hour, or the whole of it. Tokens have no one number. */
export const multipliersOf = ({ services }: PriceBook): ReadonlyMap<string, Credits> =>
  new Map(
    Object.entries(services).flatMap(([name, { price }]) => {
      const multiplier = multiplierOf(price);
      return multiplier === null ? [] : [[name, multiplier] as const];
    }),
  );

function multiplierOf(price: Price): Credits | null {
  if ('rate' in price) return price.rate.credits;
  if ('hour' in price) return price.hour;
  return price.form === 'flat' ? price.credits : null;
}
