import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, credits } from './credits';
import { countedWorth, endOf, LIMITS, refusalToDecide, STAFF_ACTIONS, verdictOn } from './staff-action';
import { STAFF_ROLES } from './staff-role';

const NOTHING = { doneAlone: cents(0n), isOwnAccount: false };

describe('who may do what alone', () => {
  test.each([
    { who: 'support', does: 'credit', worth: 25_00n, allowed: 'do' },
    { who: 'support', does: 'credit', worth: 25_01n, allowed: 'ask' },
    { who: 'support', does: 'bonus', worth: 25_00n, allowed: 'do' },
    { who: 'support', does: 'debit', worth: 1n, allowed: 'ask' },
    { who: 'support', does: 'refund', worth: 50_00n, allowed: 'do' },
    { who: 'support', does: 'refund', worth: 50_01n, allowed: 'ask' },
    { who: 'support', does: 'pause-auto-top-up', worth: 0n, allowed: 'do' },
    { who: 'support', does: 'resume-auto-top-up', worth: 0n, allowed: 'do' },
    { who: 'support', does: 'freeze', worth: 0n, allowed: 'do' },
    { who: 'support', does: 'thaw', worth: 0n, allowed: 'ask' },
    { who: 'finance', does: 'thaw', worth: 0n, allowed: 'do' },
    { who: 'finance', does: 'credit', worth: 500_00n, allowed: 'do' },
    { who: 'finance', does: 'credit', worth: 500_01n, allowed: 'ask' },
    { who: 'finance', does: 'debit', worth: 500_00n, allowed: 'do' },
    { who: 'finance', does: 'refund', worth: 1_000_01n, allowed: 'ask' },
    { who: 'admin', does: 'credit', worth: 500_01n, allowed: 'ask' },
    { who: 'admin', does: 'refund', worth: 100_000_00n, allowed: 'ask' },
    { who: 'admin', does: 'refund', worth: 100_000_01n, allowed: 'refuse' },
  ] as const)('$who, $does worth $worth: $allowed', ({ who, does, worth, allowed }) => {
    expect(verdictOn({ kind: does, role: who, worth: cents(worth), ...NOTHING }).kind).toBe(allowed);
  });

  test('what was done within the day counts', () => {
    const ask = { kind: 'credit', role: 'support', worth: cents(10_00n), isOwnAccount: false } as const;
    expect(verdictOn({ ...ask, doneAlone: cents(15_00n) })).toEqual({ kind: 'do' });
    expect(verdictOn({ ...ask, doneAlone: cents(15_01n) })).toEqual({ kind: 'ask', limit: 25_00n });
  });
});

const kind = fc.constantFrom(...STAFF_ACTIONS);
const role = fc.constantFrom(...STAFF_ROLES);
const money = fc.bigInt(0n, 200_000_00n).map(cents);

test('nobody does or asks for anything on an account of their own', () => {
  fc.assert(
    fc.property(kind, role, money, money, (what, who, worth, doneAlone) => {
      expect(verdictOn({ kind: what, role: who, worth, doneAlone, isOwnAccount: true })).toEqual({
        kind: 'refuse',
        because: 'own-account',
      });
    }),
  );
});

test('however it is cut into pieces, nobody does more alone than their limit', () => {
  fc.assert(
    fc.property(kind, role, fc.array(money, { maxLength: 30 }), (what, who, pieces) => {
      let doneAlone = cents(0n);
      for (const worth of pieces) {
        const verdict = verdictOn({ kind: what, role: who, worth, doneAlone, isOwnAccount: false });
        if (verdict.kind === 'do') doneAlone = cents(doneAlone + worth);
      }
      const limit = LIMITS[what][who];
      expect(doneAlone).toBeLessThanOrEqual(limit > 0n ? limit : 0n);
    }),
  );
});

test('credits too few to be worth a cent count for one', () => {
  const rate = { creditUnits: credits(1_000_000n), priceCents: cents(1n) };
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 15n).map(credits), (amount) => {
      const worth = countedWorth(amount, rate);
      expect(worth).toBeGreaterThan(0n);
      expect(worth * rate.creditUnits).toBeGreaterThanOrEqual(amount * rate.priceCents);
    }),
  );
});

describe('who may agree to what another asked for', () => {
  test.each([
    { role: 'finance', isAsker: false, isOwnAccount: false, because: null },
    { role: 'admin', isAsker: false, isOwnAccount: false, because: null },
    { role: 'support', isAsker: false, isOwnAccount: false, because: 'role' },
    { role: 'admin', isAsker: true, isOwnAccount: false, because: 'own-request' },
    { role: 'admin', isAsker: false, isOwnAccount: true, because: 'own-account' },
  ] as const)('$role, asker $isAsker, own account $isOwnAccount: $because', ({ because, ...who }) => {
    expect(refusalToDecide(who)).toBe(because);
  });
});

describe('when what was given ends', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const day = new Date('2026-04-01T00:00:00Z');
  const bonus = { id: 'x', kind: 'bonus', amount: credits(1n), reason: 'Ticket 7' } as const;
  test.each([
    { lasts: 'by-price-book', days: 365n, ends: new Date('2027-03-01T12:00:00Z') },
    { lasts: 'by-price-book', days: null, ends: null },
    { lasts: 'for-ever', days: 365n, ends: null },
    { lasts: day, days: 365n, ends: day },
    { lasts: day, days: null, ends: day },
  ] as const)('$lasts, of a price book with $days days: $ends', ({ lasts, days, ends }) => {
    expect(endOf({ ...bonus, lasts }, days, now)).toEqual(ends);
  });

  test('an adjustment mends a balance, and lasts as long as that', () => {
    expect(endOf({ ...bonus, kind: 'credit' }, 365n, now)).toBeNull();
  });
});
