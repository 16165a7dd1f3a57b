import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aCard } from '@/test/cards/a-card';

import { defaultAfter, isChargedBy, lacksCard } from './default-card';

describe('the default card', () => {
  const a = aCard('a', { number: '4242' });
  const again = aCard('again', { number: '4242', day: 2 });
  const b = aCard('b', { number: '5555', day: 3 });
  test.each([
    { rule: 'is the first that is saved', cards: [a], chosen: null, known: [], is: 'a' },
    { rule: 'is the older of two saved at once', cards: [b, a], chosen: null, known: [], is: 'a' },
    { rule: 'stays when another is saved', cards: [a, b], chosen: 'a', known: ['a'], is: 'a' },
    { rule: 'is what its owner chose', cards: [a, b], chosen: 'b', known: ['a'], is: 'b' },
    { rule: 'is none where there is no card', cards: [], chosen: null, known: ['a'], is: null },
    { rule: 'is none where it was taken away', cards: [b], chosen: null, known: ['a', 'b'], is: null },
    {
      rule: 'is none where Stripe still names one that is gone',
      cards: [b],
      chosen: 'a',
      known: ['a', 'b'],
      is: null,
    },
    { rule: 'is the next that is saved after that', cards: [b, a], chosen: null, known: ['b'], is: 'a' },
    { rule: 'is the same card saved anew', cards: [a, again, b], chosen: 'a', known: ['a'], is: 'again' },
    {
      rule: 'is no copy that was saved before it',
      cards: [a, again],
      chosen: 'again',
      known: [],
      is: 'again',
    },
    { rule: 'is no copy that was known', cards: [a, again], chosen: 'a', known: ['a', 'again'], is: 'a' },
  ])('$rule', ({ cards, chosen, known, is }) => {
    expect(defaultAfter(cards, { chosen, known: new Set(known) })).toBe(is);
  });

  test('once kept it is settled: the same look again changes nothing, in whatever order the cards come', () => {
    const pool = [a, again, b];
    const ids = fc.subarray(pool.map(({ paymentMethod }) => paymentMethod));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(pool),
        fc.option(fc.constantFrom('a', 'again', 'b', 'gone')),
        ids,
        (cards, chosen, known) => {
          const seen = { chosen, known: new Set(known) };
          const is = defaultAfter(cards, seen);
          expect(defaultAfter(cards.toReversed(), seen)).toBe(is);
          expect(
            defaultAfter(cards, { chosen: is, known: new Set(cards.map((card) => card.paymentMethod)) }),
          ).toBe(is);
        },
      ),
    );
  });
});

describe('what auto top-up charges', () => {
  const standing = aCard('standing', { isDefault: true });
  const other = aCard('other', { number: '5555' });
  test.each([
    { rule: 'is the default', on: true, its: null, charged: ['standing'], lacks: false },
    { rule: 'is the card that it names', on: true, its: 'other', charged: ['other'], lacks: false },
    { rule: 'is nothing where the named card is gone', on: true, its: 'gone', charged: [], lacks: true },
    {
      rule: 'is nothing while it is off, and then nothing is lacking',
      on: false,
      its: 'gone',
      charged: [],
      lacks: false,
    },
  ])('$rule', ({ on, its, charged, lacks }) => {
    const rule = { enabled: on, paymentMethod: its };
    const cards = [standing, other];
    expect(cards.filter((card) => isChargedBy(rule, card)).map((card) => card.paymentMethod)).toEqual(
      charged,
    );
    expect(lacksCard(rule, cards)).toBe(lacks);
  });

  test('is lacking where there is a card and no default', () => {
    expect(lacksCard({ enabled: true, paymentMethod: null }, [other])).toBe(true);
  });
});
