import { expect, test } from 'vitest';

import { cents, wholeCredits } from '@/lib/domain/credits';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { BOOKS } from '@/test/auto-top-up/rules';

import { draftOf, placeOf, readDraft } from './rule-draft';

const typed = { threshold: '500', size: '2,000', limit: '$1,000' };

test.each([
  { typing: 'a number', change: {}, faults: null },
  { typing: 'nothing', change: { threshold: '' }, faults: { threshold: 'This is no number.' } },
  {
    typing: 'words in two fields',
    change: { size: 'many', limit: 'little' },
    faults: { size: 'This is no number.', limit: 'This is no number.' },
  },
  {
    typing: 'a threshold out of bounds',
    change: { threshold: '99' },
    faults: { threshold: 'The threshold can be from 100 credits to 99,000 credits.' },
  },
  {
    typing: 'a target too near',
    change: { size: '1,499' },
    faults: {
      size: 'The balance to fill up to must be at least 1,000 credits above the threshold: 1,500 credits or more.',
    },
  },
  {
    typing: 'a limit below one top-up',
    change: { limit: '19.99' },
    faults: { limit: 'The monthly limit must allow one top-up: $20.00 or more.' },
  },
])('$typing', ({ change, faults }) => {
  expect(readDraft({ ...typed, ...change }, dubbing).faults).toEqual(faults);
});

test('what was typed is the rule, in units and cents', () => {
  expect(readDraft(typed, dubbing).settings).toEqual({
    threshold: wholeCredits(500n),
    size: { mode: 'target', target: wholeCredits(2_000n) },
    monthlyLimitCents: cents(1_000_00n),
  });
  expect(readDraft({ ...typed, threshold: '20', size: '25.00' }, dessert).settings?.size).toEqual({
    mode: 'amount',
    amountCents: cents(25_00n),
  });
});

test.each(BOOKS.map((book) => ({ id: book.id, book })))(
  'the preset of $id is a rule that it allows',
  ({ book }) => {
    const preset = readDraft(draftOf(null, book), book);
    expect(preset.faults).toBeNull();
    if (preset.settings === null) throw new Error('no rule');
    expect(readDraft(draftOf(preset.settings, book), book)).toEqual(preset);
  },
);

test.each([
  { text: '200', place: 1 },
  { text: '2,000', place: 3 },
  { text: '499', place: 1 },
  { text: '1', place: 0 },
  { text: 'many', place: 0 },
])('a slider stands at $place for “$text”', ({ text, place }) => {
  expect(placeOf(text, ['100', '200', '500', '1000'])).toBe(place);
});
