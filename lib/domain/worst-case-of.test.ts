import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { BOOKS, emptyAccount, presetRule, settingsOf } from '@/test/auto-top-up/rules';

import type { AutoTopUpSettings, AutoTopUpTrigger } from './auto-top-up';
import { fullPriceOf, priceRangeOf } from './auto-top-up-price';
import { cents, credits, wholeCredits } from './credits';
import { decideAutoTopUp } from './decide-auto-top-up';
import { creditsFor } from './package-of';
import type { PriceBook } from './price-book';
import { worstCaseOf } from './worst-case-of';

const everyDay = (book: PriceBook): PriceBook => ({
  ...book,
  autoTopUp: { ...book.autoTopUp, cooldownSeconds: 86_400n },
});

test.each([
  {
    book: dubbing,
    rule: {
      size: { mode: 'target', target: wholeCredits(1_500n) },
      monthlyLimitCents: cents(100_00n),
    } as const,
    sentence: 'At most $15.00 per charge, 4 times a day, and $100.00 a month.',
  },
  {
    book: dubbing,
    rule: {
      threshold: wholeCredits(99_000n),
      size: { mode: 'target', target: wholeCredits(100_000n) },
      monthlyLimitCents: cents(1_000_000_00n),
    } as const,
    sentence: 'At most $1,000.00 per charge, 4 times a day, and $124,000.00 a month.',
  },
  {
    book: everyDay(assemblyai),
    sentence: 'At most $50.00 per charge, once a day, and $1,000.00 a month.',
  },
  {
    book: dessert,
    sentence:
      'At most $25.00 per charge, or up to $1,000.00 where a waiting request lacks more, and $1,000.00 a month.',
  },
  {
    book: dessert,
    rule: { monthlyLimitCents: cents(25_00n) },
    sentence: 'At most $25.00 per charge and $25.00 a month.',
  },
])('$sentence', ({ book, rule, sentence }) => {
  expect(worstCaseOf(presetRule(book, rule), book).sentence).toBe(sentence);
});

test('a day may lie in two months', () => {
  const rule = presetRule(dubbing, { monthlyLimitCents: cents(30_00n) });
  expect(worstCaseOf(rule, dubbing)).toMatchObject({
    perChargeCents: 20_00n,
    chargesPerDay: 4n,
    perDayCents: 60_00n,
    perMonthCents: 30_00n,
  });
});

const DAY_MS = 86_400_000;
const YEAR_START = Date.UTC(2027, 0, 1);
const YEAR_END = Date.UTC(2028, 0, 1);
const MOST_STEPS = 400;

/** What happens next to an account whose owner, software and bank mean it ill. */
type Step = {
  afterMs: number;
  /** In hundredths of what one charge buys. */
  uses: bigint;
  trigger: AutoTopUpTrigger;
  isDeclined: boolean;
};
const IDLE: Step = { afterMs: DAY_MS, uses: 0n, trigger: { kind: 'scheduled' }, isDeclined: false };
type Made = { at: number; month: string; price: bigint };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    afterMs: fc.oneof(
      fc.constantFrom(0, 1, 6 * 3_600_000, 6 * 3_600_000 - 1, DAY_MS),
      fc.nat(6 * DAY_MS),
      fc.nat(2 * 3_600_000),
    ),
    uses: fc.oneof(
      { weight: 4, arbitrary: fc.bigInt(1n, 100n) },
      { weight: 1, arbitrary: fc.bigInt(100n, 2_000n) },
    ),
    trigger: fc.oneof(
      fc.constantFrom<AutoTopUpTrigger>({ kind: 'scheduled' }, { kind: 'crossing' }),
      fc.record({
        kind: fc.constant('inline' as const),
        shortfall: fc.bigInt(1n, 20_000n).map(wholeCredits),
      }),
    ),
    isDeclined: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  }),
  { minLength: 40, maxLength: 200, size: 'max' },
);

/** Lives a year of these steps, over and over. Nobody else puts anything on the balance; what is charged is paid at once. */
function chargesOf(settings: AutoTopUpSettings, book: PriceBook, story: readonly Step[]): Made[] {
  const rule = { ...settings, enabled: true, paused: null };
  const made: Made[] = [];
  let declines = { count: 0, lastAt: new Date(YEAR_START) };
  const full = creditsFor(book, fullPriceOf(settings.size, book, priceRangeOf(book)));
  let available = credits(0n);
  let now = YEAR_START;
  for (let step = 0; step < MOST_STEPS && now < YEAR_END; step += 1) {
    const { afterMs, uses, trigger, isDeclined } = story[step % story.length] ?? IDLE;
    now += afterMs;
    available = credits(available - (uses * full) / 100n);
    const instant = new Date(now);
    const latest = made.at(-1);
    const month = instant.toISOString().slice(0, 7);
    const decision = decideAutoTopUp(
      rule,
      emptyAccount({
        trigger,
        available,
        declines,
        lastAutoTopUpAt: latest === undefined ? null : new Date(latest.at),
        chargedThisMonth: cents(sumOf(made.filter((one) => one.month === month))),
      }),
      book,
      instant,
    );
    if (decision.kind === 'wait') continue;
    if (isDeclined) {
      declines = { count: declines.count + 1, lastAt: instant };
      continue;
    }
    declines = { count: 0, lastAt: instant };
    available = credits(available + decision.credits);
    made.push({ at: now, month, price: decision.priceCents });
  }
  return made;
}

const sumOf = (made: readonly Made[]) => made.reduce((sum, { price }) => sum + price, 0n);

describe('no simulated year exceeds what the sentence says', () => {
  test.each(BOOKS)('under $id', (book) => {
    let charges = 0;
    fc.assert(
      fc.property(settingsOf(book), steps, (settings, story) => {
        const worst = worstCaseOf(settings, book);
        const made = chargesOf(settings, book, story);
        charges += made.length;
        for (const [index, first] of made.entries()) {
          expect(first.price).toBeLessThanOrEqual(worst.perChargeCents);
          const day = made.slice(index).filter(({ at }) => at < first.at + DAY_MS);
          expect(sumOf(day)).toBeLessThanOrEqual(worst.perDayCents);
          expect(BigInt(day.length)).toBeLessThanOrEqual(worst.chargesPerDay ?? BigInt(made.length));
        }
        for (const month of new Set(made.map((one) => one.month))) {
          const charged = made.filter((one) => one.month === month);
          expect(sumOf(charged)).toBeLessThanOrEqual(worst.perMonthCents);
        }
      }),
      { numRuns: 10 },
    );
    expect(charges).toBeGreaterThan(50);
  });

  test.each(BOOKS)('and under $id the bound for one charge is reached', (book) => {
    const rule = presetRule(book);
    const worst = worstCaseOf(rule, book);
    const lacks = { kind: 'inline', shortfall: wholeCredits(10_000n) } as const;
    const facts = emptyAccount(book.autoTopUp.isInline ? { trigger: lacks } : {});
    const decision = decideAutoTopUp(rule, facts, book, new Date(YEAR_START));
    expect(decision).toMatchObject({ kind: 'charge', priceCents: worst.perChargeCents });
  });
});
