import fc from 'fast-check';
import { expect, test } from 'vitest';

import { credits } from './credits';
import { creditsOfDecimal, decimalOfCredits } from './decimal-credits';

test.each([
  [0n, '0'],
  [1n, '0.000001'],
  [14_000_000n, '14'],
  [2_700n, '0.0027'],
  [-500_000n, '-0.5'],
  [9_223_372_036_854_775_807n, '9223372036854.775807'],
])('%s millionths are written %s', (amount, text) => {
  expect(decimalOfCredits(credits(amount))).toBe(text);
});

test.each([
  '',
  '-1',
  '+1',
  '01',
  '1.',
  '.5',
  '1.0000001',
  '1e3',
  '0x10',
  '١',
  ' 1',
  '1 ',
  'NaN',
  '1234567890123',
])('%j says no credits', (text) => {
  expect(creditsOfDecimal(text)).toBeNull();
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (amount) => {
      expect(creditsOfDecimal(decimalOfCredits(credits(amount)))).toBe(amount);
    }),
  );
});
