import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ratio, type Rounding, rounded, sumOf } from './ratio';

const direction = fc.constantFrom<Rounding['direction'][]>('up', 'down', 'nearest');
const fraction = fc
  .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n))
  .map(([n, d]) => ratio(n, d));
const step = fc.bigInt(1n, 10n ** 7n);

describe('rounded', () => {
  test.each([
    { of: ratio(3n, 2n), direction: 'up', step: 1n, is: 2n },
    { of: ratio(3n, 2n), direction: 'down', step: 1n, is: 1n },
    { of: ratio(3n, 2n), direction: 'nearest', step: 1n, is: 2n },
    { of: ratio(4n, 3n), direction: 'nearest', step: 1n, is: 1n },
    { of: ratio(5n, 3n), direction: 'nearest', step: 1n, is: 2n },
    { of: ratio(2n), direction: 'up', step: 1n, is: 2n },
    { of: ratio(0n), direction: 'up', step: 7n, is: 0n },
    { of: ratio(1n, 10n ** 18n), direction: 'up', step: 1_000_000n, is: 1_000_000n },
    { of: ratio(1_499_999n), direction: 'nearest', step: 1_000_000n, is: 1_000_000n },
    { of: ratio(1_500_000n), direction: 'nearest', step: 1_000_000n, is: 2_000_000n },
    { of: ratio(-3n, 2n), direction: 'up', step: 1n, is: -1n },
    { of: ratio(-3n, 2n), direction: 'down', step: 1n, is: -2n },
    { of: ratio(-3n, 2n), direction: 'nearest', step: 1n, is: -1n },
  ] as const)('$of.numerator/$of.denominator $direction to $step is $is', ({ of, is, ...rounding }) => {
    expect(rounded(of, rounding)).toBe(is);
  });

  test('is a multiple of the step, on the stated side, less than a step away', () => {
    fc.assert(
      fc.property(fraction, direction, step, (of, towards, size) => {
        const result = rounded(of, { direction: towards, step: size });
        const off = result * of.denominator - of.numerator;
        const aStep = size * of.denominator;
        expect(result % size).toBe(0n);
        const isRight = {
          up: off >= 0n && off < aStep,
          down: off <= 0n && -off < aStep,
          nearest: 2n * off <= aStep && 2n * off > -aStep,
        };
        expect(isRight[towards]).toBe(true);
      }),
    );
  });

  test('a larger fraction never rounds to less', () => {
    fc.assert(
      fc.property(fraction, fc.bigInt(0n, 10n ** 12n), direction, step, (of, more, towards, size) => {
        const rounding = { direction: towards, step: size };
        const larger = ratio(of.numerator + more, of.denominator);
        expect(rounded(larger, rounding)).toBeGreaterThanOrEqual(rounded(of, rounding));
      }),
    );
  });
});

describe('sumOf', () => {
  test('a third three times is one, exactly', () => {
    const { numerator, denominator } = sumOf([ratio(1n, 3n), ratio(1n, 3n), ratio(1n, 3n)]);
    expect(numerator).toBe(denominator);
  });

  test('the order does not matter', () => {
    fc.assert(
      fc.property(fc.array(fraction, { maxLength: 6 }), (fractions) => {
        const [one, other] = [sumOf(fractions), sumOf(fractions.toReversed())];
        expect(one.numerator * other.denominator).toBe(other.numerator * one.denominator);
      }),
    );
  });
});
