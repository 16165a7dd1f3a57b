import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aBook, aBookAt, aService } from '@/test/pricing/a-book';
import { aPrice, pricedWork, someQuantities } from '@/test/pricing/arbitrary-prices';

import { credits, wholeCredits } from './credits';
import { minutes } from './duration';
import { priceOf } from './price-of';
import { quoteOf } from './quote-of';
import type { Work } from './work';

const BOOK = aBook({
  services: {
    asset: aService({
      form: 'block',
      measure: 'milliseconds',
      rate: { credits: wholeCredits(1n), per: minutes(1n) },
    }),
    poster: aService({ form: 'flat', credits: wholeCredits(5n) }),
  },
});
const asset = (length: bigint): Work => ({ service: 'asset', quantities: { milliseconds: length } });
const poster: Work = { service: 'poster', quantities: {} };

describe('quoteOf', () => {
  test.each([
    { rule: 'enough', has: 20n, amount: 15n, sufficient: true, shortfall: 0n },
    { rule: 'exactly enough', has: 15n, amount: 15n, sufficient: true, shortfall: 0n },
    { rule: 'one missing', has: 14n, amount: 15n, sufficient: false, shortfall: 1n },
    { rule: 'nothing there', has: 0n, amount: 15n, sufficient: false, shortfall: 15n },
    { rule: 'what is owed is missing too', has: -5n, amount: 15n, sufficient: false, shortfall: 20n },
  ])('$rule: $has credits for $amount', ({ has, amount, sufficient, shortfall }) => {
    const quote = quoteOf(BOOK, [asset(minutes(10n)), poster], { available: wholeCredits(has) });
    expect(quote).toMatchObject({
      kind: 'quoted',
      amount: wholeCredits(amount),
      priced: [{ amount: wholeCredits(10n) }, { amount: wholeCredits(5n) }],
      available: wholeCredits(has),
      sufficient,
      shortfall: wholeCredits(shortfall),
    });
  });

  test('nothing costs nothing', () => {
    expect(quoteOf(BOOK, [], { available: credits(0n) })).toMatchObject({ amount: 0n, sufficient: true });
  });

  test('every row is looked at, and every mistake named with its place', () => {
    const works: Work[] = [
      poster,
      { service: 'unknown', quantities: {} },
      asset(1n),
      { service: 'asset', quantities: {} },
    ];
    expect(quoteOf(BOOK, works, { available: credits(0n) })).toMatchObject({
      kind: 'refused',
      refusals: [
        { index: 1, because: 'unknown-service' },
        { index: 3, because: 'missing-quantity' },
      ],
    });
  });

  test('a list costs the sum of its pieces, each as it costs alone', () => {
    const list = fc.array(someQuantities, { maxLength: 8 });
    fc.assert(
      fc.property(aPrice, list, fc.bigInt(-(10n ** 12n), 10n ** 15n), (price, quantities, available) => {
        const works = quantities.map((each) => ({ service: 'work', quantities: each }));
        const book = aBookAt(price);
        const quote = quoteOf(book, works, { available: credits(available) });
        if (quote.kind === 'refused') throw new Error('refused');
        const alone = works.map((work) => priceOf(book, work));
        expect(quote.priced).toEqual(alone);
        expect(quote.amount).toBe(quote.priced.reduce((sum, { amount }) => sum + amount, 0n));
        expect(quote.shortfall).toBe(quote.amount > available ? quote.amount - available : 0n);
        expect(quote.sufficient).toBe(quote.shortfall === 0n);
      }),
    );
  });

  test('a charge of quoted work costs the quote, and under a dearer book no more than it', () => {
    fc.assert(
      fc.property(pricedWork, aPrice, ({ price, quantities }, dearer) => {
        const work = { service: 'work', quantities };
        const quote = quoteOf(aBookAt(price), [work], { available: credits(0n) });
        if (quote.kind === 'refused') throw new Error('refused');
        expect(priceOf(aBookAt(price), work, quote.amount)).toMatchObject({ amount: quote.amount });
        const later = priceOf(aBookAt(dearer), work, quote.amount);
        expect(later.kind === 'priced' ? later.amount : 0n).toBeLessThanOrEqual(quote.amount);
      }),
    );
  });
});
