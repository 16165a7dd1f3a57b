import { expect, test } from 'vitest';

import { lastsUntil } from './lasts-until';

const BOUGHT = new Date('2026-02-28T23:59:00Z');

test.each([
  { days: null, until: null },
  { days: 1n, until: new Date('2026-03-01T23:59:00Z') },
  { days: 365n, until: new Date('2027-02-28T23:59:00Z') },
])('what lasts $days days ends at $until', ({ days, until }) => {
  expect(lastsUntil(days, BOUGHT)).toEqual(until);
});
