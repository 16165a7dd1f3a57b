import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aCard } from '@/test/cards/a-card';

import { type Card, endOfCard, expiryNoticeOf, expiryOf, onceEach } from './card';
import { cardExpiry, cardName } from './card-words';

const idsOf = ({ copies }: { copies: readonly Card[] }) => copies.map(({ paymentMethod }) => paymentMethod);
const NOVEMBER = { expMonth: 11, expYear: 2026 };

describe('a card lasts to the end of its month', () => {
  test.each([
    { now: '2026-10-01T00:00:00Z', notice: null, expiry: 'good' },
    { now: '2026-10-31T23:59:59Z', notice: null, expiry: 'good' },
    { now: '2026-11-01T00:00:00Z', notice: 30, expiry: 'soon' },
    { now: '2026-11-23T23:59:59Z', notice: 30, expiry: 'soon' },
    { now: '2026-11-24T00:00:00Z', notice: 7, expiry: 'soon' },
    { now: '2026-11-30T23:59:59Z', notice: 7, expiry: 'soon' },
    { now: '2026-12-01T00:00:00Z', notice: null, expiry: 'expired' },
  ])('at $now it is $expiry, and calls for the notice of $notice days', ({ now, notice, expiry }) => {
    expect(expiryNoticeOf(NOVEMBER, new Date(now))).toBe(notice);
    expect(expiryOf(NOVEMBER, new Date(now))).toBe(expiry);
  });

  test('also in December', () => {
    expect(endOfCard({ expMonth: 12, expYear: 2026 })).toEqual(new Date('2027-01-01T00:00:00Z'));
  });
});

describe('a card that was saved several times is one', () => {
  test.each([
    {
      rule: 'shown as the default',
      cards: [aCard('old', { number: '4242', isDefault: true }), aCard('new', { number: '4242', day: 2 })],
      shown: ['old: old new'],
    },
    {
      rule: 'or else with the later date',
      cards: [aCard('later', { number: '4242', expYear: 2035 }), aCard('new', { number: '4242', day: 2 })],
      shown: ['later: later new'],
    },
    {
      rule: 'or else as saved last',
      cards: [aCard('old', { number: '4242' }), aCard('new', { number: '4242', day: 2 })],
      shown: ['new: new old'],
    },
    {
      rule: 'and two cards are two, the default first',
      cards: [aCard('a', { number: '4242', day: 9 }), aCard('b', { number: '5555', isDefault: true })],
      shown: ['b: b', 'a: a'],
    },
  ])('$rule', ({ cards, shown }) => {
    expect(onceEach(cards).map((card) => `${card.paymentMethod}: ${idsOf(card).join(' ')}`)).toEqual(shown);
  });

  test('no id is lost or told twice, in whatever order they come', () => {
    const some = fc.uniqueArray(fc.record({ id: fc.string(), number: fc.constantFrom('1', '2', '3') }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(some, (all) => {
        const cards = all.map(({ id, number }) => aCard(id, { number }));
        const once = onceEach(cards);
        expect(once.flatMap(idsOf).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        expect(onceEach(cards.toReversed())).toEqual(once);
      }),
    );
  });
});

test.each([
  { brand: 'visa', name: 'Visa ·4242' },
  { brand: 'amex', name: 'American Express ·4242' },
  { brand: 'a brand of tomorrow', name: 'Card ·4242' },
  { brand: 'toString', name: 'Card ·4242' },
])('$brand is called $name', ({ brand, name }) => {
  expect(cardName({ brand, last4: '4242' })).toBe(name);
  expect(cardExpiry({ expMonth: 3, expYear: 2031 })).toBe('03/2031');
});
