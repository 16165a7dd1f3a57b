import { sells } from './package-of';
import type { PriceBook } from './price-book';
import { aboveZero, type PriceBookFault, unless } from './price-book-fault';

/** Every fault of what is on sale: packages that cannot be told apart, amounts that leave a fraction of a unit. */
export function validateSale({ sale, credit: { rate } }: PriceBook): PriceBookFault[] {
  if (sale.kind === 'packages') {
    const ids = sale.packages.map(({ id }) => id);
    return [
      ...unless(ids.length > 0, 'sale.packages', 'must offer a package'),
      ...sale.packages.flatMap(({ id, credits, priceCents }, place) => {
        const path = `sale.packages.${place}`;
        return [
          ...unless(/^[\w-]{1,64}$/.test(id), `${path}.id`, 'must be 1 to 64 letters, digits and hyphens'),
          ...unless(ids.indexOf(id) === place, `${path}.id`, 'must be a package’s own'),
          ...aboveZero(credits, `${path}.credits`),
          ...aboveZero(priceCents, `${path}.priceCents`),
        ];
      }),
    ];
  }

  const { leastCents, mostCents, stepCents, presetsCents } = sale;
  if (stepCents <= 0n) return aboveZero(stepCents, 'sale.stepCents');
  const isExact = rate.priceCents <= 0n || (stepCents * rate.creditUnits) % rate.priceCents === 0n;
  return [
    ...unless(isExact, 'sale.stepCents', 'must buy whole units of credit at credit.rate'),
    ...aboveZero(leastCents, 'sale.leastCents'),
    ...unless(leastCents % stepCents === 0n, 'sale.leastCents', 'must be a multiple of stepCents'),
    ...unless(mostCents >= leastCents, 'sale.mostCents', 'must not be below leastCents'),
    ...unless(mostCents % stepCents === 0n, 'sale.mostCents', 'must be a multiple of stepCents'),
    ...unless(presetsCents.length > 0, 'sale.presetsCents', 'must offer an amount'),
    ...presetsCents.flatMap((amount, place) =>
      unless(sells(sale, amount), `sale.presetsCents.${place}`, 'must be an amount that is sold'),
    ),
  ];
}
