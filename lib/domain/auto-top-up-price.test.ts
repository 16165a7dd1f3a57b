import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { BOOKS } from '@/test/auto-top-up/rules';
import { aBook } from '@/test/pricing/a-book';

import { fullPriceOf, priceFor, priceRangeOf, wholeSteps } from './auto-top-up-price';
import { cents, credits, wholeCredits } from './credits';
import { creditsFor } from './package-of';
import type { PriceBook } from './price-book';

const { credit } = aBook();
const packagesAt = (creditUnits: bigint, price: bigint): PriceBook =>
  aBook({
    credit: { ...credit, rate: { creditUnits: credits(creditUnits), priceCents: cents(price) } },
    sale: {
      kind: 'packages',
      packages: [
        { id: 'large', credits: wholeCredits(5_000n), priceCents: cents(50_00n) },
        { id: 'small', credits: wholeCredits(500n), priceCents: cents(5_00n) },
      ],
    },
  });

describe('what an automatic purchase can cost', () => {
  test.each([
    { says: 'a free amount has its own range', book: aBook(), least: 5_00n, most: 1_000_00n, step: 10n },
    {
      says: 'beside packages it starts at the cheapest',
      book: packagesAt(1_000_000n, 1n),
      least: 5_00n,
      most: null,
      step: 1n,
    },
    {
      says: 'its step buys whole units',
      book: packagesAt(7_000_001n, 3n),
      least: 5_01n,
      most: null,
      step: 3n,
    },
    {
      says: 'and is no larger than that needs',
      book: packagesAt(7_000_002n, 12n),
      least: 5_00n,
      most: null,
      step: 2n,
    },
  ])('$says', ({ book, least, most, step }) => {
    const { leastCents, mostCents, stepCents } = priceRangeOf(book);
    expect({ leastCents, mostCents, stepCents }).toEqual({
      leastCents: least,
      mostCents: most,
      stepCents: step,
    });
  });

  test.each([
    { target: 10n, price: 5_00n },
    { target: 600n, price: 60_00n },
    { target: 20_000n, price: 1_000_00n },
  ])('from empty to $target credits costs $price within what is sold', ({ target, price }) => {
    const book = aBook();
    const size = { mode: 'target', target: wholeCredits(target) } as const;
    expect(fullPriceOf(size, book, priceRangeOf(book))).toBe(price);
  });
});

const books = fc.oneof(
  fc.constantFrom(...BOOKS),
  fc.tuple(fc.bigInt(1n, 9_000_000n), fc.bigInt(1n, 99n)).map(([units, price]) => packagesAt(units, price)),
);

test('the price of an amount buys it exactly, and no step less would', () => {
  fc.assert(
    fc.property(books, fc.bigInt(1n, 10n ** 12n), (book, amount) => {
      const range = priceRangeOf(book);
      const { rate } = book.credit;
      const price = priceFor(book, range, credits(amount));
      expect(creditsFor(book, price)).toBeGreaterThanOrEqual(amount);
      expect(creditsFor(book, cents(price - range.stepCents))).toBeLessThan(amount);
      expect((price * rate.creditUnits) % rate.priceCents).toBe(0n);
      expect(wholeSteps(price, range)).toBe(price);
      expect(wholeSteps(cents(price + range.stepCents - 1n), range)).toBe(price);
    }),
  );
});
