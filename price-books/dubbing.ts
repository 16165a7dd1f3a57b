import { cents, wholeCredits } from '@/lib/domain/credits';
import type { PriceBook } from '@/lib/domain/price-book';

/** A voice-dubbing platform: packages at one cent a credit, credits that never expire. */
export const dubbing: PriceBook = {
  id: 'dubbing',
  version: '2026-11-22',
  credit: {
    singular: 'credit',
    plural: 'credits',
    decimals: 0,
    rate: { creditUnits: wholeCredits(1n), priceCents: cents(1n) },
  },
  currency: 'usd',
  packages: [
    { id: '500', credits: wholeCredits(500n), priceCents: cents(5_00n) },
    { id: '5000', credits: wholeCredits(5_000n), priceCents: cents(50_00n) },
    { id: '50000', credits: wholeCredits(50_000n), priceCents: cents(500_00n) },
    { id: '125000', credits: wholeCredits(125_000n), priceCents: cents(1_250_00n) },
  ],
};
