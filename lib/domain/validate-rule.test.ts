import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { BOOKS, presetRule } from '@/test/auto-top-up/rules';

import type { AutoTopUpSettings } from './auto-top-up';
import { cents, credits, wholeCredits } from './credits';
import type { PriceBook } from './price-book';
import { validateRule } from './validate-rule';

const target = (count: bigint) => ({ size: { mode: 'target', target: wholeCredits(count) } }) as const;
const amount = (price: bigint) => ({ size: { mode: 'amount', amountCents: cents(price) } }) as const;

test.each(BOOKS)('what $id presets is allowed', (book) => {
  expect(validateRule(presetRule(book), book)).toEqual([]);
});

describe('is refused with the sentence that says why', () => {
  test.each<{ book?: PriceBook; rule: Partial<AutoTopUpSettings>; field: string; sentence: string }>([
    {
      rule: { threshold: wholeCredits(99n) },
      field: 'threshold',
      sentence: 'The threshold can be from 100 credits to 99,000 credits.',
    },
    {
      rule: { threshold: credits(99_000_000_001n), ...target(100_000n) },
      field: 'threshold',
      sentence: 'The threshold can be from 100 credits to 99,000 credits.',
    },
    {
      rule: { ...target(100_001n) },
      field: 'target',
      sentence: 'The balance to fill up to can be from 1,100 credits to 100,000 credits.',
    },
    {
      rule: { threshold: wholeCredits(100n), ...target(1_099n) },
      field: 'target',
      sentence: 'The balance to fill up to can be from 1,100 credits to 100,000 credits.',
    },
    {
      rule: { ...target(1_499n) },
      field: 'target',
      sentence:
        'The balance to fill up to must be at least 1,000 credits above the threshold: 1,500 credits or more.',
    },
    {
      book: assemblyai,
      rule: { ...target(15n) },
      field: 'target',
      sentence:
        'The balance to fill up to must be at least 10 US dollars above the threshold: 20 US dollars or more.',
    },
    {
      rule: amount(25_00n),
      field: 'size',
      sentence: 'Automatic top-ups fill up to a balance: choose the balance instead of an amount.',
    },
    {
      book: dessert,
      rule: target(250n),
      field: 'size',
      sentence: 'Automatic top-ups buy the same amount each time: choose the amount instead of a balance.',
    },
    {
      book: dessert,
      rule: amount(4_90n),
      field: 'amountCents',
      sentence: 'The amount can be from $5.00 to $1,000.00.',
    },
    {
      book: dessert,
      rule: amount(25_05n),
      field: 'amountCents',
      sentence: 'The amount must be a multiple of $0.10.',
    },
    {
      book: dessert,
      rule: { threshold: wholeCredits(300n), ...amount(25_00n) },
      field: 'amountCents',
      sentence:
        '$25.00 buys 250 credits, which does not reach the threshold: choose $30.00 or more, or a lower threshold.',
    },
    {
      rule: { monthlyLimitCents: cents(19_99n) },
      field: 'monthlyLimitCents',
      sentence: 'The monthly limit must allow one top-up: $20.00 or more.',
    },
  ])('$field: $sentence', ({ book = dubbing, rule, field, sentence }) => {
    expect(validateRule(presetRule(book, rule), book)).toEqual([{ field, sentence }]);
  });

  test('all faults at once', () => {
    const rule = presetRule(dubbing, { threshold: wholeCredits(1n), ...target(1n) });
    expect(validateRule(rule, dubbing).map(({ field }) => field)).toEqual(['threshold', 'target']);
  });
});

test.each([
  { says: 'the least distance', rule: target(1_500n) },
  { says: 'the most of both', rule: { threshold: wholeCredits(99_000n), ...target(100_000n) } },
  { says: 'the least of both', rule: { threshold: wholeCredits(100n), ...target(1_100n) } },
  { says: 'a limit of exactly one top-up', rule: { monthlyLimitCents: cents(20_00n) } },
])('$says is allowed', ({ rule }) => {
  expect(validateRule(presetRule(dubbing, rule), dubbing)).toEqual([]);
});
