import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cents, credits } from './credits';
import { type Finding, findingsOf, isSafeToRepair, type PurchaseFacts } from './reconciliation';

const payment = { id: 'pi_1', received: cents(50n), bought: 'this' as const };
/** Paid, credited, and nothing else. */
const sound: PurchaseFacts = {
  credits: credits(100n),
  isPaid: true,
  isCredited: true,
  payment,
  back: [],
  clawbacks: [],
  corrected: credits(0n),
};
const refund = { id: 're_1', kind: 'refund', state: 'gone', progress: 1, happenedAt: new Date(0) } as const;
const back = [{ ...refund, amount: cents(25n) }];
const clawbacks = [{ id: 're_1', amount: credits(50n), isGivenBack: false }];

describe('what does not agree', () => {
  test.each<{ when: string; facts: Partial<PurchaseFacts>; found: [Finding['class'], bigint][] }>([
    { when: 'all is as it should be', facts: {}, found: [] },
    { when: 'a promotion code paid for it', facts: { payment: null }, found: [] },
    {
      when: 'nobody paid and nothing was credited',
      facts: { isPaid: false, isCredited: false, payment: null },
      found: [],
    },
    {
      when: 'it was paid and not credited',
      facts: { isCredited: false },
      found: [['paid-not-credited', 100n]],
    },
    {
      when: 'it was credited and not paid',
      facts: { isPaid: false, payment: null },
      found: [['credited-not-paid', -100n]],
    },
    {
      when: 'it was credited and not paid, and was put right before',
      facts: { isPaid: false, payment: null, corrected: credits(-100n) },
      found: [],
    },
    {
      when: 'its payment bought another one',
      facts: { payment: { ...payment, bought: 'another' } },
      found: [['credited-twice', -100n]],
    },
    {
      when: 'money went back, and nothing was taken back',
      facts: { back },
      found: [['refunded-not-clawed', -50n]],
    },
    { when: 'money went back, and was taken back', facts: { back, clawbacks }, found: [] },
    {
      when: 'a refund failed, and its credits are still gone',
      facts: { back: [{ ...refund, amount: cents(25n), state: 'over' }], clawbacks },
      found: [['refunded-not-clawed', 50n]],
    },
    {
      when: 'a claw-back was given back though the money is gone',
      facts: { back, clawbacks: [{ id: 're_1', amount: credits(50n), isGivenBack: true }] },
      found: [['refunded-not-clawed', -50n]],
    },
  ])('when $when', ({ facts, found }) => {
    const findings = findingsOf({ ...sound, ...facts });
    expect(findings.map((finding) => [finding.class, finding.entry])).toEqual(found);
  });
});

test('what takes credits from a customer by a correction waits for a person', () => {
  expect(isSafeToRepair('credited-not-paid')).toBe(false);
  expect(isSafeToRepair('credited-twice')).toBe(false);
  expect(isSafeToRepair('drift')).toBe(false);
});

test('entered as a correction, a finding is found no more', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 12n), fc.boolean(), (amount, isPaid) => {
      const facts: PurchaseFacts = {
        ...sound,
        credits: credits(amount),
        isPaid,
        payment: isPaid ? { ...payment, bought: 'another' } : null,
      };
      const [finding] = findingsOf(facts);
      expect(finding?.entry).toBe(-amount);
      expect(findingsOf({ ...facts, corrected: finding?.entry ?? credits(0n) })).toEqual([]);
    }),
  );
});
