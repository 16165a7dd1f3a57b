import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { credits, wholeCredits } from './credits';
import { type Pace, paceOf, type Runway, runwayOf } from './runway';

const DAY = 86_400_000;
const NOW = new Date('2026-11-22T10:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const ahead = (days: number) => new Date(NOW.getTime() + days * DAY);
const pace = (used: bigint, days: number): Pace => ({
  kind: 'pace',
  used: wholeCredits(used),
  overMs: days * DAY,
});

describe('the pace', () => {
  test.each<{ says: string; used: bigint; firstUsedAt: Date | null; pace: Pace }>([
    { says: 'is that of the last seven days', used: 700n, firstUsedAt: ago(300), pace: pace(700n, 7) },
    { says: 'is that of a shorter history', used: 300n, firstUsedAt: ago(3), pace: pace(300n, 3) },
    {
      says: 'is not told before two days of history',
      used: 300n,
      firstUsedAt: ago(1.5),
      pace: { kind: 'accumulating', readyAt: ahead(0.5) },
    },
    { says: 'is told from two days on', used: 300n, firstUsedAt: ago(2), pace: pace(300n, 2) },
    { says: 'is none before the first use', used: 0n, firstUsedAt: null, pace: { kind: 'idle' } },
    { says: 'is none after seven quiet days', used: 0n, firstUsedAt: ago(30), pace: { kind: 'idle' } },
    {
      says: 'is none where more was restored than used',
      used: -5n,
      firstUsedAt: ago(30),
      pace: { kind: 'idle' },
    },
  ])('$says', ({ used, firstUsedAt, pace }) => {
    expect(paceOf({ used: wholeCredits(used), firstUsedAt }, NOW)).toEqual(pace);
  });
});

describe('the runway', () => {
  test.each<{ says: string; available: bigint; pace: Pace; runway: Runway }>([
    {
      says: 'counts whole days',
      available: 250n,
      pace: pace(700n, 7),
      runway: { kind: 'lasting', days: 2n, until: ahead(2.5), perDay: wholeCredits(100n) },
    },
    {
      says: 'can be less than a day',
      available: 50n,
      pace: pace(700n, 7),
      runway: { kind: 'lasting', days: 0n, until: ahead(0.5), perDay: wholeCredits(100n) },
    },
    {
      says: 'is ample from a year on',
      available: 36_500n,
      pace: pace(700n, 7),
      runway: { kind: 'ample', perDay: wholeCredits(100n) },
    },
    { says: 'is empty at zero', available: 0n, pace: pace(700n, 7), runway: { kind: 'empty' } },
    {
      says: 'is empty below it, without a pace too',
      available: -1n,
      pace: { kind: 'idle' },
      runway: { kind: 'empty' },
    },
    {
      says: 'is unknown without recent use',
      available: 5n,
      pace: { kind: 'idle' },
      runway: { kind: 'idle' },
    },
    {
      says: 'is not guessed from too little',
      available: 5n,
      pace: { kind: 'accumulating', readyAt: ahead(1) },
      runway: { kind: 'accumulating', readyAt: ahead(1) },
    },
  ])('$says', ({ available, pace, runway }) => {
    expect(runwayOf(wholeCredits(available), pace, NOW)).toEqual(runway);
  });

  test('ends when everything is used at that pace, to the millisecond', () => {
    const amounts = fc.bigInt(1n, 10_000_000_000n);
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 2 * DAY, max: 7 * DAY }), (available, used, overMs) => {
        const runway = runwayOf(credits(available), { kind: 'pace', used: credits(used), overMs }, NOW);
        fc.pre(runway.kind === 'lasting');
        const lasts = BigInt(runway.until.getTime() - NOW.getTime());
        expect(used * lasts).toBeLessThanOrEqual(available * BigInt(overMs));
        expect(used * (lasts + 1n)).toBeGreaterThan(available * BigInt(overMs));
      }),
    );
  });
});
