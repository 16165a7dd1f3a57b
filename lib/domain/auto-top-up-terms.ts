import type { AutoTopUpSettings } from './auto-top-up';
import { fullPriceOf, largestPriceOf, type PriceRange, priceRangeOf, wholeSteps } from './auto-top-up-price';
import { type Cents, cents } from './credits';
import { seconds } from './duration';
import { numberOf } from './number-of';
import type { AutoTopUpBook } from './price-book';
import { validateRule } from './validate-rule';

/** What a rule and a price book allow together, worked out once for many decisions. */
export type AutoTopUpTerms = {
  readonly book: AutoTopUpBook;
  /** Whether the book allows the rule as it is set; books change after rules were saved. */
  readonly isAllowed: boolean;
  readonly range: PriceRange;
  /** The most that one automatic top-up costs. */
  readonly mostCents: Cents;
  /** The same inside a request that lacks more than the rule would buy. */
  readonly mostForRequestCents: Cents;
  /** The monthly limit, in whole steps. */
  readonly mostAMonthCents: Cents;
  readonly cooldownMs: number;
};

export function termsOf(settings: AutoTopUpSettings, book: AutoTopUpBook): AutoTopUpTerms {
  const range = priceRangeOf(book);
  const mostAMonthCents = wholeSteps(settings.monthlyLimitCents, range);
  const withinMonth = (price: Cents) => cents(price < mostAMonthCents ? price : mostAMonthCents);
  const mostCents = withinMonth(fullPriceOf(settings.size, book, range));
  return {
    book,
    isAllowed: validateRule(settings, book).length === 0,
    range,
    mostCents,
    mostForRequestCents: book.autoTopUp.isInline ? withinMonth(largestPriceOf(book, range)) : mostCents,
    mostAMonthCents,
    cooldownMs: numberOf(seconds(book.autoTopUp.cooldownSeconds)),
  };
}
