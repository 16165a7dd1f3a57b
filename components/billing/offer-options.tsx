import type { Offer } from '@/lib/contracts/offer';
import { creditWords } from '@/lib/domain/credit-words';
import { formatMoney } from '@/lib/domain/format';

import { ANY_AMOUNT } from './purchase-choice';

/** What can be bought, as cards to choose from; the amount that is typed comes last. */
export function offerOptions({ packages, freeAmount, credit, currency }: Offer) {
  const words = creditWords(credit);
  const offered = packages.map(({ id, credits, priceCents, priceOfOneCredit }) => ({
    value: id,
    body: (
      <>
        <span className="block text-20 font-semibold text-ink tabular-nums">{words.withUnit(credits)}</span>
        <span className="mt-1 flex flex-wrap justify-between gap-x-3 text-14 text-ink-2 tabular-nums">
          <span className="font-medium">{formatMoney(priceCents, currency)}</span>{' '}
          <span className="text-13">
            {priceOfOneCredit} a {credit.singular}
          </span>
        </span>
      </>
    ),
  }));
  if (freeAmount === null) return offered;
  const { leastCents, mostCents } = freeAmount;
  const another = (
    <>
      <span className="block text-20 font-semibold text-ink">Another amount</span>
      <span className="mt-1 block text-14 text-ink-2 tabular-nums">
        {formatMoney(leastCents, currency)} to {formatMoney(mostCents, currency)}
      </span>
    </>
  );
  return [...offered, { value: ANY_AMOUNT, body: another }];
}
