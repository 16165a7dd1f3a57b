import type { Offer } from '@/lib/contracts/offer';
import { cents, type Credits, type Cents } from '@/lib/domain/credits';
import { formatMoney } from '@/lib/domain/format';
import { packagesOf } from '@/lib/domain/package-of';
import { priceBook } from '@/price-books/price-book';

/** What can be bought here, from the price book. */
export function readOffer(): Offer {
  const book = priceBook();
  const { credit, currency } = book;
  return {
    credit: { singular: credit.singular, plural: credit.plural, decimals: credit.decimals },
    currency,
    packages: packagesOf(book).map((offered) => ({
      ...offered,
      priceOfOneCredit: formatMoney(priceOfOne(offered), currency),
    })),
  };
}

const UNITS_PER_CREDIT = 1_000_000n;

const priceOfOne = ({ credits, priceCents }: { credits: Credits; priceCents: Cents }) =>
  cents((priceCents * UNITS_PER_CREDIT) / credits);
