import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cents } from './credits';
import { centsOfDecimal, decimalOfCents } from './decimal-money';

test.each([
  { text: '20', currency: 'usd', amount: 20_00n },
  { text: '19.9', currency: 'usd', amount: 19_90n },
  { text: '0.05', currency: 'usd', amount: 5n },
  { text: '2000', currency: 'jpy', amount: 2000n },
  { text: '20.5', currency: 'jpy', amount: null },
  { text: '19.999', currency: 'usd', amount: null },
  { text: '', currency: 'usd', amount: null },
  { text: '-5', currency: 'usd', amount: null },
  { text: '1e3', currency: 'usd', amount: null },
  { text: '20.', currency: 'usd', amount: null },
])('$text in $currency is $amount', ({ text, currency, amount }) => {
  expect(centsOfDecimal(text, currency)).toBe(amount);
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 11n), fc.constantFrom('usd', 'jpy', 'eur'), (amount, currency) => {
      fc.pre(decimalOfCents(cents(amount), currency).length <= 10);
      expect(centsOfDecimal(decimalOfCents(cents(amount), currency), currency)).toBe(amount);
    }),
  );
});
