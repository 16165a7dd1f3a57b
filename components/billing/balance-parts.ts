import type { Balance } from '@/lib/contracts/balance';
import { type Credits, credits } from '@/lib/domain/credits';
import { numberOf } from '@/lib/domain/number-of';

const UNITS_PER_CREDIT = 1_000_000n;

/**
 * The parts as the screen shows them. What rounding hides is counted as held, so that the shown parts add up to the
 * shown total and what can be spent is never overstated.
 */
export function balanceParts({ total, available, frozen, expiringSoon }: Balance, decimals: number) {
  const step = UNITS_PER_CREDIT / 10n ** BigInt(decimals);
  const cut = (amount: Credits) => credits((amount / step) * step);

  const shownAvailable = cut(available);
  const shownExpiring = cut(expiringSoon);
  const shownHeld = credits(cut(total) - shownAvailable);
  const shownFrozen = cut(frozen < shownHeld ? frozen : shownHeld);
  const share = (part: bigint) => (total > 0n ? numberOf((part * 10_000n) / total) / 10_000 : 0);
  return {
    available: shownAvailable,
    expiring: shownExpiring,
    held: shownHeld,
    /** Of what is held. */
    running: credits(shownHeld - shownFrozen),
    frozen: shownFrozen,
    lasting: credits(shownAvailable - shownExpiring),
    /** Null where a bar would lie: in debt, at zero, or with more held than there is. */
    shares:
      total > 0n && available >= 0n
        ? {
            lasting: share(available - expiringSoon),
            expiring: share(expiringSoon),
            held: share(total - available),
          }
        : null,
  };
}
