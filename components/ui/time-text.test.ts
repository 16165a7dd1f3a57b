import { describe, expect, test } from 'vitest';

import { absoluteTime, dayText, relativeTime } from './time-text';

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
