import type { WaitReason } from './auto-top-up';
import { type Credits, credits } from './credits';
import type { PriceBook } from './price-book';

/** How much is available, from the highest down. */
export const BALANCE_LEVELS = ['enough', 'warning', 'critical', 'exhausted'] as const;
export type BalanceLevel = (typeof BALANCE_LEVELS)[number];
/** A level that a customer is told of. */
export type LowBalance = Exclude<BalanceLevel, 'enough'>;

export type AlertLevels = { readonly warning: Credits; readonly critical: Credits };

const CRITICAL_PART = 5n;

/**
 * At or below which amounts a customer is told: their own, or the book's. A book without levels warns where it would top
 * up, and again at a fifth.
 */
export function alertLevelsOf(
  { alerts, autoTopUp }: Pick<PriceBook, 'alerts' | 'autoTopUp'>,
  own: AlertLevels | null,
): AlertLevels {
  const warning = autoTopUp.threshold.preset;
  return own ?? alerts ?? { warning, critical: credits(warning / CRITICAL_PART) };
}

export function balanceLevelOf(available: Credits, { warning, critical }: AlertLevels): BalanceLevel {
  if (available <= 0n) return 'exhausted';
  if (available <= critical) return 'critical';
  return available <= warning ? 'warning' : 'enough';
}

/** Whether `one` is further down than `other`. */
export const isLower = (one: BalanceLevel, other: BalanceLevel): boolean =>
  BALANCE_LEVELS.indexOf(one) > BALANCE_LEVELS.indexOf(other);

/** Why a rule that is enabled and not paused does not buy what is missing: then the customer is told all the same. */
export const TOP_UP_OBSTACLES = [
  'account-restricted',
  'rule-outside-bounds',
  'card-missing',
  'card-expired',
  'cooling-down',
  'backing-off',
  'monthly-limit',
] as const satisfies readonly WaitReason[];

/** All that a decision looks at, read under the lock of what was told. */
export type LowBalanceFacts = {
  readonly available: Credits;
  /** The deepest level that was told; an account that was never told of any has none armed: `exhausted`. */
  readonly told: BalanceLevel;
  /** Told a day ago or longer. */
  readonly isLongAgo: boolean;
  /** The highest balance that a credit has led to since; null where none came. */
  readonly peak: Credits | null;
  /** Auto top-up is enabled, and nothing keeps it from buying. */
  readonly isToppedUp: boolean;
};

/** `told` is what is kept: levels below it are armed. */
export type LowBalanceDecision =
  | { readonly kind: 'tell'; readonly told: LowBalance }
  | { readonly kind: 'arm'; readonly told: BalanceLevel; readonly because: 'rose' | 'topped-up' }
  | { readonly kind: 'leave'; readonly because: 'told-already' | 'enough-credits' | 'topped-up' };

/**
 * Whether a customer is told that little is left. A level is told once, when it is fallen to, and again only after
 * credits came in that rose above it; what a hold or a refused job gives back rises above it after a day, not at once.
 */
export function decideLowBalance(facts: LowBalanceFacts, levels: AlertLevels): LowBalanceDecision {
  const level = balanceLevelOf(facts.available, levels);
  const reached = [
    ...(facts.peak === null ? [] : [balanceLevelOf(facts.peak, levels)]),
    ...(facts.isLongAgo ? [level] : []),
  ];
  const told = reached.reduce((highest, one) => (isLower(highest, one) ? one : highest), facts.told);
  const isFallen = level !== 'enough' && isLower(level, told);
  if (isFallen && !facts.isToppedUp) return { kind: 'tell', told: level };
  if (told !== facts.told) return { kind: 'arm', told, because: isFallen ? 'topped-up' : 'rose' };
  if (level === 'enough') return { kind: 'leave', because: 'enough-credits' };
  return { kind: 'leave', because: isFallen ? 'topped-up' : 'told-already' };
}

/** Whether spending went past a level, whatever was told of it. */
export const passesLevel = (
  { highest, lowest }: { highest: Credits; lowest: Credits },
  levels: AlertLevels,
): boolean => isLower(balanceLevelOf(lowest, levels), balanceLevelOf(highest, levels));
