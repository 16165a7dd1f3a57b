import { describe, expect, test } from 'vitest';

import { absoluteTime, dayText, durationText, periodText, relativeTime } from './time-text';

const INSTANT = new Date('2026-11-22T10:41:30Z');
const after = (seconds: number) => new Date(INSTANT.getTime() + seconds * 1_000);

describe('a time', () => {
  test('names its zone, and midnight is 00', () => {
    expect(absoluteTime(INSTANT, 'UTC', 'date-time')).toEqual({ text: 'Nov 22, 2026, 10:41', zone: 'UTC' });
    expect(absoluteTime(new Date('2026-11-22T00:05:00Z'), 'UTC', 'time')).toEqual({
      text: '00:05',
      zone: 'UTC',
    });
    expect(absoluteTime(INSTANT, 'America/New_York', 'time')).toEqual({ text: '05:41', zone: 'EST' });
  });

  test.each([
    { seconds: -20, said: 'just now' },
    { seconds: 59, said: 'just now' },
    { seconds: 60, said: '1 minute ago' },
    { seconds: 3_599, said: '59 minutes ago' },
    { seconds: 7_200, said: '2 hours ago' },
    { seconds: 200_000, said: '2 days ago' },
    { seconds: -90_000, said: 'in 1 day' },
  ])('$seconds seconds after is $said', ({ seconds, said }) => {
    expect(relativeTime(INSTANT, after(seconds))).toBe(said);
  });
});

test.each([
  { localDate: '2026-11-22', said: 'Nov 22' },
  { localDate: '2026-01-01T00:00', said: 'Jan 1' },
])('the day $localDate is $said', ({ localDate, said }) => {
  expect(dayText(localDate)).toBe(said);
});

test.each([
  ['hour', '2026-11-22T14:00', 'Nov 22, 14:00'],
  ['day', '2026-11-22T00:00', 'Nov 22'],
  // A day that the clock of its zone begins at one.
  ['day', '2026-09-06T01:00', 'Sep 6'],
  ['week', '2026-11-16T00:00', 'Week of Nov 16'],
  ['month', '2026-11-01T00:00', 'Nov 2026'],
] as const)('a period of one %s from %s is %s', (grain, localStart, text) => {
  expect(periodText(localStart, grain)).toBe(text);
});

test.each([
  [0, '0 s'],
  [499, '0.4 s'],
  [59_999, '59.9 s'],
  [125_000, '2 min 5 s'],
  [3_720_000, '1 h 2 min'],
  [36_000_000_000, '10,000 h 0 min'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
