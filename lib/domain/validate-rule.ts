import type { AutoTopUpSettings } from './auto-top-up';
import { fullPriceOf, priceFor, priceRangeOf } from './auto-top-up-price';
import { creditWords } from './credit-words';
import { type Cents, type Credits, credits } from './credits';
import { formatMoney } from './format';
import { creditsFor, sells } from './package-of';
import type { AutoTopUpBook } from './price-book';

/** What is wrong with a rule: the field of the form, and the sentence below it. */
export type RuleFault = {
  readonly field: 'threshold' | 'size' | 'target' | 'amountCents' | 'monthlyLimitCents';
  readonly sentence: string;
};

/** Every fault of a rule at once. An empty list is a rule that the price book allows. */
export function validateRule(settings: AutoTopUpSettings, book: AutoTopUpBook): RuleFault[] {
  const { least, most } = book.autoTopUp.threshold;
  const { threshold } = settings;
  const said = creditWords(book.credit).said;
  const isWithin = threshold >= least && threshold <= most;
  // The size is held against the threshold only where that could stay.
  const size = sizeFaults(settings, isWithin ? threshold : least, book);
  return [
    ...unless(isWithin, 'threshold', () => `The threshold can be from ${said(least)} to ${said(most)}.`),
    ...size,
    ...(size.length === 0 ? limitFaults(settings, book) : []),
  ];
}

function sizeFaults({ size }: AutoTopUpSettings, threshold: Credits, book: AutoTopUpBook): RuleFault[] {
  const bounds = book.autoTopUp.size;
  if (size.mode === 'target' && bounds.mode === 'target') {
    return targetFaults(threshold, size.target, bounds, book);
  }
  if (size.mode === 'amount' && bounds.mode === 'amount') {
    return amountFaults(threshold, size.amountCents, bounds.amountCents, book);
  }
  const sentence =
    bounds.mode === 'target'
      ? 'Automatic top-ups fill up to a balance: choose the balance instead of an amount.'
      : 'Automatic top-ups buy the same amount each time: choose the amount instead of a balance.';
  return [{ field: 'size', sentence }];
}

type TargetBounds = Extract<AutoTopUpBook['autoTopUp']['size'], { mode: 'target' }>;

function targetFaults(
  threshold: Credits,
  target: Credits,
  { target: { least, most }, leastAboveThreshold }: TargetBounds,
  book: AutoTopUpBook,
): RuleFault[] {
  const said = creditWords(book.credit).said;
  const nearest = credits(threshold + leastAboveThreshold);
  const isWithin = target >= least && target <= most;
  return [
    ...unless(
      isWithin,
      'target',
      () => `The balance to fill up to can be from ${said(least)} to ${said(most)}.`,
    ),
    ...unless(
      !isWithin || target >= nearest,
      'target',
      () =>
        `The balance to fill up to must be at least ${said(leastAboveThreshold)} above the threshold: ` +
        `${said(nearest)} or more.`,
    ),
  ];
}

function amountFaults(
  threshold: Credits,
  amount: Cents,
  { least, most }: { least: Cents; most: Cents },
  book: AutoTopUpBook,
): RuleFault[] {
  const money = (price: Cents) => formatMoney(price, book.currency);
  const range = priceRangeOf(book);
  const isWithin = amount >= least && amount <= most;
  const isSold = book.sale.kind === 'packages' ? amount % range.stepCents === 0n : sells(book.sale, amount);
  const enough = priceFor(book, range, threshold);
  return [
    ...unless(isWithin, 'amountCents', () => `The amount can be from ${money(least)} to ${money(most)}.`),
    ...unless(
      !isWithin || isSold,
      'amountCents',
      () => `The amount must be a multiple of ${money(range.stepCents)}.`,
    ),
    // A charge that stays below the threshold would be followed by the next one, and that by another.
    ...unless(
      !isWithin || !isSold || amount >= enough,
      'amountCents',
      () =>
        `${money(amount)} buys ${creditWords(book.credit).said(creditsFor(book, amount))}, which does not reach the ` +
        `threshold: choose ${money(enough)} or more, or a lower threshold.`,
    ),
  ];
}

function limitFaults({ size, monthlyLimitCents }: AutoTopUpSettings, book: AutoTopUpBook): RuleFault[] {
  const price = fullPriceOf(size, book, priceRangeOf(book));
  return unless(
    monthlyLimitCents >= price,
    'monthlyLimitCents',
    () => `The monthly limit must allow one top-up: ${formatMoney(price, book.currency)} or more.`,
  );
}

/** The sentence is made only when it is needed: rules are checked far more often than they are wrong. */
const unless = (isRight: boolean, field: RuleFault['field'], sentence: () => string): RuleFault[] =>
  isRight ? [] : [{ field, sentence: sentence() }];
