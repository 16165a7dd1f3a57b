import { type Credits, credits } from './credits';
import { ratio, rounded } from './ratio';

export type MonthForecast =
  | {
      readonly kind: 'forecast';
      /** What the month comes to when it goes on as the last seven days did. */
      readonly likely: Credits;
      /** As the cheapest seven days in a row of those given. */
      readonly low: Credits;
      /** As the dearest. */
      readonly high: Credits;
    }
  | { readonly kind: 'none'; readonly because: 'too-little-history' };

type Known = {
  /** Spent this month up to now, today included. */
  readonly soFar: Credits;
  readonly today: Credits;
  /** Days of the month after today. */
  readonly daysLeft: number;
  /** What each whole day before today cost, the oldest first. Days before the first that cost something say nothing. */
  readonly history: readonly Credits[];
};

// Whole weeks, so that a weekend weighs as much as it does.
const WEEK = 7;

/** What a month will have cost, from what its days so far and those before it did. */
export function forecastOfMonth({ soFar, today, daysLeft, history: given }: Known): MonthForecast {
  const first = given.findIndex((cost) => cost !== 0n);
  const history = first === -1 ? [] : given.slice(first);
  if (history.length < WEEK) return { kind: 'none', because: 'too-little-history' };

  const weeks = history.slice(WEEK - 1).map((_, end) => weekFrom(history, end));
  const at = (week: bigint) => credits(soFar + restOf(week, { today, daysLeft }));
  return {
    kind: 'forecast',
    likely: at(weeks.at(-1) ?? 0n),
    low: at(weeks.reduce((a, b) => (b < a ? b : a))),
    high: at(weeks.reduce((a, b) => (b > a ? b : a))),
  };
}

const weekFrom = (history: readonly Credits[], start: number) =>
  history.slice(start, start + WEEK).reduce((sum, day) => sum + day, 0n);

/** A seventh of the week for each day left, and for today what it has not cost yet. */
function restOf(week: bigint, { today, daysLeft }: Pick<Known, 'today' | 'daysLeft'>): bigint {
  const days = BigInt(WEEK);
  // More may have been given back than was used: then nothing more is to be expected, not something back.
  const pace = week < 0n ? 0n : week;
  const ofToday = pace - today * days;
  const rest = (ofToday < 0n ? 0n : ofToday) + pace * BigInt(daysLeft);
  return rounded(ratio(rest, days), { direction: 'nearest', step: 1n });
}
