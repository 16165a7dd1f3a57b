import fc from 'fast-check';
import { expect, test } from 'vitest';

import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { BOOKS, presetRule, settingsOf } from '@/test/auto-top-up/rules';

import { agreementOf, sayRule } from './auto-top-up-agreement';
import { worstCaseOf } from './worst-case-of';

test.each([
  {
    rule: 'fills up to a target',
    book: dubbing,
    enabled: true,
    text:
      'When fewer than 500 credits are available, automatic top-up fills up to 2,000 credits. ' +
      'At most $20.00 per charge, 4 times a day, and $1,000.00 a month. Tax is added where it applies. ' +
      'It goes on until you turn it off.',
  },
  {
    rule: 'is off',
    book: dubbing,
    enabled: false,
    text: 'Automatic top-up is off: nothing is charged by itself.',
  },
])('a rule that $rule is agreed to in these words', ({ book, enabled, text }) => {
  expect(agreementOf(presetRule(book, { enabled }), book)).toBe(text);
});

test('a rule that buys the same amount each time says how much money that is', () => {
  expect(sayRule(presetRule(dessert), dessert)).toBe(
    'When fewer than 20 credits are available, automatic top-up buys for $25.00.',
  );
});

const twoRules = fc
  .constantFrom(...BOOKS)
  .chain((book) => fc.record({ book: fc.constant(book), one: settingsOf(book), other: settingsOf(book) }));

test('whoever agrees was shown the worst case, and two rules that differ in it are two texts', () => {
  fc.assert(
    fc.property(twoRules, ({ book, one, other }) => {
      const text = agreementOf({ ...one, enabled: true }, book);
      const worst = worstCaseOf(one, book).sentence;
      expect(text).toContain(worst);
      const isOtherText = agreementOf({ ...other, enabled: true }, book) !== text;
      expect(isOtherText || worstCaseOf(other, book).sentence === worst).toBe(true);
    }),
  );
});
