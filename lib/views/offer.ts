import type { Offer } from '@/lib/contracts/offer';
import type { Credits } from '@/lib/domain/credits';
import { formatUnitPrice } from '@/lib/domain/format-unit-price';
import { leastPackage } from '@/lib/domain/least-package';
import { numberOf } from '@/lib/domain/number-of';
import { packagesOf } from '@/lib/domain/package-of';
import { priceBook } from '@/price-books/price-book';

/** What can be bought here, from the price book. */
export function readOffer(): Offer {
  const book = priceBook();
  const { credit, currency, grants, sale } = book;
  return {
    credit: { singular: credit.singular, plural: credit.plural, decimals: credit.decimals },
    currency,
    lastsDays: grants.purchaseExpiryDays === null ? null : numberOf(grants.purchaseExpiryDays),
    packages: packagesOf(book).map((offered) => ({
      ...offered,
      priceOfOneCredit: formatUnitPrice(offered, currency),
    })),
    freeAmount:
      sale.kind === 'packages'
        ? null
        : {
            leastCents: sale.leastCents,
            mostCents: sale.mostCents,
            stepCents: sale.stepCents,
            rate: credit.rate,
          },
  };
}

/** What to buy for so many credits, by its id; null where nothing is sold. */
export const findPackageFor = (need: Credits): string | null => leastPackage(priceBook(), need)?.id ?? null;
