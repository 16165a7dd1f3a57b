import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, credits, wholeCredits, worthOf } from './credits';

const RATE = { creditUnits: wholeCredits(1n), priceCents: cents(1n) };

describe('worthOf', () => {
  test.each([
    { amount: wholeCredits(12_480n), worth: 124_80n },
    { amount: credits(999_999n), worth: 0n },
    { amount: credits(1_000_001n), worth: 1n },
    { amount: credits(0n), worth: 0n },
    { amount: wholeCredits(-5n), worth: 0n },
  ])('$amount units are worth $worth cents', ({ amount, worth }) => {
    expect(worthOf(amount, RATE)).toBe(worth);
  });

  test('never says more than the credits cost, and less than one cent less', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 18n),
        fc.bigInt(1n, 10n ** 9n),
        fc.bigInt(1n, 10n ** 6n),
        (amount, units, price) => {
          const worth = worthOf(credits(amount), { creditUnits: credits(units), priceCents: cents(price) });
          expect(worth * units).toBeLessThanOrEqual(amount * price);
          expect((worth + 1n) * units).toBeGreaterThan(amount * price);
        },
      ),
    );
  });
});

test('cents and credits do not mix', () => {
  // @ts-expect-error: this is what the units are for.
  const mixed: ReturnType<typeof cents> = wholeCredits(1n);
  expect(mixed).toBe(1_000_000n);
});
