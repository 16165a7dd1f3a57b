import fc from 'fast-check';
import { expect, test } from 'vitest';

import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';

import { cents } from './credits';
import { packageOf, packagesOf, idOfAmount } from './package-of';
import type { FreeAmount } from './price-book';
import { amountAsTyped, amountMistake, typedAmount } from './typed-amount';

const sale = roughy.sale as FreeAmount;

test.each([
  { typed: '25', currency: 'usd', is: 25_00n },
  { typed: '25.', currency: 'usd', is: 25_00n },
  { typed: ' 12.5 ', currency: 'usd', is: 12_50n },
  { typed: '1,000', currency: 'usd', is: 1_000_00n },
  { typed: '0.07', currency: 'usd', is: 7n },
  { typed: '2500', currency: 'jpy', is: 2_500n },
  { typed: '1.2345', currency: 'bhd', is: null },
  { typed: '12.345', currency: 'usd', is: null },
  { typed: '25.0', currency: 'jpy', is: null },
  { typed: '10,00', currency: 'usd', is: null },
  { typed: '1e3', currency: 'usd', is: null },
  { typed: '-5', currency: 'usd', is: null },
  { typed: '.5', currency: 'usd', is: null },
  { typed: '', currency: 'usd', is: null },
  { typed: '9999999999', currency: 'usd', is: null },
])('“$typed” in $currency is $is', ({ typed, currency, is }) => {
  expect(typedAmount(typed, currency)).toBe(is);
});

test('an amount that is written out is read as the same', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 99_999_999_999n), fc.constantFrom('usd', 'bhd'), (amount, currency) => {
      expect(typedAmount(amountAsTyped(cents(amount), currency), currency)).toBe(amount);
    }),
  );
});

test.each([
  { amount: 5_00n, says: null },
  { amount: 1_000_00n, says: null },
  { amount: 4_99n, says: 'Enter an amount from $5.00 to $1,000.00.' },
  { amount: 1_000_10n, says: 'Enter an amount from $5.00 to $1,000.00.' },
  { amount: null, says: 'Enter an amount from $5.00 to $1,000.00.' },
  { amount: 5_05n, says: 'Enter an amount in steps of $0.10.' },
])('$amount cents: $says', ({ amount, says }) => {
  expect(amountMistake(sale, amount === null ? null : cents(amount), 'usd')).toBe(says);
});

test('an amount without a mistake is sold, and no other is', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 1_200_00n).map(cents), (amount) => {
      const sold = packageOf(roughy, idOfAmount(amount));
      expect(sold !== null).toBe(amountMistake(sale, amount, 'usd') === null);
    }),
  );
  expect(packageOf(dubbing, idOfAmount(cents(5_00n)))).toBeNull();
  expect(packagesOf(roughy)).toContainEqual(packageOf(roughy, idOfAmount(cents(25_00n))));
});
