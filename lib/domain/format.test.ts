import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, credits, wholeCredits } from './credits';
import { formatCredits, formatDelta, formatMoney } from './format';

describe('formatCredits', () => {
  test.each([
    { amount: wholeCredits(12_480n), decimals: 0, shown: '12,480' },
    { amount: credits(14_999_999n), decimals: 0, shown: '14' },
    { amount: credits(-14_500_000n), decimals: 2, shown: '−14.50' },
    { amount: credits(-1n), decimals: 0, shown: '0' },
    { amount: credits(1n), decimals: 6, shown: '0.000001' },
    { amount: credits(0n), decimals: 2, shown: '0.00' },
    { amount: credits(9_223_372_036_854_775_807n), decimals: 6, shown: '9,223,372,036,854.775807' },
  ])('$amount units with $decimals decimals are $shown', ({ amount, decimals, shown }) => {
    expect(formatCredits(amount, decimals)).toBe(shown);
  });

  test('never shows more than there is', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 63n - 1n), fc.integer({ min: 0, max: 6 }), (units, decimals) => {
        const shown = formatCredits(credits(units), decimals).replaceAll(',', '');
        const [whole = '', fraction = ''] = shown.split('.');
        expect(BigInt(whole + fraction.padEnd(6, '0'))).toBeLessThanOrEqual(units);
      }),
    );
  });
});

test.each([
  { amount: wholeCredits(500n), shown: '+500' },
  { amount: wholeCredits(-14n), shown: '−14' },
  { amount: credits(0n), shown: '0' },
])('a change of $amount units is $shown', ({ amount, shown }) => {
  expect(formatDelta(amount)).toBe(shown);
});

test.each([
  { amount: 50_00n, currency: 'usd', shown: '$50.00' },
  { amount: 1_250_00n, currency: 'usd', shown: '$1,250.00' },
  { amount: 5n, currency: 'usd', shown: '$0.05' },
  { amount: -5_00n, currency: 'usd', shown: '−$5.00' },
  { amount: 500n, currency: 'jpy', shown: '¥500' },
])('$amount of $currency is $shown', ({ amount, currency, shown }) => {
  expect(formatMoney(cents(amount), currency)).toBe(shown);
});
