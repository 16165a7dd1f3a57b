import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { DeclineClass } from './decline';
import { actionsOf, isEnded, type PaymentFact, reasonOf, type Recovery, recoveryAfter } from './recovery';

const held = (attempt: number): PaymentFact => ({ kind: 'authentication-required', attempt });
const away = (attempt: number): PaymentFact => ({ kind: 'authenticating', attempt });
const pending = (attempt: number): PaymentFact => ({ kind: 'processing', attempt });
const declined = (attempt: number, decline: DeclineClass = 'needs-customer'): PaymentFact => ({
  kind: 'declined',
  attempt,
  decline,
});
const PAID: PaymentFact = { kind: 'paid' };
const GIVEN_UP: PaymentFact = { kind: 'given-up' };
const LAPSED: PaymentFact = { kind: 'lapsed' };

const after = (facts: readonly PaymentFact[]) => facts.reduce<Recovery | null>(recoveryAfter, null);

describe('a recovery', () => {
  test.each<{ says: string; facts: PaymentFact[]; recovery: Recovery }>([
    { says: 'begins with what stopped the payment', facts: [held(1)], recovery: held(1) },
    { says: 'follows the customer to the bank', facts: [held(1), away(2)], recovery: away(2) },
    { says: 'knows that the challenge failed', facts: [held(1), away(2), held(2)], recovery: held(2) },
    {
      says: 'knows that the card was declined after it',
      facts: [held(1), away(2), declined(2)],
      recovery: declined(2),
    },
    { says: 'waits while the bank decides', facts: [declined(1), pending(2)], recovery: pending(2) },
    {
      says: 'begins again with each attempt',
      facts: [declined(1), away(2), declined(2), away(3)],
      recovery: away(3),
    },
    { says: 'is not turned back by late news', facts: [away(2), declined(1)], recovery: away(2) },
    {
      says: 'believes the more careful of two answers',
      facts: [declined(1, 'another-card'), declined(1, 'retry-later')],
      recovery: declined(1, 'another-card'),
    },
    { says: 'ends with the money', facts: [held(1), away(2), PAID], recovery: PAID },
    { says: 'ends when the customer gives up', facts: [declined(1), GIVEN_UP, away(2)], recovery: GIVEN_UP },
    { says: 'ends when nobody comes', facts: [declined(1), LAPSED], recovery: LAPSED },
    { says: 'says who ended it', facts: [LAPSED, GIVEN_UP], recovery: GIVEN_UP },
    {
      says: 'is paid even when it was given up: what was paid is credited',
      facts: [GIVEN_UP, PAID],
      recovery: PAID,
    },
  ])('$says', ({ facts, recovery }) => {
    expect(after(facts)).toEqual(recovery);
  });
});

describe('offers', () => {
  const others = ['another-saved-card', 'new-card', 'give-up'];
  test.each<{ recovery: Recovery; actions: string[] }>([
    { recovery: held(1), actions: ['authenticate', ...others] },
    { recovery: away(2), actions: ['authenticate', ...others] },
    { recovery: declined(1, 'retry-later'), actions: ['retry', ...others] },
    { recovery: declined(1, 'needs-customer'), actions: ['retry', ...others] },
    { recovery: declined(1, 'another-card'), actions: others },
    { recovery: pending(2), actions: [] },
    { recovery: PAID, actions: [] },
    { recovery: GIVEN_UP, actions: [] },
    { recovery: LAPSED, actions: [] },
  ])('$actions after $recovery.kind', ({ recovery, actions }) => {
    expect(actionsOf(recovery, { hasOtherCards: true })).toEqual(actions);
    expect(actionsOf(recovery, { hasOtherCards: false })).toEqual(
      actions.filter((action) => action !== 'another-saved-card'),
    );
  });
});

describe('the customer is told', () => {
  const NOTHING = { code: null, declineCode: null, adviceCode: null };
  test.each([
    {
      says: 'to confirm where the bank only waits',
      recovery: held(1),
      refusal: NOTHING,
      word: 'confirm this',
    },
    {
      says: 'that the challenge failed',
      recovery: held(2),
      refusal: { ...NOTHING, code: 'payment_intent_authentication_failure' },
      word: 'was not confirmed',
    },
    {
      says: 'why the bank declined',
      recovery: declined(1),
      refusal: { ...NOTHING, code: 'card_declined', declineCode: 'insufficient_funds' },
      word: 'not enough money',
    },
    {
      says: 'in general where the bank does not say',
      recovery: declined(1),
      refusal: NOTHING,
      word: 'declined',
    },
  ])('$says', ({ recovery, refusal, word }) => {
    expect(reasonOf(recovery, refusal).explanation).toContain(word);
  });
});

const anyFact: fc.Arbitrary<PaymentFact> = fc
  .integer({ min: 1, max: 3 })
  .chain((attempt) =>
    fc.constantFrom(
      held(attempt),
      away(attempt),
      pending(attempt),
      declined(attempt, 'retry-later'),
      declined(attempt, 'needs-customer'),
      declined(attempt, 'another-card'),
      PAID,
      GIVEN_UP,
      LAPSED,
    ),
  );

const permutationsOf = <T>(all: readonly T[]): T[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((one, place) => permutationsOf(all.toSpliced(place, 1)).map((rest) => [one, ...rest]));

describe('whatever is told, and however often', () => {
  test('every order of up to six facts ends in the same state', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 6 }), (facts) => {
        const end = after(facts);
        for (const told of permutationsOf(facts)) expect(after(told)).toEqual(end);
      }),
      { numRuns: 25 },
    );
  });

  test('facts that are told up to three times, shuffled, end in the same state', () => {
    const told = fc
      .array(anyFact, { minLength: 1, maxLength: 6 })
      .chain((facts) =>
        fc.tuple(
          fc.constant(facts),
          fc.shuffledSubarray([...facts, ...facts, ...facts], { minLength: 2 * facts.length }),
        ),
      );
    fc.assert(
      fc.property(told, ([facts, again]) => {
        expect(after([...again, ...facts])).toEqual(after(facts));
      }),
    );
  });

  test('an end is an end: only money that came after all is stronger', () => {
    fc.assert(
      fc.property(fc.constantFrom(PAID, GIVEN_UP, LAPSED), fc.array(anyFact), (end, facts) => {
        const recovery = after([end, ...facts]);
        expect(recovery !== null && isEnded(recovery)).toBe(true);
        expect(recovery).toEqual(after([end, ...facts.filter(isEnded)]));
        expect(after([PAID, ...facts])).toEqual(PAID);
      }),
    );
  });

  test('there is always a way on, or nothing left to do', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1 }), fc.boolean(), (facts, hasOtherCards) => {
        const recovery = after(facts) ?? held(1);
        const actions = actionsOf(recovery, { hasOtherCards });
        const isWaiting = isEnded(recovery) || recovery.kind === 'processing';
        expect(actions.includes('new-card') && actions.includes('give-up')).toBe(!isWaiting);
        expect(actions.length === 0).toBe(isWaiting);
      }),
    );
  });
});
