import { expect, test } from 'vitest';

import { daysFrom, monthEnd, monthStart, plusDays } from './local-date';

test.each([
  ['2026-11-22', 1, '2026-11-23'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-11-22', 0, '2026-11-22'],
  ['2026-01-01', 400, '2027-02-05'],
])('%s and %d days is %s', (date, days, expected) => {
  expect(plusDays(date, days)).toBe(expected);
});

test.each([
  ['2026-11-22', '2026-11-22', 1],
  ['2026-03-28', '2026-03-30', 3],
  ['2026-01-01', '2026-12-31', 365],
  ['2026-11-23', '2026-11-22', 0],
])('from %s to %s are %d days', (first, last, days) => {
  expect(daysFrom(first, last)).toBe(days);
});

test.each([
  ['2026-11-22', '2026-11-01', '2026-11-30'],
  ['2028-02-29', '2028-02-01', '2028-02-29'],
  ['2026-12-01', '2026-12-01', '2026-12-31'],
])('%s lies in the month from %s to %s', (date, start, end) => {
  expect([monthStart(date), monthEnd(date)]).toEqual([start, end]);
});
