import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { BOOKS, emptyAccount, presetRule, settingsOf } from '@/test/auto-top-up/rules';

import { type AutoTopUpDecision, type AutoTopUpFacts, type AutoTopUpRule, crosses } from './auto-top-up';
import { priceRangeOf } from './auto-top-up-price';
import { cents, credits, wholeCredits } from './credits';
import { decideAutoTopUp } from './decide-auto-top-up';
import { nextMonthStart } from './instant';
import { creditsFor } from './package-of';
import type { PriceBook } from './price-book';

type Case = { book: PriceBook; rule: AutoTopUpRule; facts: AutoTopUpFacts; now: Date };

const amount = fc.oneof(
  fc.bigInt(-2_000n, 2_000n).map(wholeCredits),
  fc.bigInt(-300_000_000_000n, 300_000_000_000n).map(credits),
);
const instant = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const waiting = fc.constantFrom({ kind: 'scheduled' as const }, { kind: 'crossing' as const });
const requesting = fc.record({ kind: fc.constant('inline' as const), shortfall: amount });

/** With nothing in the way but what the money and the clock put there. */
const factsOf = (trigger: fc.Arbitrary<AutoTopUpFacts['trigger']>): fc.Arbitrary<AutoTopUpFacts> =>
  fc.record({
    trigger,
    available: amount,
    inFlight: amount.map((some) => credits(some > 0n ? some : 0n)),
    isLive: fc.constant(false),
    lastAutoTopUpAt: fc.option(instant),
    chargedThisMonth: fc.bigInt(0n, 3_000_00n).map(cents),
    declines: fc.option(fc.record({ count: fc.nat(12), lastAt: instant })),
    card: fc.constant('ok'),
    isRestricted: fc.constant(false),
  });
const casesOf = (books: readonly PriceBook[], facts: fc.Arbitrary<AutoTopUpFacts>): fc.Arbitrary<Case> =>
  fc.constantFrom(...books).chain((book) =>
    fc.record({
      book: fc.constant(book),
      rule: settingsOf(book).map((settings) => ({ ...settings, enabled: true, paused: null })),
      facts,
      now: instant,
    }),
  );
const cases = casesOf(BOOKS, factsOf(fc.oneof(waiting, requesting)));
const casesBelow = casesOf(
  [dubbing, assemblyai],
  factsOf(waiting).map((facts) => ({
    ...facts,
    declines: null,
    lastAutoTopUpAt: null,
    chargedThisMonth: cents(0n),
  })),
);
const casesInline = casesOf([dessert], factsOf(requesting));
const decide = ({ book, rule, facts, now }: Case): AutoTopUpDecision =>
  decideAutoTopUp(rule, facts, book, now);

describe('whatever the rule, the account and the moment', () => {
  test('a charge stays within the monthly limit, and is an amount that the book sells', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const decision = decide(one);
        fc.pre(decision.kind === 'charge');
        const { leastCents, stepCents } = priceRangeOf(one.book);
        expect(decision.priceCents + one.facts.chargedThisMonth).toBeLessThanOrEqual(
          one.rule.monthlyLimitCents,
        );
        expect(decision.priceCents).toBeGreaterThanOrEqual(leastCents);
        expect(decision.priceCents % stepCents).toBe(0n);
        expect(decision.credits).toBe(creditsFor(one.book, decision.priceCents));
      }),
    );
  });

  test('a charge fills up to the target, and less than a step beyond it', () => {
    fc.assert(
      fc.property(casesBelow, (one) => {
        const decision = decide(one);
        const { size } = one.rule;
        fc.pre(
          decision.because === 'below-threshold' && decision.kind === 'charge' && size.mode === 'target',
        );
        const { leastCents, stepCents } = priceRangeOf(one.book);
        const expected = one.facts.available + one.facts.inFlight;
        const after = expected + decision.credits;
        expect(after >= size.target || expected < 0n).toBe(true);
        expect(
          after - size.target < creditsFor(one.book, stepCents) || decision.priceCents === leastCents,
        ).toBe(true);
      }),
    );
  });

  test('a charge inside a request covers what the request lacks', () => {
    fc.assert(
      fc.property(casesInline, (one) => {
        const { trigger, inFlight } = one.facts;
        const decision = decide(one);
        fc.pre(decision.kind === 'charge' && trigger.kind === 'inline');
        expect(decision.credits + inFlight).toBeGreaterThanOrEqual(trigger.shortfall);
      }),
    );
  });

  test('nothing is charged at the threshold or above it, unless a request lacks credits', () => {
    fc.assert(
      fc.property(cases, (one) => {
        fc.pre(one.facts.trigger.kind !== 'inline');
        const decision = decide({ ...one, facts: { ...one.facts, available: one.rule.threshold } });
        expect(decision).toEqual({ kind: 'wait', because: 'enough-credits', until: null });
      }),
    );
  });

  test('any one obstacle keeps the card safe', () => {
    const obstacles: ((one: Case) => Partial<Case>)[] = [
      ({ rule }) => ({ rule: { ...rule, enabled: false } }),
      ({ rule }) => ({ rule: { ...rule, paused: 'card-declined' } }),
      ({ facts }) => ({ facts: { ...facts, isLive: true } }),
      ({ facts }) => ({ facts: { ...facts, card: 'missing' } }),
      ({ facts }) => ({ facts: { ...facts, card: 'expired' } }),
      ({ facts }) => ({ facts: { ...facts, isRestricted: true } }),
      ({ facts, rule }) => ({ facts: { ...facts, chargedThisMonth: rule.monthlyLimitCents } }),
      ({ facts, now }) => ({ facts: { ...facts, declines: { count: 1, lastAt: now } } }),
    ];
    fc.assert(
      fc.property(cases, fc.constantFrom(...obstacles), (one, obstacle) => {
        expect(decide({ ...one, ...obstacle(one) }).kind).toBe('wait');
      }),
    );
  });

  test('when it said that the next one can happen, it can', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const decision = decide(one);
        fc.pre(decision.kind === 'wait' && decision.until !== null);
        const until = decision.until ?? one.now;
        const isNextMonth = until >= nextMonthStart(one.now);
        const then = isNextMonth ? { ...one.facts, chargedThisMonth: cents(0n) } : one.facts;
        expect(decision.until?.getTime()).toBeGreaterThan(one.now.getTime());
        expect(decide({ ...one, facts: then, now: until }).kind).toBe('charge');
      }),
    );
  });

  test('a customer who resumes at once after every decline makes five attempts in a day', () => {
    const start = Date.parse('2026-11-22T10:00:00Z');
    let declines: AutoTopUpFacts['declines'] = null;
    const attempts: number[] = [];
    for (let now = start; now < start + 24 * 3_600_000; now += 60_000) {
      const instant = new Date(now);
      const decision = decideAutoTopUp(presetRule(dessert), emptyAccount({ declines }), dessert, instant);
      if (decision.kind === 'wait') continue;
      attempts.push(now);
      declines = { count: attempts.length, lastAt: instant };
    }
    expect(attempts).toHaveLength(5);
  });
});

test.each([
  { before: 500n, after: 499n, is: true },
  { before: 501n, after: 500n, is: false },
  { before: 499n, after: 400n, is: false },
  { before: 500n, after: -1n, is: true },
])('from $before to $after crosses a threshold of 500: $is', ({ before, after, is }) => {
  const rule = { threshold: wholeCredits(500n) };
  expect(crosses(rule, { before: wholeCredits(before), after: wholeCredits(after) })).toBe(is);
});
