import { expect, test } from 'vitest';

import { isSessionOver } from './session-life';

const NOW = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

test.each([
  { who: 'a customer who was away for a day', role: null, created: 3_000, seen: 1_440, left: 1, over: false },
  { who: 'a customer whose fortnight is over', role: null, created: 20_160, seen: 1, left: 0, over: true },
  { who: 'staff at work', role: 'support', created: 60, seen: 29, left: 9_000, over: false },
  {
    who: 'staff who were away for half an hour',
    role: 'support',
    created: 60,
    seen: 30,
    left: 9_000,
    over: true,
  },
  {
    who: 'staff just before their twelve hours end',
    role: 'admin',
    created: 719,
    seen: 1,
    left: 9_000,
    over: false,
  },
  { who: 'staff after twelve hours of work', role: 'admin', created: 720, seen: 1, left: 9_000, over: true },
] as const)('$who: over is $over', ({ role, created, seen, left, over }) => {
  const life = { createdAt: minutesAgo(created), lastSeenAt: minutesAgo(seen), expiresAt: minutesAgo(-left) };
  expect(isSessionOver(life, role, NOW)).toBe(over);
});
