import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { audiopod } from '@/price-books/audiopod';
import { dubbing } from '@/price-books/dubbing';

import { billOf, isBillable, unbilledOf } from './bill';
import { credits, wholeCredits } from './credits';

const RATE = dubbing.credit.rate;
const usedBy = (service: string | null, used: bigint, returned = 0n) => ({
  service,
  count: 1,
  used: wholeCredits(used),
  returned: wholeCredits(returned),
});
const shown = (owed: bigint, usage: Parameters<typeof billOf>[1]) =>
  billOf(wholeCredits(owed), usage, RATE)?.lines.map(
    ({ of, priceCents }) => `${of.kind === 'used' ? of.service : of.kind} ${priceCents}`,
  ) ?? null;

describe('a bill', () => {
  test.each([
    {
      says: 'a line for each service',
      owed: 300n,
      usage: [usedBy('a', 200n), usedBy('b', 100n)],
      lines: ['a 200', 'b 100'],
    },
    { says: 'what was given back less', owed: 150n, usage: [usedBy('a', 200n, 50n)], lines: ['a 150'] },
    {
      says: 'what credits have paid for',
      owed: 120n,
      usage: [usedBy('a', 200n)],
      lines: ['a 200', 'covered -80'],
    },
    { says: 'what was owed before', owed: 230n, usage: [usedBy('a', 200n)], lines: ['a 200', 'earlier 30'] },
    { says: 'what was owed before, without usage', owed: 30n, usage: [], lines: ['earlier 30'] },
    {
      says: 'nothing of a service that gave all back',
      owed: 5n,
      usage: [usedBy('a', 9n, 9n), usedBy(null, 5n)],
      lines: ['null 5'],
    },
  ])('says $says', ({ owed, usage, lines }) => {
    expect(shown(owed, usage)).toEqual(lines);
  });

  test('of less than half a cent waits for the next one', () => {
    expect(billOf(credits(499_999n), [], RATE)).toBeNull();
    expect(billOf(credits(500_000n), [], RATE)).toMatchObject({ priceCents: 1n, credits: 500_000n });
    expect(billOf(credits(0n), [], RATE)).toBeNull();
  });

  test.each([dubbing, audiopod, assemblyai])(
    'adds up in credits and in money, at the rate of $id',
    ({ credit }) => {
      const amount = fc.bigInt({ min: 0n, max: 10n ** 13n }).map(credits);
      const usage = fc.array(
        fc.record({ service: fc.string(), count: fc.nat(), used: amount, returned: amount }),
      );
      fc.assert(
        fc.property(amount, usage, (owed, services) => {
          const bill = billOf(owed, services, credit.rate);
          const { creditUnits, priceCents } = credit.rate;
          const exact = owed * priceCents * 2n;
          // Nothing is asked for where it would be less than half a cent.
          expect(bill === null).toBe(exact < creditUnits);
          const lines = bill?.lines ?? [];
          const asked = bill?.priceCents ?? 0n;
          expect(lines.reduce((sum, line) => sum + line.credits, 0n)).toBe(bill?.credits ?? 0n);
          expect(lines.reduce((sum, line) => sum + line.priceCents, 0n)).toBe(asked);
          const off = asked * creditUnits * 2n - exact;
          expect(off < 0n ? -off : off).toBeLessThanOrEqual(creditUnits);
        }),
      );
    },
  );
});

test.each([
  { closing: 10n, asked: 0n, unbilled: 0n },
  { closing: -10n, asked: 0n, unbilled: 10n },
  { closing: -10n, asked: 4n, unbilled: 6n },
  { closing: -10n, asked: 14n, unbilled: 0n },
])('a balance of $closing with $asked asked for leaves $unbilled to bill', ({ closing, asked, unbilled }) => {
  expect(unbilledOf({ closing: credits(closing), asked: credits(asked) })).toBe(unbilled);
});

test.each([
  { now: '2026-12-01T00:59:59Z', is: false },
  { now: '2026-12-01T01:00:00Z', is: true },
])('a month that ended at midnight can be billed at $now: $is', ({ now, is }) => {
  expect(isBillable(new Date('2026-12-01T00:00:00Z'), new Date(now))).toBe(is);
});
