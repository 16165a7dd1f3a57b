import fc from 'fast-check';
import { expect, test } from 'vitest';

import { credits } from './credits';
import { monthName, monthsBetween, provenStatement, sumOfStatement } from './statement';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map(credits);
const spent = fc.bigInt({ min: 0n, max: 10n ** 15n }).map(credits);

test.each([
  { first: '2026-11-22', last: '2026-11-30', months: ['2026-11'] },
  { first: '2026-11-30', last: '2027-02-01', months: ['2027-02', '2027-01', '2026-12', '2026-11'] },
  { first: '2026-12-01', last: '2026-11-30', months: [] },
])('from $first to $last it is $months', ({ first, last, months }) => {
  expect(monthsBetween(first, last)).toEqual(months);
});

test('a month is called as people call it', () => {
  expect(monthName('2026-03')).toBe('March 2026');
});

test('a statement that adds up is proven, and no other one is', () => {
  const moved = fc.record({
    kind: fc.constantFrom('topup' as const, 'expiry' as const),
    count: fc.nat(),
    amount,
  });
  const usedBy = fc.record({ service: fc.string(), count: fc.nat(), used: spent, returned: spent });
  fc.assert(
    fc.property(
      amount,
      fc.array(moved),
      fc.array(usedBy),
      amount.filter((off) => off !== 0n),
      (opening, lines, usage, off) => {
        const open = { opening, moved: lines, usage, closing: credits(0n) };
        const closing = sumOfStatement(open);
        expect(provenStatement({ ...open, closing }).closing).toBe(closing);
        expect(() => provenStatement({ ...open, closing: credits(closing + off) })).toThrow('adds up to');
      },
    ),
  );
});
