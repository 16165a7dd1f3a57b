import type { Offer } from '@/lib/contracts/offer';
import { type Credits, wholeCredits } from '@/lib/domain/credits';
import { formatCredits, formatDelta } from '@/lib/domain/format';

const ALL_DECIMALS = 6;
const ONE = wholeCredits(1n);

/** How this price book speaks of an amount: `12,480 credits`, `1 credit`. */
export function creditWords({ singular, plural, decimals }: Offer['credit']) {
  const figure = (amount: Credits) => formatCredits(amount, decimals);
  const exactly = (text: string) => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
  const asExact = (text: string, whole: string) => (exactly(text) === exactly(whole) ? whole : exactly(text));
  return {
    plural,
    figure,
    withUnit: (amount: Credits) => `${figure(amount)} ${amount === ONE ? singular : plural}`,
    unitOf: (amount: Credits) => (amount === ONE ? singular : plural),
    delta: (amount: Credits) => formatDelta(amount, decimals),
    /** The whole figure; the same text as `figure` where that hides nothing. */
    exactFigure: (amount: Credits) => asExact(formatCredits(amount, ALL_DECIMALS), figure(amount)),
    exactDelta: (amount: Credits) =>
      asExact(formatDelta(amount, ALL_DECIMALS), formatDelta(amount, decimals)),
  };
}
