import type { AutoTopUpSettings } from './auto-top-up';
import { type Cents, cents, type Credits, credits, wholeCredits, worthOf } from './credits';
import type { History } from './history';
import type { AutoTopUpBook } from './price-book';
import { type Replay, replay } from './replay';
import { roundNumbers } from './round-numbers';
import { validateRule } from './validate-rule';

/**
 * never-interrupted: with room for one more operation as large as the largest · fewest-charges · least-idle: the least
 * money lying on the balance. Each of them interrupts as little as any rule that was tried.
 */
export type Suggestion = {
  readonly because: 'never-interrupted' | 'fewest-charges' | 'least-idle';
  readonly settings: AutoTopUpSettings;
  readonly replay: Replay;
};

type Wanted = {
  /** The customer's own; no suggestion raises it. */
  readonly monthlyLimitCents: Cents;
  /** As for `replay`. */
  readonly points: number;
};

/** Three rules for what an account did, found by replaying it under round numbers; empty where the limit allows none. */
export function suggestRules(history: History, book: AutoTopUpBook, wanted: Wanted): readonly Suggestion[] {
  const lived = (settings: AutoTopUpSettings, points: number) =>
    replay(history, { ...settings, enabled: true, paused: null }, book, points);
  const tried = candidatesFor(history, book, wanted.monthlyLimitCents).map((settings) => ({
    settings,
    replay: lived(settings, 1),
  }));
  const calm = bestOf(tried, [interruptions]);
  const room = largestOf(history);
  const roomy = calm.filter((one) => one.replay.lowest >= room);
  const choices = {
    'never-interrupted': bestOf(roomy.length > 0 ? roomy : bestOf(calm, [depth]), [idle, charges]),
    'fewest-charges': bestOf(calm, [charges, idle]),
    'least-idle': bestOf(calm, [idle, charges]),
  };
  return SUGGESTED.flatMap((because) =>
    choices[because]
      .slice(0, 1)
      .map(({ settings }) => ({ because, settings, replay: lived(settings, wanted.points) })),
  );
}

const SUGGESTED = ['never-interrupted', 'fewest-charges', 'least-idle'] as const;

type Tried = { readonly settings: AutoTopUpSettings; readonly replay: Replay };
/** The less, the better. */
type Measure = (tried: Tried) => bigint;

const interruptions: Measure = ({ replay }) => BigInt(replay.refused + replay.waited);
const charges: Measure = ({ replay }) => BigInt(replay.charges.length);
const idle: Measure = ({ replay }) => replay.average;
const depth: Measure = ({ replay }) => -replay.lowest;

/** Those that no other beats by the first measure, then by the next. */
const bestOf = (tried: readonly Tried[], measures: readonly Measure[]): readonly Tried[] =>
  measures.reduce((left, measure) => {
    const values = left.map(measure);
    const least = values.reduce((a, b) => (b < a ? b : a), values[0] ?? 0n);
    return left.filter((_, place) => values[place] === least);
  }, tried);

/** Rules of round numbers, none of which buys more than a month uses. */
function candidatesFor(history: History, book: AutoTopUpBook, monthlyLimitCents: Cents): AutoTopUpSettings[] {
  const { threshold, size } = book.autoTopUp;
  const month = monthlyUseOf(history);
  const sizes: AutoTopUpSettings['size'][] =
    size.mode === 'target'
      ? roundNumbers(size.target, month, wholeCredits(1n)).map((target) => ({
          mode: 'target',
          target: credits(target),
        }))
      : roundNumbers(size.amountCents, worthOf(month, book.credit.rate), 1n).map((amount) => ({
          mode: 'amount',
          amountCents: cents(amount),
        }));
  return roundNumbers(threshold, month, wholeCredits(1n))
    .map(credits)
    .flatMap((threshold) => sizes.map((size) => ({ threshold, size, monthlyLimitCents })))
    .filter((settings) => validateRule(settings, book).length === 0);
}

const MONTH_MS = 31n * 86_400_000n;

function monthlyUseOf({ from, to, events }: History): Credits {
  const used = events.reduce((sum, { kind, amount }) => (kind === 'debit' ? sum + amount : sum), 0n);
  return credits((used * MONTH_MS) / BigInt(to.getTime() - from.getTime()));
}

const largestOf = ({ events }: History): Credits =>
  credits(events.reduce((most, { kind, amount }) => (kind === 'debit' && amount > most ? amount : most), 0n));
