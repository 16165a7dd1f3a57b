import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { emptyAccount, presetRule } from '@/test/auto-top-up/rules';
import { aBook } from '@/test/pricing/a-book';

import {
  type AutoTopUpFacts,
  type AutoTopUpRule,
  CHARGE_REASONS,
  PAUSE_REASONS,
  WAIT_REASONS,
} from './auto-top-up';
import { cents, credits, wholeCredits } from './credits';
import { decideAutoTopUp } from './decide-auto-top-up';
import type { PriceBook } from './price-book';

const NOW = new Date('2026-11-22T10:00:00Z');
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const DECEMBER = new Date('2026-12-01T00:00:00Z');

const charge = (because: string, price: bigint, bought: bigint) => ({
  kind: 'charge',
  because,
  priceCents: price,
  credits: wholeCredits(bought),
});
const wait = (because: string, until: Date | null = null) => ({ kind: 'wait', because, until });
const inline = (shortfall: bigint): Partial<AutoTopUpFacts> => ({
  trigger: { kind: 'inline', shortfall: wholeCredits(shortfall) },
});

type Row = {
  says: string;
  book?: PriceBook;
  rule?: Partial<AutoTopUpRule>;
  facts?: Partial<AutoTopUpFacts>;
  decision: ReturnType<typeof charge> | ReturnType<typeof wait>;
};

const debt = wholeCredits(-60n);
const rows: Row[] = [
  {
    says: 'fills up to the target',
    facts: { available: wholeCredits(300n) },
    decision: charge('below-threshold', 17_00n, 1_700n),
  },
  {
    says: 'waits at the threshold itself',
    facts: { available: wholeCredits(500n) },
    decision: wait('enough-credits'),
  },
  {
    says: 'charges one unit below it, and rounds what is missing up to a cent',
    facts: { available: credits(500_000_000n - 1n) },
    decision: charge('below-threshold', 15_01n, 1_501n),
  },
  {
    says: 'buys the same amount each time',
    book: dessert,
    facts: { available: wholeCredits(19n) },
    decision: charge('below-threshold', 25_00n, 250n),
  },
  { says: 'is off', rule: { enabled: false }, decision: wait('off') },
  {
    says: 'is off before it is paused',
    rule: { enabled: false, paused: 'card-declined' },
    decision: wait('off'),
  },
  ...PAUSE_REASONS.map((paused) => ({
    says: `is paused: ${paused}`,
    rule: { paused },
    decision: wait(paused),
  })),
  {
    says: 'stays paused when a request waits',
    book: dessert,
    rule: { paused: 'card-declined' },
    facts: inline(5n),
    decision: wait('card-declined'),
  },
  { says: 'finds no card', facts: { card: 'missing' }, decision: wait('card-missing') },
  { says: 'finds an expired card', facts: { card: 'expired' }, decision: wait('card-expired') },
  {
    says: 'needs no card while there are enough credits',
    facts: { card: 'missing', available: wholeCredits(500n) },
    decision: wait('enough-credits'),
  },
  {
    says: 'leaves a restricted account',
    facts: { isRestricted: true },
    decision: wait('account-restricted'),
  },
  {
    says: 'leaves a rule that the book no longer allows',
    rule: { threshold: wholeCredits(1_500n) },
    decision: wait('rule-outside-bounds'),
  },
  {
    says: 'never starts a second charge beside a live one',
    facts: { isLive: true, inFlight: wholeCredits(2_000n) },
    decision: wait('charge-under-way'),
  },
  {
    says: 'waits for a purchase that suffices',
    facts: { inFlight: wholeCredits(500n) },
    decision: wait('credits-on-their-way'),
  },
  {
    says: 'buys only what a purchase on its way leaves missing',
    facts: { inFlight: wholeCredits(499n) },
    decision: charge('below-threshold', 15_01n, 1_501n),
  },
  {
    says: 'waits six hours after the last',
    facts: { lastAutoTopUpAt: at('04:01') },
    decision: wait('cooling-down', at('10:01')),
  },
  {
    says: 'charges when they are over',
    facts: { lastAutoTopUpAt: at('04:00') },
    decision: charge('below-threshold', 20_00n, 2_000n),
  },
  {
    says: 'waits when the clock was set back',
    facts: { lastAutoTopUpAt: at('17:00') },
    decision: wait('cooling-down', at('23:00')),
  },
  {
    says: 'has no cooldown where the book has none',
    book: dessert,
    facts: { lastAutoTopUpAt: NOW },
    decision: charge('below-threshold', 25_00n, 250n),
  },
  {
    says: 'backs off an hour after the first decline',
    facts: { declines: { count: 1, lastAt: at('09:30') } },
    decision: wait('backing-off', at('10:30')),
  },
  {
    says: 'backs off twice as long after each further one',
    facts: { declines: { count: 4, lastAt: at('03:00') } },
    decision: wait('backing-off', at('11:00')),
  },
  {
    says: 'backs off a day at most',
    facts: { declines: { count: 400, lastAt: at('09:00') } },
    decision: wait('backing-off', new Date('2026-11-23T09:00:00Z')),
  },
  {
    says: 'tries again when the back-off is over',
    facts: { declines: { count: 1, lastAt: at('09:00') } },
    decision: charge('below-threshold', 20_00n, 2_000n),
  },
  {
    says: 'names the obstacle that lasts longest',
    facts: { lastAutoTopUpAt: at('09:00'), declines: { count: 1, lastAt: at('09:30') } },
    decision: wait('cooling-down', at('15:00')),
  },
  {
    says: 'names the back-off when that lasts longest',
    facts: { lastAutoTopUpAt: at('04:10'), declines: { count: 1, lastAt: at('09:30') } },
    decision: wait('backing-off', at('10:30')),
  },
  {
    says: 'buys what is left of the monthly limit',
    rule: { monthlyLimitCents: cents(50_00n) },
    facts: { chargedThisMonth: cents(38_00n) },
    decision: charge('rest-of-monthly-limit', 12_00n, 1_200n),
  },
  {
    says: 'buys exactly up to the monthly limit',
    rule: { monthlyLimitCents: cents(50_00n) },
    facts: { chargedThisMonth: cents(30_00n) },
    decision: charge('below-threshold', 20_00n, 2_000n),
  },
  {
    says: 'waits for the next month when less is left than the cheapest package costs',
    rule: { monthlyLimitCents: cents(50_00n) },
    facts: { chargedThisMonth: cents(45_01n) },
    decision: wait('monthly-limit', DECEMBER),
  },
  {
    says: 'waits for the next month when a lowered limit is exceeded already',
    rule: { monthlyLimitCents: cents(20_00n) },
    facts: { chargedThisMonth: cents(60_00n), lastAutoTopUpAt: at('09:00') },
    decision: wait('monthly-limit', DECEMBER),
  },
  {
    says: 'charges inside a request that lacks credits above the threshold',
    book: dessert,
    facts: { ...inline(75n), available: wholeCredits(25n) },
    decision: charge('request-short', 25_00n, 250n),
  },
  {
    says: 'buys at least what the request lacks',
    book: dessert,
    facts: { ...inline(301n), available: wholeCredits(10n) },
    decision: charge('request-short', 30_10n, 301n),
  },
  {
    says: 'counts a purchase on its way for the request',
    book: dessert,
    facts: { ...inline(75n), available: wholeCredits(25n), inFlight: wholeCredits(75n) },
    decision: wait('credits-on-their-way'),
  },
  {
    says: 'lets the request wait for the charge that is under way',
    book: dessert,
    facts: { ...inline(5n), isLive: true },
    decision: wait('charge-under-way'),
  },
  {
    says: 'is asked by a request that lacks nothing',
    book: dessert,
    facts: { ...inline(0n), available: wholeCredits(20n) },
    decision: wait('enough-credits'),
  },
  {
    says: 'takes no money for a request that would fail all the same',
    book: dessert,
    facts: inline(10_001n),
    decision: wait('request-too-large'),
  },
  {
    says: 'takes no money for a request that the whole monthly limit would not cover',
    book: dessert,
    rule: { monthlyLimitCents: cents(50_00n) },
    facts: inline(501n),
    decision: wait('request-too-large'),
  },
  {
    says: 'nor for one that what is left of it does not cover',
    book: dessert,
    rule: { monthlyLimitCents: cents(50_00n) },
    facts: { ...inline(301n), chargedThisMonth: cents(20_00n) },
    decision: wait('monthly-limit', DECEMBER),
  },
  {
    says: 'buys the rest of the limit when that covers the request',
    book: dessert,
    rule: { monthlyLimitCents: cents(50_00n) },
    facts: { ...inline(5n), chargedThisMonth: cents(40_00n) },
    decision: charge('rest-of-monthly-limit', 10_00n, 100n),
  },
  {
    says: 'does not recharge inside a request where the book does not',
    facts: { ...inline(75n), available: wholeCredits(500n) },
    decision: wait('enough-credits'),
  },
  {
    says: 'never charges more than the target costs, whatever is owed',
    book: assemblyai,
    facts: { available: debt },
    decision: charge('below-threshold', 50_00n, 50n),
  },
];

describe('decideAutoTopUp', () => {
  test.each(rows)('$says', ({ book = dubbing, rule, facts, decision }) => {
    expect(decideAutoTopUp(presetRule(book, rule), emptyAccount(facts), book, NOW)).toEqual(decision);
  });

  test('has a row for every reason', () => {
    const reasons = new Set(rows.map(({ decision }) => decision.because));
    expect([...reasons].sort()).toEqual([...WAIT_REASONS, ...CHARGE_REASONS].sort());
  });

  test('buys at least the least amount that is sold', () => {
    const book = aBook({
      autoTopUp: {
        ...dubbing.autoTopUp,
        threshold: { least: wholeCredits(1n), most: wholeCredits(1_000n), preset: wholeCredits(20n) },
        size: {
          mode: 'target',
          target: { least: wholeCredits(11n), most: wholeCredits(2_000n), preset: wholeCredits(30n) },
          leastAboveThreshold: wholeCredits(10n),
        },
      },
    });
    const decision = decideAutoTopUp(presetRule(book), emptyAccount(), book, NOW);
    expect(decision).toEqual(charge('below-threshold', 5_00n, 50n));
  });
});
