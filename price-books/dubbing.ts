import { cents, wholeCredits } from '@/lib/domain/credits';
import { minutes, seconds } from '@/lib/domain/duration';
import type { PriceBook } from '@/lib/domain/price-book';

const WHOLE_CREDIT_UP = { direction: 'up', step: wholeCredits(1n) } as const;

/** A voice-dubbing platform: packages at one cent a credit, credits that never expire. */
export const dubbing: PriceBook = {
  id: 'dubbing',
  version: '2026-11-22.2',
  credit: {
    singular: 'credit',
    plural: 'credits',
    decimals: 0,
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(1n) },
  },
  currency: 'usd',
  sale: {
    kind: 'packages',
    packages: [
      { id: '500', credits: wholeCredits(500n), priceCents: cents(5_00n) },
      { id: '5000', credits: wholeCredits(5_000n), priceCents: cents(50_00n) },
      { id: '50000', credits: wholeCredits(50_000n), priceCents: cents(500_00n) },
      { id: '125000', credits: wholeCredits(125_000n), priceCents: cents(1_250_00n) },
    ],
  },
  grants: {
    welcome: null,
    monthlyAllowance: null,
    purchaseExpiryDays: null,
    staffGrantExpiryDays: null,
  },
  services: {
    dubbing: {
      title: 'Voice dubbing',
      price: {
        form: 'unit',
        measure: 'milliseconds',
        rate: { credits: wholeCredits(10n), per: minutes(1n) },
        // The seed leaves fractions open. Ours: completed seconds, so that a song of 3 minutes and a breath costs 30.
        counted: { direction: 'down', step: seconds(1n) },
        minimum: wholeCredits(10n),
        rounding: WHOLE_CREDIT_UP,
      },
      settlement: 'on_accept',
      shortfall: 'refuse',
    },
    training: {
      title: 'Voice training',
      price: {
        form: 'unit',
        measure: 'maxMinutes',
        rate: { credits: wholeCredits(10n), per: 1n },
        counted: { direction: 'up', step: 1n },
        // “Minimum 1-minute charge”: a setting of zero trains nothing for free.
        minimum: wholeCredits(10n),
        rounding: WHOLE_CREDIT_UP,
      },
      settlement: 'on_accept',
      shortfall: 'refuse',
    },
  },
  overdraft: 'none',
  pendingPaymentDays: null,
  autoTopUp: {
    threshold: { least: wholeCredits(100n), most: wholeCredits(99_000n), preset: wholeCredits(500n) },
    size: {
      mode: 'target',
      target: { least: wholeCredits(1_100n), most: wholeCredits(100_000n), preset: wholeCredits(2_000n) },
      leastAboveThreshold: wholeCredits(1_000n),
    },
    isInline: false,
    checkEverySeconds: 30n * 60n,
    cooldownSeconds: 6n * 60n * 60n,
    // Ours: no seed has a monthly limit.
    monthlyLimitCents: cents(1_000_00n),
  },
  // The seed has no levels of its own.
  alerts: null,
  endOfMonthInvoicing: false,
  wireKinds: {},
  wireEvents: {},
};
