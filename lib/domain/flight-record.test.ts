import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type AutoTopUpDecision, CHARGE_REASONS, WAIT_REASONS } from './auto-top-up';
import { cents, wholeCredits } from './credits';
import { type Evaluation, type FlightRecord, recordingOf } from './flight-record';

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const LAST: FlightRecord = {
  because: 'cooling-down',
  until: at('16:02'),
  ruleVersion: 3n,
  firstAt: at('10:30'),
  lastAt: at('11:00'),
  count: 2n,
};
const cooling: AutoTopUpDecision = { kind: 'wait', because: 'cooling-down', until: at('16:02') };
const bought: AutoTopUpDecision = {
  kind: 'charge',
  because: 'below-threshold',
  priceCents: cents(20_00n),
  credits: wholeCredits(2_000n),
};
const evaluation = (change: Partial<Evaluation> = {}): Evaluation => ({
  decision: cooling,
  ruleVersion: 3n,
  at: at('11:30'),
  ...change,
});

test('the same wait is counted, and when it was last so', () => {
  expect(recordingOf(LAST, evaluation())).toEqual({
    kind: 'again',
    record: { ...LAST, lastAt: at('11:30'), count: 3n },
  });
});

test('an evaluation that comes late is counted without turning time back', () => {
  expect(recordingOf(LAST, evaluation({ at: at('10:45') }))).toEqual({
    kind: 'again',
    record: { ...LAST, count: 3n },
  });
});

describe('a line of its own for', () => {
  test.each<{ what: string; last?: FlightRecord | null; change?: Partial<Evaluation> }>([
    { what: 'the first evaluation', last: null },
    { what: 'another reason', change: { decision: { ...cooling, because: 'monthly-limit' } } },
    { what: 'another end', change: { decision: { ...cooling, until: at('22:02') } } },
    { what: 'no end any more', change: { decision: { ...cooling, until: null } } },
    { what: 'another rule', change: { ruleVersion: 4n } },
    { what: 'a charge', change: { decision: bought } },
    {
      what: 'a charge after a charge',
      last: { ...LAST, because: 'below-threshold', until: null },
      change: { decision: bought },
    },
  ])('$what', ({ last = LAST, change }) => {
    const { decision, ruleVersion, at: now } = evaluation(change);
    const until = decision.kind === 'wait' ? decision.until : null;
    expect(recordingOf(last, evaluation(change))).toEqual({
      kind: 'new',
      record: { because: decision.because, until, ruleVersion, firstAt: now, lastAt: now, count: 1n },
    });
  });
});

const evaluations = fc.array(
  fc.record({
    decision: fc.oneof(
      fc.record({
        kind: fc.constant('wait' as const),
        because: fc.constantFrom(...WAIT_REASONS.slice(0, 3)),
        until: fc.option(fc.constantFrom(at('12:00'), at('13:00'))),
      }),
      fc.constantFrom(...CHARGE_REASONS).map((because): AutoTopUpDecision => ({ ...bought, because })),
    ),
    ruleVersion: fc.bigInt(1n, 2n),
    minute: fc.nat(59),
  }),
);

test('no evaluation is lost, no charge is hidden, and two lines on end never say the same wait', () => {
  fc.assert(
    fc.property(evaluations, (told) => {
      const lines: FlightRecord[] = [];
      for (const [hour, { minute, ...one }] of told.entries()) {
        const recording = recordingOf(lines.at(-1) ?? null, {
          ...one,
          at: new Date(hour * 3_600_000 + minute * 60_000),
        });
        if (recording.kind === 'again') lines.pop();
        lines.push(recording.record);
      }
      const charges = (because: string) => (CHARGE_REASONS as readonly string[]).includes(because);
      const same = ({ because, until, ruleVersion }: FlightRecord) =>
        `${because} ${until?.getTime()} ${ruleVersion}`;
      expect(lines.reduce((sum, { count }) => sum + count, 0n)).toBe(BigInt(told.length));
      expect(lines.filter(({ because }) => charges(because))).toHaveLength(
        told.filter(({ decision }) => decision.kind === 'charge').length,
      );
      for (const [place, line] of lines.slice(1).entries()) {
        const before = lines[place];
        expect(before !== undefined && !charges(line.because) && same(before) === same(line)).toBe(false);
        expect(line.firstAt.getTime()).toBeGreaterThanOrEqual(before?.lastAt.getTime() ?? 0);
      }
    }),
  );
});
