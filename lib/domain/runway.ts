import { type Credits, credits } from './credits';
import { plus } from './instant';
import { numberOf } from './number-of';

const DAY_MS = 86_400_000;
const WINDOW_MS = 7 * DAY_MS;
// Two days hold every hour of the clock twice; less would take a busy morning for a pace.
const ENOUGH_MS = 2 * DAY_MS;
const LONGEST_DAYS = 365n;

/** What was used up. Credits that came in are no part of it: a top-up does not slow a pace down. */
export type Usage = {
  /** In the last seven days, less what was restored of it. */
  readonly used: Credits;
  /** The very first use; null where there was none. */
  readonly firstUsedAt: Date | null;
};

/** How fast credits are used: `used` in `overMs`. */
export type Pace =
  | { readonly kind: 'pace'; readonly used: Credits; readonly overMs: number }
  /** There is too little to go by until `readyAt`. */
  | { readonly kind: 'accumulating'; readonly readyAt: Date }
  /** Nothing was used in seven days. */
  | { readonly kind: 'idle' };

export type Runway =
  | Exclude<Pace, { kind: 'pace' }>
  /** Nothing is left, whatever the pace. */
  | { readonly kind: 'empty' }
  /** `days` are whole days; `until` is when nothing is left. */
  | { readonly kind: 'lasting'; readonly days: bigint; readonly until: Date; readonly perDay: Credits }
  /** For more than a year. */
  | { readonly kind: 'ample'; readonly perDay: Credits };

/** The pace of the last seven days, or of as many as there are. */
export function paceOf({ used, firstUsedAt }: Usage, now: Date): Pace {
  if (firstUsedAt === null) return { kind: 'idle' };
  const historyMs = now.getTime() - firstUsedAt.getTime();
  if (historyMs < ENOUGH_MS) return { kind: 'accumulating', readyAt: plus(firstUsedAt, ENOUGH_MS) };
  if (used <= 0n) return { kind: 'idle' };
  return { kind: 'pace', used, overMs: Math.min(historyMs, WINDOW_MS) };
}

/** How long what is available lasts if it goes on like this. */
export function runwayOf(available: Credits, pace: Pace, now: Date): Runway {
  if (available <= 0n) return { kind: 'empty' };
  if (pace.kind !== 'pace') return pace;
  const perDay = credits((pace.used * BigInt(DAY_MS)) / BigInt(pace.overMs));
  const lastsMs = timeToUse(available, pace);
  const days = lastsMs / BigInt(DAY_MS);
  if (days >= LONGEST_DAYS) return { kind: 'ample', perDay };
  return { kind: 'lasting', days, until: plus(now, numberOf(lastsMs)), perDay };
}

/** In milliseconds, rounded down. */
export const timeToUse = (amount: Credits, { used, overMs }: Extract<Pace, { kind: 'pace' }>): bigint =>
  (amount * BigInt(overMs)) / used;
