import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, credits } from './credits';
import {
  type Clawback,
  heard,
  type MoneyBack,
  type MoneyBackStep,
  type PaidPurchase,
  stepsOf,
  toTakeBack,
} from './money-back';

const purchase = (amount: bigint, received: bigint): PaidPurchase => ({
  payment: 'pi_1',
  credits: credits(amount),
  received: cents(received),
});
const refund = (id: string, amount: bigint, over: Partial<MoneyBack> = {}): MoneyBack => ({
  id,
  kind: 'refund',
  state: 'gone',
  progress: 1,
  amount: cents(amount),
  happenedAt: new Date(0),
  ...over,
});
const take = (id: string, amount: bigint): MoneyBackStep => ({ kind: 'take', id, amount: credits(amount) });
const taken = (id: string, amount: bigint, isGivenBack = false): Clawback => ({
  id,
  amount: credits(amount),
  isGivenBack,
});

// $50.00 for 5,000 credits, in the ledger's millionths.
const FIFTY = purchase(5_000_000_000n, 50_00n);
// 100 units for 3 cents: nothing divides.
const UNEVEN = purchase(100n, 3n);

describe('what is entered', () => {
  test.each<{
    when: string;
    of: PaidPurchase;
    known: MoneyBack[];
    ledger: Clawback[];
    steps: MoneyBackStep[];
  }>([
    { when: 'nothing went back', of: FIFTY, known: [], ledger: [], steps: [] },
    { when: 'it was paid past Stripe', of: purchase(5_000n, 0n), known: [], ledger: [], steps: [] },
    {
      when: 'it was paid past Stripe, and a refund is told of',
      of: purchase(5_000n, 0n),
      known: [refund('re_1', 5_00n)],
      ledger: [],
      steps: [],
    },
    {
      when: 'all of it was refunded',
      of: FIFTY,
      known: [refund('re_1', 50_00n)],
      ledger: [],
      steps: [take('re_1', 5_000_000_000n)],
    },
    {
      when: 'a part was refunded: cents of money are not cents of credits',
      of: FIFTY,
      known: [refund('re_1', 5_00n)],
      ledger: [],
      steps: [take('re_1', 500_000_000n)],
    },
    {
      when: 'the price had tax on it, the credits follow the share of what was paid',
      of: purchase(5_000_000_000n, 59_50n),
      known: [refund('re_1', 29_75n)],
      ledger: [],
      steps: [take('re_1', 2_500_000_000n)],
    },
    {
      when: 'it is entered already',
      of: FIFTY,
      known: [refund('re_1', 5_00n)],
      ledger: [taken('re_1', 500_000_000n)],
      steps: [],
    },
    {
      when: 'a refund failed after all',
      of: FIFTY,
      known: [refund('re_1', 5_00n, { state: 'over', progress: 2 })],
      ledger: [taken('re_1', 500_000_000n)],
      steps: [{ kind: 'give', id: 're_1' }],
    },
    {
      when: 'several refunds leave a rest',
      of: UNEVEN,
      known: [refund('re_1', 1n), refund('re_2', 1n), refund('re_3', 1n)],
      ledger: [taken('re_1', 33n)],
      steps: [take('re_2', 33n), take('re_3', 33n), take('pi_1:rest:1', 1n)],
    },
    {
      when: 'the last of several fails, the rest goes back with it',
      of: UNEVEN,
      known: [refund('re_1', 1n), refund('re_2', 1n), refund('re_3', 1n, { state: 'over', progress: 2 })],
      ledger: [taken('re_1', 33n), taken('re_2', 33n), taken('re_3', 33n), taken('pi_1:rest:1', 1n)],
      steps: [
        { kind: 'give', id: 're_3' },
        { kind: 'give', id: 'pi_1:rest:1' },
      ],
    },
    {
      when: 'a rest was given back, the next one has another name',
      of: UNEVEN,
      known: [refund('re_1', 1n), refund('re_2', 1n), refund('re_4', 1n)],
      ledger: [
        taken('re_1', 33n),
        taken('re_2', 33n),
        taken('re_3', 33n, true),
        taken('pi_1:rest:1', 1n, true),
      ],
      steps: [take('re_4', 33n), take('pi_1:rest:2', 1n)],
    },
    {
      when: 'a dispute asks for more than was paid',
      of: FIFTY,
      known: [refund('dp_1', 99_00n, { kind: 'dispute' })],
      ledger: [],
      steps: [take('dp_1', 5_000_000_000n)],
    },
    {
      when: 'a dispute is open, nothing is taken',
      of: FIFTY,
      known: [refund('dp_1', 50_00n, { kind: 'dispute', state: 'open' })],
      ledger: [],
      steps: [],
    },
    {
      when: 'a dispute that was won is lost on appeal',
      of: FIFTY,
      known: [refund('dp_1', 50_00n, { kind: 'dispute' })],
      ledger: [taken('dp_1', 5_000_000_000n, true)],
      steps: [take('pi_1:rest:1', 5_000_000_000n)],
    },
  ])('when $when', ({ of, known, ledger, steps }) => {
    expect(stepsOf(of, known, ledger)).toEqual(steps);
  });
});

test('an old report never undoes a newer one', () => {
  const failed = refund('re_1', 1n, { state: 'over', progress: 2 });
  expect(heard([failed], [refund('re_1', 1n)])).toEqual([failed]);
  expect(heard([refund('re_1', 1n)], [failed])).toEqual([failed]);
});

/** Enters the steps, as the ledger would. */
function entered(ledger: readonly Clawback[], steps: readonly MoneyBackStep[]): Clawback[] {
  const after = [...ledger];
  for (const step of steps) {
    const at = after.findIndex(({ id }) => id === step.id);
    if (step.kind === 'take') {
      if (at >= 0) throw new Error(`${step.id} was entered twice`);
      after.push({ id: step.id, amount: step.amount, isGivenBack: false });
    } else {
      const before = after[at];
      if (before === undefined || before.isGivenBack) throw new Error(`${step.id} cannot be given back`);
      after[at] = { ...before, isGivenBack: true };
    }
  }
  return after;
}
const standing = (ledger: readonly Clawback[]) =>
  ledger.reduce((sum, { amount, isGivenBack }) => sum + (isGivenBack ? 0n : amount), 0n);

const aPurchase = fc.record({ amount: fc.bigInt(1n, 10n ** 12n), received: fc.bigInt(1n, 10n ** 6n) });
const reports = fc.array(
  fc.record({
    of: fc.integer({ min: 1, max: 4 }),
    progress: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 24 },
);
const shares = fc.array(fc.bigInt(1n, 10n ** 6n), { minLength: 4, maxLength: 4 });
const STATES = ['open', 'gone', 'over', 'gone', 'over'] as const;

test('whatever is heard in whatever order, the end is the same, and never more than was bought', () => {
  fc.assert(
    fc.property(aPurchase, shares, reports, ({ amount, received }, amounts, told) => {
      const of = purchase(amount, received);
      const said = told.map(({ of: nth, progress }) =>
        refund(`dp_${nth}`, amounts[nth - 1] ?? 1n, {
          kind: 'dispute',
          state: STATES[progress] ?? 'over',
          progress,
          happenedAt: new Date(nth),
        }),
      );
      let known: MoneyBack[] = [];
      let ledger: Clawback[] = [];
      for (const report of said) {
        known = heard(known, [report]);
        ledger = entered(ledger, stepsOf(of, known, ledger));
        expect(standing(ledger)).toBe(toTakeBack(of, known));
        expect(standing(ledger)).toBeLessThanOrEqual(amount);
        expect(stepsOf(of, known, ledger)).toEqual([]);
      }
      expect(heard([], said.toReversed())).toEqual(known);
    }),
  );
});
