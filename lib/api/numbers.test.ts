import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cents, credits } from '@/lib/domain/credits';
import { creditsOfDecimal } from '@/lib/domain/decimal-credits';

import { centsOfNumber, numberOfCents, numberOfCredits } from './numbers';

test.each([
  { units: 0n, is: '0' },
  { units: 42_000_000n, is: '42' },
  { units: -10_000_000n, is: '-10' },
  { units: 14_500_000n, is: '14.5' },
  { units: 1n, is: '0.000001' },
  { units: -1n, is: '-0.000001' },
  { units: 9_223_372_036_854_000_000n, is: '9223372036854' },
  { units: 8_589_934_591_999_999n, is: '8589934591.999999' },
])('$units units are $is in JSON', ({ units, is }) => {
  expect(JSON.stringify(numberOfCredits(credits(units)))).toBe(is);
});

test('below 2^33 credits every millionth comes back as it went', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 33n * 1_000_000n - 1n), (units) => {
      const written = numberOfCredits(credits(units)).toLocaleString('en-US', {
        useGrouping: false,
        maximumFractionDigits: 6,
      });
      expect(creditsOfDecimal(written)).toBe(units);
    }),
  );
});

test('cents go there and back', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 99_999_999_999n), (amount) => {
      expect(centsOfNumber(numberOfCents(cents(amount)))).toBe(amount);
    }),
  );
});
