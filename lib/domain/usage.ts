import { type Credits, credits, wholeCredits } from './credits';
import { ratio, rounded } from './ratio';

/** How usage is laid out in time. */
export const USAGE_GRAINS = ['hour', 'day', 'week', 'month'] as const;
export type UsageGrain = (typeof USAGE_GRAINS)[number];

// More bars than this are too thin to be told apart.
const MOST_DAYS_BY_DAY = 120;

/** How so many days are laid out where nobody says how. */
export const usualGrain = (days: number): UsageGrain => (days > MOST_DAYS_BY_DAY ? 'week' : 'day');

/** What usage is split by: a service, an API key, the member who made the key, or what callers gave under a key of their metadata. */
export const USAGE_SPLITS = ['service', 'key', 'member', 'metadata'] as const;
export type UsageSplit = (typeof USAGE_SPLITS)[number];

/** How an address names a split: by itself, or `metadata:project` for what was given under `project`. */
export function usageSplitOf(name: string): { by: UsageSplit; metadataKey?: string } | null {
  const [, metadataKey] = /^metadata:(.{1,100})$/su.exec(name) ?? [];
  if (metadataKey !== undefined) return { by: 'metadata', metadataKey };
  const by = USAGE_SPLITS.find((split) => split === name && split !== 'metadata');
  return by === undefined ? null : { by };
}

/** How many days can be chosen with one press. */
export const USAGE_PRESETS = [7, 30, 90, 365] as const;

/** What charges of some time add up to. */
export type UsageSums = {
  /** Charges made. */
  readonly count: number;
  /** What they took. */
  readonly used: Credits;
  /** What was given back in that time, of charges then or before: restored or refunded. */
  readonly returned: Credits;
  /** How long the work was, where its price was by time. */
  readonly durationMs: number;
};

export const NO_USAGE: UsageSums = { count: 0, used: credits(0n), returned: credits(0n), durationMs: 0 };

export const plusUsage = (a: UsageSums, b: UsageSums): UsageSums => ({
  count: a.count + b.count,
  used: credits(a.used + b.used),
  returned: credits(a.returned + b.returned),
  durationMs: a.durationMs + b.durationMs,
});

/** What it cost in the end; below zero when more was given back in that time than used. */
export const spentOf = ({ used, returned }: Pick<UsageSums, 'used' | 'returned'>): Credits =>
  credits(used - returned);

/** What one charge took on average, to the nearest millionth; null where there was none. */
export const averageOf = ({ count, used }: Pick<UsageSums, 'count' | 'used'>): Credits | null =>
  count === 0 ? null : credits(rounded(ratio(used, BigInt(count)), { direction: 'nearest', step: 1n }));

const WHOLE = 10_000n;

/** Each part's share of the sum in hundredths of a percent. They add up to 10,000 exactly, unless there is nothing. */
export function sharesOf(parts: readonly Credits[]): bigint[] {
  const sum = parts.reduce((total, part) => total + part, 0n);
  if (sum === 0n) return parts.map(() => 0n);

  const floors = parts.map((part) => (part * WHOLE) / sum);
  const missing = WHOLE - floors.reduce((total, floor) => total + floor, 0n);
  // Those that lost most by rounding down get back one each; of equals, the first.
  const losses = parts.map((part, index) => ({ index, loss: (part * WHOLE) % sum }));
  losses.sort((a, b) => (a.loss === b.loss ? a.index - b.index : a.loss < b.loss ? 1 : -1));
  const raised = new Set(losses.filter((_, rank) => BigInt(rank) < missing).map(({ index }) => index));
  return floors.map((floor, index) => (raised.has(index) ? floor + 1n : floor));
}

// A hundred thousand percent: more says nothing that "much more" does not.
const MOST_CHANGE = 10_000_000n;

/** From `before` to `after` in hundredths of a percent, at most 10,000,000; null where there was nothing before. */
export function changeOf(before: Credits, after: Credits): bigint | null {
  if (before === 0n) return null;
  const change = rounded(ratio((after - before) * WHOLE, before), { direction: 'nearest', step: 1n });
  return change > MOST_CHANGE ? MOST_CHANGE : change;
}

export type UsageHint =
  | { readonly kind: 'top-cost'; readonly service: string; readonly used: Credits }
  | { readonly kind: 'batch'; readonly service: string; readonly count: number; readonly average: Credits };

const SMALL_ON_AVERAGE = wholeCredits(100n);
const OFTEN = 10;

/** What a customer could look at to spend less: the service that costs most, and those called often for little. */
export function hintsOf(
  services: readonly (Pick<UsageSums, 'count' | 'used'> & { readonly service: string })[],
): UsageHint[] {
  const hints: UsageHint[] = [];
  const [first, ...others] = services.filter(({ used }) => used > 0n);
  if (first) {
    const top = others.reduce((most, next) => (next.used > most.used ? next : most), first);
    hints.push({ kind: 'top-cost', service: top.service, used: top.used });
  }
  for (const { service, count, used } of services) {
    const average = averageOf({ count, used });
    const isSmall = used < SMALL_ON_AVERAGE * BigInt(count);
    if (count > OFTEN && isSmall && average !== null) hints.push({ kind: 'batch', service, count, average });
  }
  return hints;
}
