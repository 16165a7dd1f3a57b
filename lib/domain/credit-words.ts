import { type Credits, wholeCredits } from './credits';
import { formatCredits, formatDelta } from './format';
import type { PriceBook } from './price-book';

const AXIS = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const ALL_DECIMALS = 6;
const ONE = wholeCredits(1n);

export type CreditUnit = Pick<PriceBook['credit'], 'singular' | 'plural' | 'decimals'>;

/** How this price book speaks of an amount: `12,480 credits`, `1 credit`. */
export function creditWords({ singular, plural, decimals }: CreditUnit) {
  const figure = (amount: Credits) => formatCredits(amount, decimals);
  const exactly = (text: string) => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
  const asExact = (text: string, whole: string) => (exactly(text) === exactly(whole) ? whole : exactly(text));
  return {
    plural,
    /** A mark of an axis, given in millionths: `1.2K`. It is for the eye alone, and may be between two amounts. */
    axis: (millionths: number) => AXIS.format(millionths / 1_000_000),
    figure,
    withUnit: (amount: Credits) => `${figure(amount)} ${amount === ONE ? singular : plural}`,
    /** As a sentence says it: without the zeros that only align a column. */
    said: (amount: Credits) => `${exactly(figure(amount))} ${amount === ONE ? singular : plural}`,
    unitOf: (amount: Credits) => (amount === ONE ? singular : plural),
    delta: (amount: Credits) => formatDelta(amount, decimals),
    /** The whole figure; the same text as `figure` where that hides nothing. */
    exactFigure: (amount: Credits) => asExact(formatCredits(amount, ALL_DECIMALS), figure(amount)),
    exactDelta: (amount: Credits) =>
      asExact(formatDelta(amount, ALL_DECIMALS), formatDelta(amount, decimals)),
  };
}
