import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { credits } from './credits';
import { forecastOfMonth } from './month-forecast';

const days = (...costs: number[]) => costs.map((cost) => credits(BigInt(cost)));
const every = (cost: number, count: number) => days(...Array.from({ length: count }, () => cost));
const known = (facts: { soFar: number; today: number; daysLeft: number }) => ({
  soFar: credits(BigInt(facts.soFar)),
  today: credits(BigInt(facts.today)),
  daysLeft: facts.daysLeft,
});

describe('forecastOfMonth', () => {
  test.each([
    {
      rule: 'six days say nothing',
      facts: { soFar: 60, today: 0, daysLeft: 20 },
      history: every(10, 6),
      forecast: { kind: 'none', because: 'too-little-history' },
    },
    {
      rule: 'the same every day goes on, today included',
      facts: { soFar: 70, today: 0, daysLeft: 20 },
      history: every(10, 7),
      forecast: { kind: 'forecast', likely: 280n, low: 280n, high: 280n },
    },
    {
      rule: 'what today has cost already is not counted twice',
      facts: { soFar: 74, today: 4, daysLeft: 20 },
      history: every(10, 7),
      forecast: { kind: 'forecast', likely: 280n, low: 280n, high: 280n },
    },
    {
      rule: 'a dear day today is not taken off the days to come',
      facts: { soFar: 170, today: 100, daysLeft: 2 },
      history: every(10, 7),
      forecast: { kind: 'forecast', likely: 190n, low: 190n, high: 190n },
    },
    {
      rule: 'a busy week after a quiet one widens the range',
      facts: { soFar: 0, today: 0, daysLeft: 6 },
      history: [...every(1, 7), ...every(10, 7)],
      forecast: { kind: 'forecast', likely: 70n, low: 7n, high: 70n },
    },
    {
      rule: 'on the last day only today is left',
      facts: { soFar: 300, today: 3, daysLeft: 0 },
      history: every(10, 28),
      forecast: { kind: 'forecast', likely: 307n, low: 307n, high: 307n },
    },
    {
      rule: 'a quiet week after a busy one expects nothing more, and at most as much as then',
      facts: { soFar: 0, today: 0, daysLeft: 6 },
      history: [...every(10, 7), ...every(0, 7)],
      forecast: { kind: 'forecast', likely: 0n, low: 0n, high: 70n },
    },
    {
      rule: 'weeks without any usage say nothing',
      facts: { soFar: 0, today: 0, daysLeft: 30 },
      history: every(0, 28),
      forecast: { kind: 'none', because: 'too-little-history' },
    },
    {
      rule: 'days before the first usage say nothing',
      facts: { soFar: 60, today: 0, daysLeft: 20 },
      history: [...every(0, 22), ...every(10, 6)],
      forecast: { kind: 'none', because: 'too-little-history' },
    },
    {
      rule: 'a week in which more came back than went expects nothing more',
      facts: { soFar: -50, today: 0, daysLeft: 10 },
      history: every(-10, 7),
      forecast: { kind: 'forecast', likely: -50n, low: -50n, high: -50n },
    },
    {
      rule: 'a seventh is rounded to the nearest unit',
      facts: { soFar: 0, today: 0, daysLeft: 0 },
      history: days(1, 1, 1, 1, 1, 0, 0),
      forecast: { kind: 'forecast', likely: 1n, low: 1n, high: 1n },
    },
  ])('$rule', ({ facts, history, forecast }) => {
    expect(forecastOfMonth({ ...known(facts), history })).toEqual(forecast);
  });

  test('low is never above likely, nor likely above high, and none is below what was spent', () => {
    const cost = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(credits);
    fc.assert(
      fc.property(
        fc.array(cost, { minLength: 7, maxLength: 28 }).filter(([first]) => first !== 0n),
        cost,
        fc.nat(30),
        (history, today, daysLeft) => {
          const forecast = forecastOfMonth({ soFar: today, today, daysLeft, history });
          if (forecast.kind === 'none') throw new Error('there is history enough');
          const { low, likely, high } = forecast;
          expect(today <= low && low <= likely && likely <= high).toBe(true);
        },
      ),
    );
  });
});
