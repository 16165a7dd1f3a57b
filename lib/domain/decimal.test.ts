import fc from 'fast-check';
import { expect, test } from 'vitest';

import { credits } from './credits';
import { decimalOf } from './decimal';

test.each([
  [0n, '0'],
  [1n, '0.000001'],
  [-1n, '-0.000001'],
  [12_500_000n, '12.5'],
  [-1_000_000_000n, '-1000'],
  [9_223_372_036_854_775_807n, '9223372036854.775807'],
])('%d units are %s', (units, decimal) => {
  expect(decimalOf(credits(units))).toBe(decimal);
});

test('every amount can be read back from its decimal', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), (units) => {
      const [whole = '', fraction = ''] = decimalOf(credits(units)).split('.');
      expect(BigInt(`${whole}${fraction.padEnd(6, '0')}`)).toBe(units);
    }),
  );
});
