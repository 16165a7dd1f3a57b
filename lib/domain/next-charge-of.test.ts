import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { dubbing } from '@/price-books/dubbing';
import { emptyAccount, presetRule } from '@/test/auto-top-up/rules';

import type { AutoTopUpFacts, AutoTopUpRule } from './auto-top-up';
import { cents, credits, wholeCredits } from './credits';
import { nextChargeOf } from './next-charge-of';
import { replay } from './replay';
import type { Pace } from './runway';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-22T10:00:00Z');
const after = (hours: number, ms = 0) => new Date(NOW.getTime() + hours * HOUR + ms);

/** Ten credits an hour. */
const STEADY: Pace = { kind: 'pace', used: wholeCredits(1_680n), overMs: 168 * HOUR };
const IDLE: Pace = { kind: 'idle' };
const charge = (at: Date, price: bigint, because = 'below-threshold') => ({
  kind: 'charge',
  because,
  priceCents: price,
  credits: wholeCredits(price),
  at,
});

describe('the next charge', () => {
  test.each<{
    says: string;
    rule?: Partial<AutoTopUpRule>;
    facts?: Partial<AutoTopUpFacts>;
    pace?: Pace;
    next: object;
  }>([
    {
      says: 'comes when the pace takes the balance below the threshold',
      facts: { available: wholeCredits(600n) },
      next: charge(after(10, 1), 15_01n),
    },
    {
      says: 'is foretold for a pace of less than a unit in a millisecond',
      facts: { available: credits(500_000_001n) },
      pace: { kind: 'pace', used: credits(1_000n), overMs: 168 * HOUR },
      next: charge(after(0, 604_801), 15_01n),
    },
    { says: 'is now when one is due', facts: { available: wholeCredits(300n) }, next: charge(NOW, 17_00n) },
    {
      says: 'waits for the cooldown, and is larger then',
      facts: { available: wholeCredits(510n), lastAutoTopUpAt: after(-1) },
      next: charge(after(5), 15_40n),
    },
    {
      says: 'needs no pace once the balance is below',
      facts: { available: wholeCredits(300n), lastAutoTopUpAt: after(-1) },
      pace: IDLE,
      next: charge(after(5), 17_00n),
    },
    {
      says: 'counts what is on its way',
      facts: { available: wholeCredits(400n), inFlight: wholeCredits(200n) },
      next: charge(after(10, 1), 15_01n),
    },
    {
      says: 'comes after the one that is being paid',
      facts: {
        available: wholeCredits(400n),
        inFlight: wholeCredits(200n),
        isLive: true,
        lastAutoTopUpAt: after(0),
      },
      next: charge(after(10, 1), 15_01n),
    },
    {
      says: 'comes after a cooldown where the one that is being paid does not suffice',
      facts: {
        available: wholeCredits(100n),
        inFlight: wholeCredits(200n),
        isLive: true,
        lastAutoTopUpAt: NOW,
      },
      pace: IDLE,
      next: charge(after(6), 17_00n),
    },
    {
      says: 'waits for a new month',
      facts: { available: wholeCredits(600n), chargedThisMonth: cents(1_000_00n) },
      next: charge(new Date('2026-12-01T00:00:00Z'), 20_00n),
    },
    {
      says: 'is what is left of the monthly limit',
      facts: { available: wholeCredits(600n), chargedThisMonth: cents(990_00n) },
      next: charge(after(10, 1), 10_00n, 'rest-of-monthly-limit'),
    },
    {
      says: 'is stopped by what the customer must lift',
      rule: { paused: 'card-expired' },
      next: { kind: 'wait', because: 'card-expired', until: null },
    },
    {
      says: 'is stopped by an expired card only when it would be charged',
      facts: { available: wholeCredits(600n), card: 'expired' },
      next: { kind: 'wait', because: 'card-expired', until: null },
    },
    {
      says: 'is unknown without a pace',
      facts: { available: wholeCredits(600n) },
      pace: IDLE,
      next: { kind: 'unknown' },
    },
    {
      says: 'is not foretold beyond a year',
      facts: { available: wholeCredits(100_000n) },
      next: { kind: 'far' },
    },
  ])('$says', ({ rule, facts, pace = STEADY, next }) => {
    const present = { rule: presetRule(dubbing, rule), facts: emptyAccount(facts), book: dubbing };
    const forecast = nextChargeOf(present, pace, NOW);
    expect(forecast).toEqual(next);
  });

  test('is the one that a replay of the same pace makes', () => {
    const MINUTE = 60_000;
    fc.assert(
      fc.property(fc.bigInt(500n, 1_500n), fc.bigInt(1n, 4n), (available, perMinute) => {
        const rule = presetRule(dubbing);
        const pace: Pace = { kind: 'pace', used: wholeCredits(perMinute), overMs: MINUTE };
        const facts = emptyAccount({ available: wholeCredits(available) });
        const forecast = nextChargeOf({ rule, facts, book: dubbing }, pace, NOW);
        const events = Array.from({ length: 24 * 60 - 1 }, (_, i) => ({
          kind: 'debit' as const,
          at: new Date(NOW.getTime() + (i + 1) * MINUTE),
          amount: credits(perMinute * 1_000_000n),
          shortfall: 'refuse' as const,
        }));
        const told = { from: NOW, to: after(24), available: wholeCredits(available), events };
        const [made] = replay(told, rule, dubbing, 1).charges;
        const foretold = forecast.kind === 'charge' ? forecast : null;
        expect(made).toBeDefined();
        expect((made?.at.getTime() ?? 0) - (foretold?.at.getTime() ?? 0)).toBeGreaterThanOrEqual(0);
        expect((made?.at.getTime() ?? 0) - (foretold?.at.getTime() ?? 0)).toBeLessThanOrEqual(MINUTE);
        expect((made?.priceCents ?? 0n) - (foretold?.priceCents ?? 0n)).toBeLessThanOrEqual(perMinute);
      }),
      { numRuns: 30 },
    );
  });
});
