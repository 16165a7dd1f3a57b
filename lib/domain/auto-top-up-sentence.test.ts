import { expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { emptyAccount, presetRule } from '@/test/auto-top-up/rules';

import {
  type AutoTopUpDecision,
  type AutoTopUpFacts,
  CHARGE_REASONS,
  type ChargeReason,
  WAIT_REASONS,
  type WaitReason,
} from './auto-top-up';
import { sayAutoTopUp } from './auto-top-up-sentence';
import { cents, wholeCredits } from './credits';
import type { PriceBook } from './price-book';

const TEN_PAST = new Date('2026-11-22T10:02:00Z');
const LATER = new Date('2026-11-22T16:02:00Z');

/** As a reader in UTC would see it. */
const shown = (
  decision: AutoTopUpDecision,
  facts: Partial<AutoTopUpFacts> = {},
  book: PriceBook = dubbing,
): string =>
  sayAutoTopUp(decision, { rule: presetRule(book), facts: emptyAccount(facts), book })
    .map((part) => (typeof part === 'string' ? part : part.toISOString().slice(11, 16)))
    .join('');

const waiting = (because: WaitReason, until: Date | null = null) =>
  ({ kind: 'wait', because, until }) as const;
const buying = (because: ChargeReason, price: bigint, bought: bigint) =>
  ({ kind: 'charge', because, priceCents: cents(price), credits: wholeCredits(bought) }) as const;
const short = { trigger: { kind: 'inline', shortfall: wholeCredits(75n) } } as const;

test.each([
  {
    decision: waiting('cooling-down', LATER),
    facts: { lastAutoTopUpAt: TEN_PAST },
    sentence: 'Your last automatic top-up was at 10:02; the next one can happen at 16:02.',
  },
  {
    decision: waiting('backing-off', LATER),
    facts: { declines: { count: 1, lastAt: TEN_PAST } },
    sentence: 'Your bank declined an automatic payment at 10:02; the next one can happen at 16:02.',
  },
  {
    decision: waiting('enough-credits'),
    facts: { available: wholeCredits(1_240n) },
    sentence:
      'You have 1,240 credits available; automatic top-up waits until there are fewer than 500 credits.',
  },
  {
    decision: waiting('credits-on-their-way'),
    facts: { inFlight: wholeCredits(5_000n) },
    sentence: '5,000 credits that you bought are on their way, and they are enough: nothing more is charged.',
  },
  {
    decision: waiting('monthly-limit', new Date('2026-12-01T00:00:00Z')),
    facts: { chargedThisMonth: cents(998_00n) },
    sentence:
      '$998.00 of your monthly limit of $1,000.00 are used, and what is left is too little for this top-up; ' +
      'the next one can happen at 00:00.',
  },
  {
    decision: waiting('request-too-large'),
    facts: short,
    sentence:
      'A request lacked 75 credits, which is more than one automatic top-up may buy; buy credits yourself to go on.',
  },
  {
    decision: buying('below-threshold', 17_00n, 1_700n),
    sentence: 'Your balance fell below 500 credits, so automatic top-up buys 1,700 credits for $17.00.',
  },
  {
    decision: buying('rest-of-monthly-limit', 12_00n, 1_200n),
    sentence:
      'Automatic top-up buys 1,200 credits for $12.00: no more is left of your monthly limit of $1,000.00.',
  },
  {
    decision: buying('request-short', 25_00n, 250n),
    facts: short,
    book: dessert,
    sentence: 'A request lacked 75 credits, so automatic top-up buys 250 credits for $25.00.',
  },
  {
    decision: buying('below-threshold', 50_00n, 50n),
    book: assemblyai,
    sentence: 'Your balance fell below 10 US dollars, so automatic top-up buys 50 US dollars for $50.00.',
  },
])('$sentence', ({ decision, facts, book, sentence }) => {
  expect(shown(decision, facts, book)).toBe(sentence);
});

test('every reason is one sentence', () => {
  const decisions = [
    ...WAIT_REASONS.map((because) => waiting(because)),
    ...WAIT_REASONS.map((because) => waiting(because, LATER)),
    ...CHARGE_REASONS.map((because) => buying(because, 5_00n, 500n)),
  ];
  for (const decision of decisions) {
    const sentence = shown(decision);
    expect(sentence, decision.because).toMatch(/^[A-Z0-9$].*[^.; ]\.$/);
    expect(sentence, decision.because).not.toMatch(/[.!?] |  /);
  }
});
