import { expect, test } from 'vitest';

import { type ConfirmationWay, confirmationWays, isConfirmed } from './confirmation';

const CONFIRMED = new Date('2026-11-22T12:00:00Z');

test.each([
  { after: 0, is: true },
  { after: 899.999, is: true },
  { after: 900, is: false },
  { after: 86_400, is: false },
])('$after seconds later it counts: $is', ({ after, is }) => {
  expect(isConfirmed(CONFIRMED, new Date(CONFIRMED.getTime() + after * 1000))).toBe(is);
});

test.each<{ authenticator: boolean; password: boolean; ways: ConfirmationWay[] }>([
  { authenticator: false, password: false, ways: ['mail'] },
  { authenticator: false, password: true, ways: ['password', 'mail'] },
  { authenticator: true, password: false, ways: ['code'] },
  { authenticator: true, password: true, ways: ['code'] },
])('with authenticator $authenticator and password $password: $ways', ({ ways, ...has }) => {
  expect(confirmationWays(has)).toEqual(ways);
});
