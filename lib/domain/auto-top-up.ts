import type { Cents, Credits } from './credits';

/** What a customer sets. */
export type AutoTopUpSettings = {
  /** Fires strictly below it, never at it. */
  readonly threshold: Credits;
  /** target: fill up to a balance · amount: buy the same each time. */
  readonly size:
    | { readonly mode: 'target'; readonly target: Credits }
    | { readonly mode: 'amount'; readonly amountCents: Cents };
  /** The most that automatic top-ups may cost in a calendar month, UTC. */
  readonly monthlyLimitCents: Cents;
};

/** Why nothing is charged until the customer has done something. */
export const PAUSE_REASONS = [
  'card-declined',
  'authentication-required',
  'card-missing',
  'card-expired',
  'payment-disputed',
  'payment-withdrawn',
  'paused-by-staff',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Whether a payment stopped it that its customer may still make. */
export const isByPayment = (paused: PauseReason | null) =>
  paused === 'card-declined' || paused === 'authentication-required';

/** A customer's rule as it stands. */
export type AutoTopUpRule = AutoTopUpSettings & {
  readonly enabled: boolean;
  readonly paused: PauseReason | null;
};

/** Who asks: the regular check, a charge that took the balance below the threshold, or a request that waits for credits. */
export type AutoTopUpTrigger =
  | { readonly kind: 'scheduled' }
  | { readonly kind: 'crossing' }
  /** `shortfall` is what the request lacks; zero or less when it lacks nothing. */
  | { readonly kind: 'inline'; readonly shortfall: Credits };

/** All that a decision looks at, read under the account's lock. */
export type AutoTopUpFacts = {
  readonly trigger: AutoTopUpTrigger;
  /** The balance without what is held; below zero, what is owed. */
  readonly available: Credits;
  /** Of top-ups of any kind that are paid for at this moment and not on the ledger yet. */
  readonly inFlight: Credits;
  /** An automatic top-up whose payment has not ended. */
  readonly isLive: boolean;
  /** When the last automatic top-up began that was not declined. */
  readonly lastAutoTopUpAt: Date | null;
  /** What automatic top-ups of the calendar month of `now` cost; live ones count, declined ones do not. */
  readonly chargedThisMonth: Cents;
  /** Of automatic payments, since the last purchase of any kind that was paid. */
  readonly declines: { readonly count: number; readonly lastAt: Date } | null;
  readonly card: 'ok' | 'missing' | 'expired';
  readonly isRestricted: boolean;
};

/** Why nothing is charged now. */
export const WAIT_REASONS = [
  'off',
  ...PAUSE_REASONS,
  'account-restricted',
  'rule-outside-bounds',
  'enough-credits',
  'charge-under-way',
  'credits-on-their-way',
  'request-too-large',
  'cooling-down',
  'backing-off',
  'monthly-limit',
] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** rest-of-monthly-limit: less than the rule asks for, because no more was left of the limit. */
export const CHARGE_REASONS = ['below-threshold', 'request-short', 'rest-of-monthly-limit'] as const;
export type ChargeReason = (typeof CHARGE_REASONS)[number];

export type AutoTopUpCharge = {
  readonly kind: 'charge';
  readonly because: ChargeReason;
  readonly priceCents: Cents;
  readonly credits: Credits;
};
export type AutoTopUpWait = {
  readonly kind: 'wait';
  readonly because: WaitReason;
  /** When time alone will have lifted it; null where time does not. */
  readonly until: Date | null;
};
export type AutoTopUpDecision = AutoTopUpCharge | AutoTopUpWait;

/** Whether a charge took the balance from the threshold or above it to below it. */
export const crosses = (
  { threshold }: Pick<AutoTopUpSettings, 'threshold'>,
  { before, after }: { before: Credits; after: Credits },
): boolean => before >= threshold && after < threshold;
