import type { PriceList as PriceListData } from '@/lib/contracts/price-list';
import type { CreditUnit } from '@/lib/domain/credit-words';

import { Card } from '../ui/card';

type PriceListProps = { prices: PriceListData; credit: CreditUnit };

/** What every service costs, in sentences and in work that was worked out. */
export function PriceList({ prices: { services, priceBook }, credit }: PriceListProps) {
  return (
    <Card title="Prices" flush>
      <ul className="divide-y">
        {services.map(({ name, title, words, examples }) => (
          <li key={name} className="grid gap-x-8 gap-y-3 px-4 py-4 sm:px-6 md:grid-cols-2">
            <div className="min-w-0">
              <h3 className="text-16 font-medium text-ink">{title}</h3>
              <p className="font-mono text-12 wrap-anywhere text-ink-3">{name}</p>
              <ul className="mt-2 grid gap-1 text-14 text-ink-2">
                {words.map((sentence, index) => (
                  <li key={sentence} className={index === 0 ? 'font-medium text-ink' : undefined}>
                    {sentence}
                  </li>
                ))}
              </ul>
            </div>
            <div className="min-w-0">
              <p className="text-12 font-medium text-ink-3">For example</p>
              <ul className="mt-1 grid gap-1.5 text-13 text-ink-2 tabular-nums">
                {examples.map(({ formula }) => (
                  <li key={formula} className="wrap-anywhere">
                    {formula}
                  </li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ul>
      <p className="px-4 pt-3 pb-2 text-13 text-ink-3 sm:px-6">
        All amounts are in {credit.plural}. Price book {priceBook.id}, version {priceBook.version}. Tax is
        added where it applies, when {credit.plural} are bought.
      </p>
    </Card>
  );
}
