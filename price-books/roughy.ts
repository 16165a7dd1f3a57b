import { cents, wholeCredits } from '@/lib/domain/credits';
import { minutes } from '@/lib/domain/duration';
import type { PriceBook } from '@/lib/domain/price-book';

/** A rough-cut video platform: one charge per source asset, after it is processed; everything made of it is free. */
export const roughy: PriceBook = {
  id: 'roughy',
  version: '2026-11-22',
  credit: {
    singular: 'credit',
    plural: 'credits',
    decimals: 0,
    // Ours: the seed names no price.
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(10n) },
  },
  currency: 'usd',
  // Ours: the seed says only “checkout sessions”.
  sale: {
    kind: 'free-amount',
    leastCents: cents(5_00n),
    mostCents: cents(1_000_00n),
    stepCents: cents(10n),
    presetsCents: [cents(10_00n), cents(25_00n), cents(50_00n), cents(100_00n)],
  },
  grants: {
    welcome: null,
    monthlyAllowance: null,
    purchaseExpiryDays: null,
    // The seed's `expiry` entries carry a grant's id, so it is grants that grow stale. The year is ours.
    staffGrantExpiryDays: 365n,
  },
  services: {
    asset: {
      title: 'Source media',
      price: {
        form: 'block',
        measure: 'milliseconds',
        rate: { credits: wholeCredits(1n), per: minutes(1n) },
      },
      settlement: 'after_processing',
      shortfall: 'pending_payment',
    },
  },
  overdraft: 'none',
  pendingPaymentDays: 30n,
  // Ours throughout: the seed has no auto top-up.
  autoTopUp: {
    threshold: { least: wholeCredits(10n), most: wholeCredits(9_900n), preset: wholeCredits(50n) },
    size: {
      mode: 'amount',
      amountCents: { least: cents(5_00n), most: cents(1_000_00n), preset: cents(25_00n) },
    },
    isInline: false,
    checkEverySeconds: 30n * 60n,
    cooldownSeconds: 6n * 60n * 60n,
    monthlyLimitCents: cents(1_000_00n),
  },
  alerts: null,
  endOfMonthInvoicing: false,
  wireKinds: {
    consume: 'consume_asset',
    // The seed has five types, and no other is ever sent.
    restore: 'refund',
    bonus: 'topup',
    allowance: 'topup',
    clawback: 'adjustment',
  },
  wireEvents: { 'operation.ready': 'asset.ready' },
};
