import { type Credits, credits } from './credits';
import { numberOf } from './number-of';

const UNITS_PER_CREDIT = 1_000_000n;

/** What an account has: `total` is available and held; what is frozen is held, and what expires soon is available. */
export type BalanceAmounts = {
  readonly total: Credits;
  readonly available: Credits;
  readonly frozen: Credits;
  readonly expiringSoon: Credits;
};

/**
 * The parts as a screen shows them. What rounding hides is counted as held, so that the shown parts add up to the
 * shown total and what can be spent is never overstated.
 */
export function balanceParts(
  { total, available, frozen, expiringSoon }: BalanceAmounts,
  { decimals, threshold }: { decimals: number; threshold: Credits | null },
) {
  const step = UNITS_PER_CREDIT / 10n ** BigInt(decimals);
  const cut = (amount: Credits) => credits((amount / step) * step);

  const shownAvailable = cut(available);
  const shownExpiring = cut(expiringSoon);
  const shownHeld = credits(cut(total) - shownAvailable);
  const shownFrozen = cut(frozen < shownHeld ? frozen : shownHeld);
  // Below its threshold, the bar ends where auto top-up would have begun.
  const scale = threshold !== null && threshold > total ? threshold : total;
  const share = (part: bigint) => (scale > 0n ? numberOf((part * 10_000n) / scale) / 10_000 : 0);
  return {
    available: shownAvailable,
    expiring: shownExpiring,
    held: shownHeld,
    /** Of what is held. */
    running: credits(shownHeld - shownFrozen),
    frozen: shownFrozen,
    lasting: credits(shownAvailable - shownExpiring),
    /** Of the bar. Null where none would tell the truth: in debt, at zero, or with more held than there is. */
    shares:
      total > 0n && available >= 0n
        ? {
            lasting: share(available - expiringSoon),
            expiring: share(expiringSoon),
            held: share(total - available),
            /** Where the end of what is available meets auto top-up; null where nothing is bought by itself. */
            threshold: threshold === null ? null : share(threshold),
          }
        : null,
  };
}
export type BalanceParts = ReturnType<typeof balanceParts>;
