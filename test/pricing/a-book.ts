import { cents, wholeCredits } from '@/lib/domain/credits';
import type { Price } from '@/lib/domain/price';
import type { PriceBook, Service } from '@/lib/domain/price-book';

/** A valid price book at ten cents a credit, with what a test changes. */
export const aBook = (change: Partial<PriceBook> = {}): PriceBook => ({
  id: 'a-book',
  version: '1',
  credit: {
    singular: 'credit',
    plural: 'credits',
    decimals: 0,
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(10n) },
  },
  currency: 'usd',
  sale: {
    kind: 'free-amount',
    leastCents: cents(5_00n),
    mostCents: cents(1_000_00n),
    stepCents: cents(10n),
    presetsCents: [cents(25_00n), cents(100_00n)],
  },
  grants: { welcome: null, monthlyAllowance: null, purchaseExpiryDays: null, staffGrantExpiryDays: null },
  services: { work: aService({ form: 'flat', credits: wholeCredits(5n) }) },
  overdraft: 'none',
  pendingPaymentDays: null,
  autoTopUp: {
    threshold: { least: wholeCredits(1n), most: wholeCredits(1_000n), preset: wholeCredits(20n) },
    size: {
      mode: 'amount',
      amountCents: { least: cents(5_00n), most: cents(1_000_00n), preset: cents(25_00n) },
    },
    isInline: false,
    checkEverySeconds: 1_800n,
    cooldownSeconds: 21_600n,
    monthlyLimitCents: cents(1_000_00n),
  },
  alerts: null,
  endOfMonthInvoicing: false,
  wireKinds: {},
  wireEvents: {},
  ...change,
});

/** Something sold at `price`, charged on success and refused when short. */
export const aService = (price: Price): Service => ({
  title: 'Work',
  price,
  settlement: 'on_success',
  shortfall: 'refuse',
});

/** A book whose only service, `work`, has this price. */
export const aBookAt = (price: Price): PriceBook => aBook({ services: { work: aService(price) } });
