import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { dubbing } from '@/price-books/dubbing';
import { BOOKS } from '@/test/auto-top-up/rules';

import { credits, wholeCredits } from './credits';
import { leastPackage } from './least-package';
import { packageOf, packagesOf } from './package-of';

describe('leastPackage', () => {
  test.each([
    { need: 1n, id: '500' },
    { need: 500n, id: '500' },
    { need: 501n, id: '5000' },
    { need: 9_000_000n, id: '125000' },
  ])('$need credits are bought as $id', ({ need, id }) => {
    expect(leastPackage(dubbing, wholeCredits(need))?.id).toBe(id);
  });

  test('it is sold, and nothing that is sold and suggested brings enough for less', () => {
    for (const book of BOOKS) {
      fc.assert(
        fc.property(fc.bigInt(1n, 10n ** 13n).map(credits), (need) => {
          const least = leastPackage(book, need);
          expect(least).not.toBeNull();
          if (least === null) return;
          expect(packageOf(book, least.id)).toEqual(least);
          const cheaper = packagesOf(book).filter(
            (offered) => offered.credits >= need && offered.priceCents < least.priceCents,
          );
          expect(cheaper).toEqual([]);
          const more = packagesOf(book).filter((offered) => offered.credits > least.credits);
          expect(least.credits >= need || more.length === 0).toBe(true);
        }),
      );
    }
  });
});
