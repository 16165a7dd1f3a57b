import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assemblyai } from '@/price-books/assemblyai';
import { dessert } from '@/price-books/dessert';
import { dubbing } from '@/price-books/dubbing';
import { roughy } from '@/price-books/roughy';
import { BOOKS, emptyAccount, presetRule, settingsOf } from '@/test/auto-top-up/rules';

import type { AutoTopUpRule, AutoTopUpTrigger } from './auto-top-up';
import { cents, credits, wholeCredits } from './credits';
import { decideAutoTopUp } from './decide-auto-top-up';
import type { History, HistoryEvent } from './history';
import type { PriceBook } from './price-book';
import { type Replay, replay } from './replay';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FROM = Date.UTC(2026, 9, 20);
const at = (hours: number) => new Date(FROM + hours * HOUR);

const used = (
  hours: number,
  amount: bigint,
  shortfall: 'refuse' | 'negative' | 'pending_payment' = 'refuse',
): HistoryEvent => ({ kind: 'debit', at: at(hours), amount: wholeCredits(amount), shortfall });
const got = (hours: number, amount: bigint): HistoryEvent => ({
  kind: 'credit',
  at: at(hours),
  amount: wholeCredits(amount),
});
const history = (available: bigint, events: HistoryEvent[], days = 2): History => ({
  from: at(0),
  to: at(days * 24),
  available: wholeCredits(available),
  events,
});

/** A replay as one would tell it. */
const told = ({ charges, lowest, refused, waited, atZeroMs }: Replay) => ({
  charges: charges.map((one) => `${(one.at.getTime() - FROM) / HOUR} h: ${one.priceCents}, ${one.because}`),
  lowest: lowest / 1_000_000n,
  refused,
  waited,
  hoursAtZero: atZeroMs / HOUR,
});

describe('a history under another rule', () => {
  test.each<{
    says: string;
    book?: PriceBook;
    rule?: Partial<AutoTopUpRule>;
    before: History;
    after: ReturnType<typeof told>;
  }>([
    {
      says: 'charges at the moment that the threshold is crossed',
      before: history(600n, [used(1.25, 200n)]),
      after: {
        charges: ['1.25 h: 1600, below-threshold'],
        lowest: 400n,
        refused: 0,
        waited: 0,
        hoursAtZero: 0,
      },
    },
    {
      says: 'refuses what a cooldown leaves unpaid, and charges at the first check after it',
      before: history(600n, [used(1.25, 200n), used(2, 2_000n), used(3, 10n), used(8, 10n)]),
      after: {
        charges: ['1.25 h: 1600, below-threshold', '7.5 h: 2000, below-threshold'],
        lowest: 0n,
        refused: 1,
        waited: 0,
        hoursAtZero: 5.5,
      },
    },
    {
      says: 'checks after what happens at the same moment',
      before: history(600n, [used(1.25, 200n), used(2, 2_000n), got(7.5, 500n)]),
      after: {
        charges: ['1.25 h: 1600, below-threshold'],
        lowest: 0n,
        refused: 0,
        waited: 0,
        hoursAtZero: 5.5,
      },
    },
    {
      says: 'waits for a check when it was below the threshold before',
      before: history(600n, [used(1.25, 200n), used(2, 1_600n), used(7.3, 10n)]),
      after: {
        charges: ['1.25 h: 1600, below-threshold', '7.5 h: 1610, below-threshold'],
        lowest: 390n,
        refused: 0,
        waited: 0,
        hoursAtZero: 0,
      },
    },
    {
      says: 'makes no charge when the rule is off',
      rule: { enabled: false },
      before: history(600n, [used(1, 600n), used(2, 1n), got(5, 10n)]),
      after: { charges: [], lowest: 0n, refused: 1, waited: 0, hoursAtZero: 4 },
    },
    {
      says: 'stops at the monthly limit and goes on in the next month',
      rule: { monthlyLimitCents: cents(20_00n) },
      before: history(600n, [used(1, 600n), used(24, 2_000n)], 14),
      after: {
        charges: ['1 h: 2000, below-threshold', '288 h: 2000, below-threshold'],
        lowest: 0n,
        refused: 0,
        waited: 0,
        hoursAtZero: 264,
      },
    },
    {
      says: 'recharges inside the request that lacks credits',
      book: dessert,
      before: history(25n, [used(1, 100n), used(2, 300n)]),
      after: {
        charges: ['1 h: 2500, request-short', '2 h: 2500, request-short'],
        lowest: 25n,
        refused: 0,
        waited: 0,
        hoursAtZero: 0,
      },
    },
    {
      says: 'takes nothing for a request that no charge could cover',
      book: dessert,
      before: history(25n, [used(1, 20_000n)]),
      after: { charges: [], lowest: 25n, refused: 1, waited: 0, hoursAtZero: 0 },
    },
    {
      says: 'serves a small request when the limit left is too little for a large one',
      book: dessert,
      rule: { monthlyLimitCents: cents(40_00n) },
      before: history(25n, [used(1, 100n), used(2, 400n), used(3, 200n)]),
      after: {
        charges: ['1 h: 2500, request-short', '3 h: 1500, rest-of-monthly-limit'],
        lowest: 25n,
        refused: 1,
        waited: 0,
        hoursAtZero: 0,
      },
    },
    {
      says: 'lets a balance go below zero where the service does, and starts nothing more then',
      book: assemblyai,
      rule: { enabled: false },
      before: history(5n, [
        used(1, 8n, 'negative'),
        used(2, 1n, 'negative'),
        got(7, 4n),
        used(8, 1n, 'negative'),
      ]),
      after: { charges: [], lowest: -3n, refused: 1, waited: 0, hoursAtZero: 46 },
    },
    {
      says: 'keeps work waiting, and releases it oldest first when credits come',
      book: roughy,
      rule: { enabled: false },
      before: history(10n, [
        used(1, 40n, 'pending_payment'),
        used(2, 20n, 'pending_payment'),
        used(3, 9n, 'pending_payment'),
        got(4, 39n),
        got(5, 15n),
        got(6, 5n),
      ]),
      after: { charges: [], lowest: 0n, refused: 0, waited: 2, hoursAtZero: 43 },
    },
    {
      says: 'forgets work that waited for too long',
      book: roughy,
      rule: { enabled: false },
      before: history(10n, [used(1, 105n, 'pending_payment'), got(30 * 24 + 1, 100n)], 40),
      after: { charges: [], lowest: 10n, refused: 0, waited: 1, hoursAtZero: 0 },
    },
  ])('$says', ({ book = dubbing, rule, before, after }) => {
    expect(told(replay(before, presetRule(book, rule), book, 10))).toEqual(after);
  });

  test('keeps the lowest and the last balance of each stretch, and the average of all', () => {
    const before = history(100n, [used(6, 60n), got(12, 20n), used(30, 50n)]);
    const off = presetRule(dubbing, { enabled: false });
    const { points, average, totalCents } = replay(before, off, dubbing, 4);
    expect(points.map((point) => [point.at.getTime(), point.lowest, point.available])).toEqual([
      [FROM + 12 * HOUR, wholeCredits(40n), wholeCredits(60n)],
      [FROM + 24 * HOUR, wholeCredits(60n), wholeCredits(60n)],
      [FROM + 36 * HOUR, wholeCredits(10n), wholeCredits(10n)],
      [FROM + 48 * HOUR, wholeCredits(10n), wholeCredits(10n)],
    ]);
    expect(average).toBe(credits((100n * 6n + 40n * 6n + 60n * 18n + 10n * 18n) * 1_000_000n) / 48n);
    expect(totalCents).toBe(0n);
  });
});

test.each([
  { says: 'out of order', events: [used(2, 1n), used(1, 1n)] },
  { says: 'before it begins', events: [used(-1, 1n)] },
  { says: 'after it ends', events: [used(48, 1n)] },
])('a history with an event $says is a mistake', ({ events }) => {
  expect(() => replay(history(10n, events), presetRule(dubbing), dubbing, 10)).toThrow('in order');
});

/** The worker, the hot path and the request as they are: every check and every event, nothing left out. */
function lived({ from, to, available: opening, events }: History, rule: AutoTopUpRule, book: PriceBook) {
  let available: bigint = opening;
  let [refused, waited] = [0, 0];
  let waiting: { amount: bigint; since: number }[] = [];
  const charges: { at: number; price: bigint; because: string }[] = [];
  const course: { at: number; available: bigint }[] = [{ at: from.getTime(), available }];
  const become = (now: number, next: bigint) => {
    available = next;
    course.push({ at: now, available });
  };
  const receive = (now: number, amount: bigint) => {
    let next = available + amount;
    const patience = book.pendingPaymentDays === null ? Infinity : 30 * DAY;
    waiting = waiting.filter(({ since }) => since + patience > now);
    while (waiting[0] !== undefined && waiting[0].amount <= next) next -= waiting.shift()?.amount ?? 0n;
    become(now, next);
  };
  const decide = (now: number, trigger: AutoTopUpTrigger) => {
    const monthOf = (ms: number) => new Date(ms).toISOString().slice(0, 7);
    const thisMonth = charges.filter((one) => monthOf(one.at) === monthOf(now));
    const last = charges.at(-1);
    const facts = emptyAccount({
      trigger,
      available: credits(available),
      lastAutoTopUpAt: last === undefined ? null : new Date(last.at),
      chargedThisMonth: cents(thisMonth.reduce((sum, { price }) => sum + price, 0n)),
    });
    const decision = decideAutoTopUp(rule, facts, book, new Date(now));
    if (decision.kind === 'wait') return;
    charges.push({ at: now, price: decision.priceCents, because: decision.because });
    receive(now, decision.credits);
  };
  const spend = (now: number, amount: bigint, shortfall: string) => {
    if (available < amount && book.autoTopUp.isInline) {
      decide(now, { kind: 'inline', shortfall: credits(amount - available) });
    }
    if (shortfall === 'refuse' ? available < amount : available <= 0n) {
      refused += 1;
    } else if (shortfall === 'pending_payment' && available < amount) {
      waited += 1;
      waiting.push({ amount, since: now });
    } else {
      const before = available;
      become(now, before - amount);
      if (before >= rule.threshold && available < rule.threshold) decide(now, { kind: 'crossing' });
    }
  };

  const every = Number(book.autoTopUp.checkEverySeconds) * 1_000;
  const checks = [];
  for (let now = Math.ceil(from.getTime() / every) * every; now < to.getTime(); now += every)
    checks.push(now);
  const moments = [
    ...events.map((event) => ({ now: event.at.getTime(), event })),
    ...checks.map((now) => ({ now, event: null })),
  ].sort((a, b) => a.now - b.now);
  for (const { now, event } of moments) {
    if (event === null) decide(now, { kind: 'scheduled' });
    else if (event.kind === 'credit') receive(now, event.amount);
    else spend(now, event.amount, event.shortfall);
  }
  return { charges, refused, waited, course };
}

/** What the figures say, worked out from every single change. */
function figuresOf(
  course: readonly { at: number; available: bigint }[],
  from: number,
  to: number,
  count: number,
) {
  const until = (index: number) => course[index + 1]?.at ?? to;
  const balanceAt = (ms: number) => course.findLast((one) => one.at <= ms)?.available ?? 0n;
  const smallest = (all: bigint[]) => all.reduce((a, b) => (b < a ? b : a));
  const ends = Array.from({ length: count }, (_, i) => from + Math.round(((to - from) * (i + 1)) / count));
  return {
    lowest: smallest(course.map((one) => one.available)),
    atZeroMs: course.reduce((sum, one, i) => sum + (one.available <= 0n ? until(i) - one.at : 0), 0),
    average:
      course.reduce(
        (sum, one, i) => sum + (one.available > 0n ? one.available * BigInt(until(i) - one.at) : 0n),
        0n,
      ) / BigInt(to - from),
    points: ends.map((end, i) => {
      const start = ends[i - 1] ?? from;
      const within = course.filter((one) => one.at > start && one.at <= end).map((one) => one.available);
      const first =
        i === 0 ? course.filter((one) => one.at === from).map((one) => one.available) : [balanceAt(start)];
      return { at: new Date(end), lowest: smallest([...first, ...within]), available: balanceAt(end) };
    }),
  };
}

const cooldown = fc.constantFrom(0n, 3_600n, 6n * 3_600n, 36n * 3_600n);
const books: fc.Arbitrary<PriceBook> = fc
  .record({
    book: fc.constantFrom(...BOOKS),
    cooldownSeconds: cooldown,
    isInline: fc.boolean(),
    checkEverySeconds: fc.constantFrom(1_800n, 7_200n, 100_000n),
  })
  .map(({ book, ...rules }) => ({ ...book, autoTopUp: { ...book.autoTopUp, ...rules } }));

const DAYS = 50;
/** From one event to the next: often at once, or at the very moment of a check or of a cooldown’s end. */
const gaps = fc.oneof(
  fc.nat(HOUR),
  fc.nat(18 * HOUR),
  fc.nat(12).map((half) => (half * HOUR) / 2),
  fc.constantFrom(0, 6 * HOUR, 36 * HOUR),
);
/** Amounts that matter to the rule: parts and multiples of its threshold. */
const eventsFor = ({ threshold }: Pick<AutoTopUpRule, 'threshold'>): fc.Arbitrary<HistoryEvent[]> =>
  fc
    .array(
      fc.record({
        kind: fc.oneof(
          { weight: 9, arbitrary: fc.constant('debit') },
          { weight: 1, arbitrary: fc.constant('credit') },
        ),
        gap: gaps,
        amount: fc
          .oneof(fc.bigInt(1n, threshold), fc.bigInt(1n, 4n * threshold), fc.constant(threshold))
          .map(credits),
        shortfall: fc.constantFrom('refuse', 'refuse', 'negative', 'pending_payment'),
      }),
      { maxLength: 120, size: 'max' },
    )
    .map((events) => {
      let after = 0;
      return events
        .map(({ gap, ...event }): HistoryEvent => ({ ...event, at: new Date(FROM + (after += gap)) }))
        .filter((event) => event.at.getTime() < FROM + DAYS * DAY);
    });
const lives = books.chain((book) =>
  settingsOf(book).chain((settings) =>
    fc.record({
      book: fc.constant(book),
      rule: fc.record({
        threshold: fc.constant(settings.threshold),
        size: fc.constant(settings.size),
        monthlyLimitCents: fc.constant(settings.monthlyLimitCents),
        enabled: fc.oneof(
          { weight: 19, arbitrary: fc.constant(true) },
          { weight: 1, arbitrary: fc.constant(false) },
        ),
        paused: fc.constant(null),
      }),
      available: fc.bigInt(0n, 2n * settings.threshold).map(credits),
      events: eventsFor(settings),
      points: fc.integer({ min: 1, max: 40 }),
    }),
  ),
);

test('the replay decides as the worker does, event for event, and its figures are exact', () => {
  let charged = 0;
  fc.assert(
    fc.property(lives, ({ book, rule, available, events, points }) => {
      const told: History = { from: new Date(FROM), to: new Date(FROM + DAYS * DAY), available, events };
      const worker = lived(told, rule, book);
      const result = replay(told, rule, book, points);
      charged += worker.charges.length;

      expect(
        result.charges.map(({ at: now, priceCents, because }) => ({
          at: now.getTime(),
          price: priceCents,
          because,
        })),
      ).toEqual(worker.charges);
      expect({ refused: result.refused, waited: result.waited }).toEqual({
        refused: worker.refused,
        waited: worker.waited,
      });
      const { lowest, atZeroMs, average } = result;
      expect({ lowest, atZeroMs, average, points: result.points }).toEqual(
        figuresOf(worker.course, FROM, FROM + DAYS * DAY, points),
      );
      expect(result.totalCents).toBe(worker.charges.reduce((sum, { price }) => sum + price, 0n));
    }),
    { numRuns: 50 },
  );
  expect(charged).toBeGreaterThan(50);
});
