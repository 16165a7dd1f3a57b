import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aBook } from '@/test/pricing/a-book';

import { cents, wholeCredits } from './credits';
import { boundsOfSale, packageFor, packageOf, packagesOf } from './package-of';

const FREE = aBook();
const PACKAGES = aBook({
  sale: {
    kind: 'packages',
    packages: [{ id: '50', credits: wholeCredits(50n), priceCents: cents(5_00n) }],
  },
});

describe('packagesOf', () => {
  test('packages are offered as they stand', () => {
    expect(packagesOf(PACKAGES).map(({ id }) => id)).toEqual(['50']);
  });

  test('a free amount offers what it suggests, as packages', () => {
    expect(packagesOf(FREE)).toEqual([
      { id: 'amount-2500', credits: wholeCredits(250n), priceCents: 25_00n },
      { id: 'amount-10000', credits: wholeCredits(1_000n), priceCents: 100_00n },
    ]);
  });

  test('whatever is offered can be bought by its id', () => {
    for (const book of [FREE, PACKAGES]) {
      for (const offered of packagesOf(book)) expect(packageOf(book, offered.id)).toEqual(offered);
    }
  });
});

describe('packageOf', () => {
  test.each([
    { id: 'amount-500', credits: wholeCredits(50n) },
    { id: 'amount-510', credits: wholeCredits(51n) },
    { id: 'amount-100000', credits: wholeCredits(10_000n) },
  ])('a free amount sells $id', ({ id, credits }) => {
    expect(packageOf(FREE, id)).toMatchObject({ id, credits });
  });

  test.each([
    'amount-490',
    'amount-100010',
    'amount-505',
    'amount-0500',
    'amount--500',
    'amount-5e2',
    'amount-500.0',
    'amount-٥٠٠',
    'amount-9223372036854775808',
    'amount-',
    '500',
    '',
    '__proto__',
  ])('and not “%s”', (id) => {
    expect(packageOf(FREE, id)).toBeNull();
    expect(packageOf(PACKAGES, id)).toBeNull();
  });

  test('every multiple of the step within the bounds is sold, exactly at the rate', () => {
    fc.assert(
      fc.property(fc.bigInt(50n, 10_000n), (tens) => {
        const offered = packageFor(FREE, cents(tens * 10n));
        expect(offered).toMatchObject({ credits: wholeCredits(tens), priceCents: tens * 10n });
      }),
    );
  });
});

describe('boundsOfSale', () => {
  test('of a free amount are its own', () => {
    expect(boundsOfSale(FREE)).toEqual({ least: 5_00n, most: 1_000_00n });
  });

  test('of packages are the cheapest and the dearest, in whatever order they stand', () => {
    const [offered] = packagesOf(PACKAGES);
    if (!offered) throw new Error('No package');
    const packages = [50_00n, 5_00n, 500_00n].map((price, index) => ({
      ...offered,
      id: `${index}`,
      priceCents: cents(price),
    }));
    expect(boundsOfSale(aBook({ sale: { kind: 'packages', packages } }))).toEqual({
      least: 5_00n,
      most: 500_00n,
    });
  });
});
