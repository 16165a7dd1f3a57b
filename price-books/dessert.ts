import { cents, wholeCredits } from '@/lib/domain/credits';
import type { PriceBook, Service } from '@/lib/domain/price-book';

const ad = (title: string, credits: bigint): Service => ({
  title,
  price: { form: 'flat', credits: wholeCredits(credits) },
  settlement: 'on_accept',
  shortfall: 'refuse',
});

/** An ad generator: a flat price per format, charged when accepted, refunded when the delivery fails. */
export const dessert: PriceBook = {
  id: 'dessert',
  version: '2026-11-22',
  credit: {
    singular: 'credit',
    plural: 'credits',
    decimals: 0,
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(10n) },
  },
  currency: 'usd',
  sale: {
    kind: 'free-amount',
    // Ours: the seed gives examples and no bounds. Stripe takes at most eight digits of cents.
    leastCents: cents(5_00n),
    mostCents: cents(999_999_00n),
    stepCents: cents(10n),
    presetsCents: [cents(25_00n), cents(50_00n), cents(100_00n), cents(250_00n)],
  },
  grants: {
    welcome: wholeCredits(50n),
    monthlyAllowance: null,
    purchaseExpiryDays: null,
    staffGrantExpiryDays: null,
  },
  services: {
    static: ad('Static ad', 5n),
    full: ad('Static and animated ad', 15n),
  },
  overdraft: 'none',
  pendingPaymentDays: null,
  autoTopUp: {
    // The bounds are ours; the presets are the seed's defaults.
    threshold: { least: wholeCredits(5n), most: wholeCredits(10_000n), preset: wholeCredits(20n) },
    size: {
      mode: 'amount',
      amountCents: { least: cents(5_00n), most: cents(1_000_00n), preset: cents(25_00n) },
    },
    isInline: true,
    // Ours: a safety net beside the one in the request, which waits for nothing but the monthly limit.
    checkEverySeconds: 30n * 60n,
    cooldownSeconds: 0n,
    monthlyLimitCents: cents(1_000_00n),
  },
  alerts: null,
  endOfMonthInvoicing: true,
  wireKinds: {
    bonus: 'Bonus',
    refund: 'Refund',
    restore: 'Refund',
    // Ours: the seed names no more than the two above.
    consume: 'Generation',
    topup: 'Purchase',
    adjustment: 'Adjustment',
    allowance: 'Allowance',
    expiry: 'Expiry',
    clawback: 'Clawback',
  },
  wireEvents: {},
};
