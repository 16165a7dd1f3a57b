import type {
  AutoTopUpCharge,
  AutoTopUpDecision,
  AutoTopUpFacts,
  AutoTopUpRule,
  AutoTopUpWait,
} from './auto-top-up';
import { cents, type Credits, credits } from './credits';
import { decideAutoTopUp } from './decide-auto-top-up';
import { nextMonthStart, plus } from './instant';
import { numberOf } from './number-of';
import type { AutoTopUpBook } from './price-book';
import { type Pace, timeToUse } from './runway';

const LONGEST_MS = 365n * 86_400_000n;

export type NextCharge =
  /** About when and about how much, if the pace holds. */
  | (AutoTopUpCharge & { readonly at: Date })
  /** What stops it, and time alone does not lift. */
  | AutoTopUpWait
  /** There is no pace to foresee it by. */
  | { readonly kind: 'unknown' }
  /** Not within a year. */
  | { readonly kind: 'far' };

type Present = { readonly rule: AutoTopUpRule; readonly facts: AutoTopUpFacts; readonly book: AutoTopUpBook };

/** When the card is charged next: the same decision, asked for moments that are to come. */
export function nextChargeOf(present: Present, pace: Pace, now: Date): NextCharge {
  const lookAt = (at: Date, facts: AutoTopUpFacts) => ({
    at,
    decision: decideAutoTopUp(present.rule, facts, present.book, at),
  });
  const lookAhead = (at: Date) => lookAt(at, factsAt(at, present.facts, pace, now));

  let seen = lookAt(now, { ...present.facts, trigger: { kind: 'scheduled' } });
  if (PROVIDED_FOR.includes(seen.decision.because)) {
    const crossing = crossingOf(present, pace, now);
    if (!(crossing instanceof Date)) return crossing;
    seen = lookAhead(crossing);
  }
  // Whatever only time lifts is lifted then: a wait names the obstacle that lasts longest.
  if (seen.decision.kind === 'wait' && seen.decision.until !== null) seen = lookAhead(seen.decision.until);
  return seen.decision.kind === 'charge' ? { ...seen.decision, at: seen.at } : seen.decision;
}

const PROVIDED_FOR: readonly AutoTopUpDecision['because'][] = [
  'enough-credits',
  'credits-on-their-way',
  'charge-under-way',
];

/** When the balance, with what is on its way to it, falls below the threshold. */
function crossingOf({ rule, facts }: Present, pace: Pace, now: Date) {
  const above = credits(facts.available + facts.inFlight - rule.threshold);
  if (above < 0n) return now;
  if (pace.kind !== 'pace') return { kind: 'unknown' } as const;
  const inMs = timeToUse(above, pace) + 1n;
  return inMs > LONGEST_MS ? ({ kind: 'far' } as const) : plus(now, numberOf(inMs));
}

/** What is in flight has arrived by then, and the pace has held. */
function factsAt(at: Date, facts: AutoTopUpFacts, pace: Pace, now: Date): AutoTopUpFacts {
  const used = pace.kind === 'pace' ? usedBy(at, pace, now) : credits(0n);
  return {
    ...facts,
    trigger: { kind: 'scheduled' },
    available: credits(facts.available + facts.inFlight - used),
    inFlight: credits(0n),
    isLive: false,
    chargedThisMonth: at >= nextMonthStart(now) ? cents(0n) : facts.chargedThisMonth,
  };
}

/** Rounded up, so that a threshold counts as crossed when it is. */
function usedBy(at: Date, { used, overMs }: Extract<Pace, { kind: 'pace' }>, now: Date): Credits {
  const over = BigInt(overMs);
  return credits((used * BigInt(at.getTime() - now.getTime()) + over - 1n) / over);
}
