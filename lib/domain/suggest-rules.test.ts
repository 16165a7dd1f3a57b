import fc from 'fast-check';
import { expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dubbing } from '@/price-books/dubbing';
import { BOOKS, presetRule } from '@/test/auto-top-up/rules';

import { cents, credits, wholeCredits } from './credits';
import type { History } from './history';
import type { PriceBook } from './price-book';
import { type Replay, replay } from './replay';
import { suggestRules } from './suggest-rules';
import { validateRule } from './validate-rule';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 9, 1);
const ONE = wholeCredits(1n);
const POINTS = 12;

/** So many operations a day for thirty days, of which every tenth is ten times as large. */
const busy = (perDay: number, amount: bigint, book: PriceBook): History => ({
  from: new Date(FROM),
  to: new Date(FROM + 30 * 24 * HOUR),
  available: credits(amount * 25n),
  events: Array.from({ length: 30 * perDay }, (_, i) => ({
    kind: 'debit' as const,
    at: new Date(FROM + Math.floor((i * 24 * HOUR) / perDay)),
    amount: credits(i % 10 === 9 ? amount * 10n : amount),
    shortfall: Object.values(book.services)[0]?.shortfall ?? 'refuse',
  })),
});

const interruptions = ({ refused, waited }: Replay) => refused + waited;
const limit = (book: PriceBook) => ({ monthlyLimitCents: book.autoTopUp.monthlyLimitCents, points: POINTS });

test('a steady account is offered safety, few charges, or little money lying idle', () => {
  const history = busy(24, wholeCredits(20n), dubbing);
  const told = suggestRules(history, dubbing, limit(dubbing)).map(({ because, settings, replay }) => {
    const target = settings.size.mode === 'target' ? settings.size.target : 0n;
    return `${because}: ${settings.threshold / ONE} to ${target / ONE}, ${replay.charges.length} charges`;
  });
  expect(told).toEqual([
    'never-interrupted: 500 to 2000, 18 charges',
    'fewest-charges: 200 to 20000, 2 charges',
    'least-idle: 200 to 2000, 15 charges',
  ]);
});

const histories = fc.constantFrom(...BOOKS).chain((book) =>
  fc.record({
    book: fc.constant(book),
    history: fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.bigInt(1n, book.autoTopUp.threshold.preset))
      .map(([perDay, amount]) => busy(perDay, amount, book)),
  }),
);

test('every suggestion is a rule that can be saved, is no worse than the preset, and is best at what it is for', () => {
  fc.assert(
    fc.property(histories, ({ book, history }) => {
      const suggestions = suggestRules(history, book, limit(book));
      const preset = replay(history, presetRule(book), book, 1);
      const [safe, few, lean] = suggestions.map((one) => one.replay);

      expect(suggestions.map(({ because }) => because)).toEqual([
        'never-interrupted',
        'fewest-charges',
        'least-idle',
      ]);
      for (const { settings, replay: shown } of suggestions) {
        expect(validateRule(settings, book)).toEqual([]);
        expect(settings.monthlyLimitCents).toBe(book.autoTopUp.monthlyLimitCents);
        expect(shown).toEqual(replay(history, { ...settings, enabled: true, paused: null }, book, POINTS));
        expect(interruptions(shown)).toBeLessThanOrEqual(interruptions(preset));
        expect(few?.charges.length).toBeLessThanOrEqual(shown.charges.length);
        expect(lean?.average).toBeLessThanOrEqual(shown.average);
      }
      expect(interruptions(safe ?? preset)).toBe(interruptions(few ?? preset));
    }),
    { numRuns: 12 },
  );
});

test('nothing is suggested where the monthly limit allows no rule', () => {
  const history = busy(2, wholeCredits(1n), assemblyai);
  const tooLittle = { monthlyLimitCents: cents(9_99n), points: POINTS };
  expect(suggestRules(history, assemblyai, tooLittle)).toEqual([]);
});
