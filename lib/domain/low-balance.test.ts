import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { audiopod } from '@/price-books/audiopod';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';

import { credits, wholeCredits } from './credits';
import {
  alertLevelsOf,
  BALANCE_LEVELS,
  type BalanceLevel,
  balanceLevelOf,
  decideLowBalance,
  isLower,
  type LowBalanceDecision,
  type LowBalanceFacts,
  passesLevel,
} from './low-balance';

const LEVELS = alertLevelsOf(audiopod, null);

test.each([
  { book: audiopod, warning: 500n, critical: 100n, says: 'its own' },
  { book: dubbing, warning: 500n, critical: 100n, says: 'its threshold and a fifth of it' },
  { book: roughy, warning: 50n, critical: 10n, says: 'its threshold and a fifth of it' },
  { book: dessert, warning: 20n, critical: 4n, says: 'its threshold and a fifth of it' },
  { book: assemblyai, warning: 10n, critical: 2n, says: 'its threshold and a fifth of it' },
])('$book.id warns at $says', ({ book, warning, critical }) => {
  expect(alertLevelsOf(book, null)).toEqual({
    warning: wholeCredits(warning),
    critical: wholeCredits(critical),
  });
});

test.each<[bigint, BalanceLevel]>([
  [500_000_001n, 'enough'],
  [500_000_000n, 'warning'],
  [100_000_001n, 'warning'],
  [100_000_000n, 'critical'],
  [1n, 'critical'],
  [0n, 'exhausted'],
  [-1n, 'exhausted'],
])('%s millionths are %s', (available, level) => {
  expect(balanceLevelOf(credits(available), LEVELS)).toBe(level);
});

const facts = (change: Partial<LowBalanceFacts> = {}): LowBalanceFacts => ({
  available: wholeCredits(1_000n),
  told: 'enough',
  isLongAgo: false,
  peak: null,
  isToppedUp: false,
  ...change,
});

type Case = { says: string; given: Partial<LowBalanceFacts>; decision: LowBalanceDecision };
const leave = (because: 'told-already' | 'enough-credits' | 'topped-up') =>
  ({ kind: 'leave', because }) as const;

describe('a customer who has little left', () => {
  test.each<Case>([
    { says: 'nothing while there is enough', given: {}, decision: leave('enough-credits') },
    {
      says: 'the first level',
      given: { available: wholeCredits(500n) },
      decision: { kind: 'tell', told: 'warning' },
    },
    {
      says: 'no level twice',
      given: { available: wholeCredits(120n), told: 'warning' },
      decision: leave('told-already'),
    },
    {
      says: 'the next level',
      given: { available: wholeCredits(100n), told: 'warning' },
      decision: { kind: 'tell', told: 'critical' },
    },
    {
      says: 'the lowest of several at once',
      given: { available: wholeCredits(0n) },
      decision: { kind: 'tell', told: 'exhausted' },
    },
    {
      says: 'nothing again when a hold gives back what it took',
      given: { available: wholeCredits(400n), told: 'exhausted' },
      decision: leave('told-already'),
    },
    {
      says: 'nothing, a day after it was given back',
      given: { available: wholeCredits(400n), told: 'exhausted', isLongAgo: true },
      decision: { kind: 'arm', told: 'warning', because: 'rose' },
    },
    {
      says: 'nothing new of a day of having nothing',
      given: { available: wholeCredits(0n), told: 'exhausted', isLongAgo: true },
      decision: leave('told-already'),
    },
    {
      says: 'nothing when credits came',
      given: { available: wholeCredits(1_000n), told: 'exhausted', peak: wholeCredits(1_000n) },
      decision: { kind: 'arm', told: 'enough', because: 'rose' },
    },
    {
      says: 'of a level again after credits rose above it, however short that was',
      given: { available: wholeCredits(80n), told: 'exhausted', peak: wholeCredits(600n) },
      decision: { kind: 'tell', told: 'critical' },
    },
    {
      says: 'not of a level that the credits did not rise above',
      given: { available: wholeCredits(80n), told: 'exhausted', peak: wholeCredits(90n) },
      decision: { kind: 'arm', told: 'critical', because: 'rose' },
    },
    {
      says: 'of the end of credits that never were many',
      given: { available: wholeCredits(0n), told: 'exhausted', peak: wholeCredits(50n) },
      decision: { kind: 'tell', told: 'exhausted' },
    },
    {
      says: 'nothing of an account that never had any',
      given: { available: wholeCredits(0n), told: 'exhausted' },
      decision: leave('told-already'),
    },
    {
      says: 'nothing while auto top-up sees to it',
      given: { available: wholeCredits(0n), isToppedUp: true },
      decision: leave('topped-up'),
    },
    {
      says: 'nothing while auto top-up sees to it, and what rose stays armed',
      given: {
        available: wholeCredits(0n),
        told: 'exhausted',
        peak: wholeCredits(600n),
        isToppedUp: true,
      },
      decision: { kind: 'arm', told: 'enough', because: 'topped-up' },
    },
  ])('is told $says', ({ given, decision }) => {
    expect(decideLowBalance(facts(given), LEVELS)).toEqual(decision);
  });
});

const amount = fc.bigInt(-200n, 700n).map(wholeCredits);
const step = fc.record({
  /** What comes in and is spent before the next look, or a hold that is taken or let go. */
  change: fc.bigInt(-400n, 400n).map(wholeCredits),
  isCredit: fc.boolean(),
  isToppedUp: fc.boolean(),
});

/** What is told by looks at an account, after each change of it. */
function lived(start: bigint, steps: readonly { change: bigint; isCredit: boolean; isToppedUp: boolean }[]) {
  let available = start;
  let told = balanceLevelOf(credits(start), LEVELS);
  return steps.map(({ change, isCredit, isToppedUp }) => {
    available += change;
    const peak = isCredit && change > 0n ? credits(available) : null;
    const decision = decideLowBalance(
      facts({ available: credits(available), told, peak, isToppedUp }),
      LEVELS,
    );
    if (decision.kind !== 'leave') told = decision.told;
    return { available: credits(available), decision, isToppedUp, told, isCredit };
  });
}

describe('whatever happens', () => {
  test('a mail says the level that there is, and only where none so low was told since credits came', () => {
    fc.assert(
      fc.property(amount, fc.array(step, { maxLength: 30 }), (start, steps) => {
        let deepest = balanceLevelOf(start, LEVELS);
        const wrong = lived(start, steps).filter(({ available, decision, isToppedUp, isCredit }) => {
          const level = balanceLevelOf(available, LEVELS);
          if (isCredit && isLower(deepest, level)) deepest = level;
          if (decision.kind !== 'tell') return false;
          const isNews = isLower(level, deepest);
          deepest = level;
          return isToppedUp || !isNews || decision.told !== level;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('nobody without top-up stands lower than what was told', () => {
    fc.assert(
      fc.property(amount, fc.array(step, { maxLength: 30 }), (start, steps) => {
        const untold = lived(start, steps).filter(
          ({ available, isToppedUp, told }) =>
            !isToppedUp && isLower(balanceLevelOf(available, LEVELS), told),
        );
        expect(untold).toEqual([]);
      }),
    );
  });

  test('a look again says nothing new', () => {
    const level = fc.constantFrom(...BALANCE_LEVELS);
    const any = fc.record({
      available: amount,
      told: level,
      isLongAgo: fc.constant(false),
      peak: fc.option(amount),
      isToppedUp: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (given) => {
        const first = decideLowBalance(given, LEVELS);
        const told = first.kind === 'leave' ? given.told : first.told;
        expect(decideLowBalance({ ...given, told, peak: null }, LEVELS).kind).toBe('leave');
      }),
    );
  });

  test('spending passes a level when it ends lower than it began', () => {
    const range = (highest: bigint, lowest: bigint) => ({
      highest: wholeCredits(highest),
      lowest: wholeCredits(lowest),
    });
    expect(passesLevel(range(510n, 500n), LEVELS)).toBe(true);
    expect(passesLevel(range(500n, 490n), LEVELS)).toBe(false);
    expect(passesLevel(range(900n, 501n), LEVELS)).toBe(false);
    expect(passesLevel(range(10n, 0n), LEVELS)).toBe(true);
  });
});
