import { expect, test } from 'vitest';

import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { presetRule } from '@/test/auto-top-up/rules';

import { cents, wholeCredits } from './credits';
import { isSameRule, ruleChanges } from './rule-changes';

const preset = { ...presetRule(dubbing), paymentMethod: null };

test.each([
  { change: 'nothing', before: preset, after: preset, told: [] },
  {
    change: 'the threshold',
    before: preset,
    after: { ...preset, threshold: wholeCredits(800n) },
    told: ['Below: 500 credits → 800 credits'],
  },
  {
    change: 'on to off, and the limit',
    before: preset,
    after: { ...preset, enabled: false, monthlyLimitCents: cents(50_00n) },
    told: ['Automatic top-up: on → off', 'A month at most: $1,000.00 → $50.00'],
  },
  {
    change: 'the card',
    before: preset,
    after: { ...preset, paymentMethod: 'pm_1' },
    told: ['Card: the default card → a card of its own'],
  },
  {
    change: 'a rule where there was none',
    before: null,
    after: preset,
    told: [
      'Automatic top-up: – → on',
      'Below: – → 500 credits',
      'Buys: – → up to 2,000 credits',
      'A month at most: – → $1,000.00',
      'Card: – → the default card',
    ],
  },
])('a change of $change', ({ before, after, told }) => {
  const changes = ruleChanges(before, after, dubbing);
  expect(changes.map(({ what, before: was, after: is }) => `${what}: ${was ?? '–'} → ${is}`)).toEqual(told);
});

test('an amount is told as money', () => {
  const rule = { ...presetRule(dessert), paymentMethod: null };
  expect(ruleChanges(null, rule, dessert)).toContainEqual({
    what: 'Buys',
    before: null,
    after: 'for $25.00',
  });
});

test.each([
  { other: 'on or off', rule: { ...preset, enabled: false }, isSame: true },
  { other: 'threshold', rule: { ...preset, threshold: wholeCredits(501n) }, isSame: false },
  { other: 'limit', rule: { ...preset, monthlyLimitCents: cents(1n) }, isSame: false },
  {
    other: 'target',
    rule: { ...preset, size: { mode: 'target', target: wholeCredits(3_000n) } },
    isSame: false,
  },
  { other: 'size', rule: { ...preset, size: { mode: 'amount', amountCents: cents(20_00n) } }, isSame: false },
] as const)('a rule of another $other is the same: $isSame', ({ rule, isSame }) => {
  expect(isSameRule(preset, rule)).toBe(isSame);
  expect(isSameRule(rule, preset)).toBe(isSame);
  expect(isSameRule(rule, rule)).toBe(true);
});
