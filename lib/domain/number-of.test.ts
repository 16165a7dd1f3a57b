import { describe, expect, test } from 'vitest';

import { cents, credits } from './credits';
import { exactNumber, numberOf, roundedNumber } from './number-of';

const LAST = 2n ** 53n - 1n;

describe('a count', () => {
  test.each([0n, -1n, 86_400_000n, LAST, -LAST])('of %s is that number', (count) => {
    expect(BigInt(numberOf(count))).toBe(count);
  });

  test('beyond what a number counts one by one is none', () => {
    expect(() => numberOf(LAST + 1n)).toThrow(RangeError);
  });

  test('is not an amount', () => {
    // Only the compiler refuses these, where they are checked; they would run.
    // @ts-expect-error Credits stay exact.
    expect(numberOf(credits(1n))).toBe(1);
    // @ts-expect-error So do cents.
    expect(numberOf(cents(1n))).toBe(1);
  });
});

test('a proportion for the eye may be rounded, but is no amount', () => {
  expect(roundedNumber(150n)).toBe(150);
  expect(roundedNumber(LAST + 2n)).toBe(2 ** 53);
  // @ts-expect-error Credits stay exact.
  expect(roundedNumber(credits(1n))).toBe(1);
});

describe('an amount on a wire that has no bigint', () => {
  test.each([0n, 1n, 99_999_999n, LAST])('of %s is exact', (amount) => {
    expect(BigInt(exactNumber(cents(amount)))).toBe(amount);
  });

  test.each([LAST + 1n, -LAST - 1n, 2n ** 63n - 1n])('of %s is refused', (amount) => {
    expect(() => exactNumber(credits(amount))).toThrow(RangeError);
  });
});
