import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { credits } from './credits';
import { neededToRelease, releasePlanOf, type Waiting } from './release-plan';

const NOW = new Date('2026-03-01T12:00:00Z');
const waiting = (reference: string, amount: bigint, purgeAt = '2026-03-28T12:00:00Z'): Waiting => ({
  reference,
  service: 'transcription',
  amount: credits(amount),
  purgeAt: new Date(purgeAt),
});
const QUEUE = [waiting('a', 5n), waiting('b', 20n), waiting('c', 1n)];

describe('a credit releases', () => {
  test.each<{
    rule: string;
    queue?: Waiting[];
    room?: bigint;
    adds: bigint;
    released: string;
    lacks: bigint | null;
  }>([
    { rule: 'nothing where nothing waits', queue: [], adds: 5n, released: '', lacks: null },
    { rule: 'all that it reaches', adds: 26n, released: 'abc', lacks: null },
    { rule: 'the oldest up to the first that does not fit', adds: 24n, released: 'a', lacks: 1n },
    { rule: 'no smaller one that came after it', adds: 10n, released: 'a', lacks: 15n },
    { rule: 'with what was there already', room: 2n, adds: 3n, released: 'a', lacks: 20n },
    { rule: 'after what is owed', room: -4n, adds: 8n, released: '', lacks: 1n },
    { rule: 'nothing at all where more is owed', room: -10n, adds: 8n, released: '', lacks: 7n },
    {
      rule: 'what costs nothing although it is owed',
      queue: [waiting('z', 0n)],
      room: -1n,
      adds: 0n,
      released: 'z',
      lacks: null,
    },
  ])('$rule', ({ queue = QUEUE, room = 0n, adds, released, lacks }) => {
    const plan = releasePlanOf(queue, { room: credits(room), adds: credits(adds), now: NOW });
    expect(plan.lines.map(({ reference, isReleased }) => (isReleased ? reference : '')).join('')).toBe(
      released,
    );
    expect(plan.released).toBe(BigInt(released.length));
    expect(plan.nextLacks).toBe(lacks);
  });

  test.each([
    { left: 27n, purgeAt: '2026-03-28T12:00:00Z' },
    { left: 28n, purgeAt: '2026-03-28T12:00:00.001Z' },
    { left: 1n, purgeAt: '2026-03-01T12:00:00.001Z' },
    { left: 0n, purgeAt: '2026-03-01T12:00:00Z' },
  ])('while $left days are left', ({ left, purgeAt }) => {
    const plan = releasePlanOf([waiting('a', 1n, purgeAt)], {
      room: credits(0n),
      adds: credits(1n),
      now: NOW,
    });
    expect(plan.lines[0]?.daysLeft).toBe(left);
  });

  test('a beginning of the queue that fits, and never one more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(1n, 100n), { maxLength: 20 }),
        fc.bigInt(-200n, 200n),
        fc.bigInt(0n, 500n),
        (amounts, room, adds) => {
          const queue = amounts.map((amount, place) => waiting(`${place}`, amount));
          const { lines, released, nextLacks } = releasePlanOf(queue, {
            room: credits(room),
            adds: credits(adds),
            now: NOW,
          });
          const flags = lines.map(({ isReleased }) => isReleased);
          expect(flags).toEqual(flags.toSorted((a, b) => (a === b ? 0 : a ? -1 : 1)));
          const sum = amounts.slice(0, flags.filter(Boolean).length).reduce((a, b) => a + b, 0n);
          expect(released === 0n || sum <= room + adds).toBe(true);
          const next = amounts[flags.filter(Boolean).length];
          expect(nextLacks).toBe(next === undefined ? null : sum + next - (room + adds));
          expect(nextLacks === null || nextLacks > 0n).toBe(true);
        },
      ),
    );
  });
});

describe('to release some of what waits', () => {
  const needed = (references: string, room = 0n, queue = QUEUE) =>
    neededToRelease(queue, { references: new Set(references), room: credits(room) });

  test.each<{ says: string; needs: bigint | null; given: [string, bigint?] }>([
    { says: 'the oldest needs itself', given: ['a'], needs: 5n },
    { says: 'another needs all before it', given: ['b'], needs: 25n },
    { says: 'several need all before the last', given: ['ca'], needs: 26n },
    { says: 'what is there counts', given: ['b', 4n], needs: 21n },
    { says: 'what is owed comes first', given: ['a', -4n], needs: 9n },
    { says: 'nothing where there is enough', given: ['a', 9n], needs: 0n },
    { says: 'nobody knows for what does not wait here', given: ['ax'], needs: null },
  ])('$says', ({ given, needs }) => {
    expect(needed(...given)).toBe(needs);
  });

  test('what is needed releases it, and one less does not', () => {
    const amounts = fc.array(fc.bigInt(1n, 50n), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.nat(), fc.bigInt(-50n, 50n), (given, pick, room) => {
        const queue = given.map((amount, place) => waiting(`${place}`, amount));
        const reference = `${pick % given.length}`;
        const need = neededToRelease(queue, { references: new Set([reference]), room: credits(room) });
        const isReleasedBy = (adds: bigint) =>
          releasePlanOf(queue, { room: credits(room), adds: credits(adds), now: NOW }).lines.find(
            (line) => line.reference === reference,
          )?.isReleased;
        if (need === null) throw new Error('it waits');
        expect(isReleasedBy(need)).toBe(true);
        // Where nothing is needed, nothing less could come in.
        expect(isReleasedBy(need - 1n)).toBe(need === 0n && isReleasedBy(-1n) === true);
      }),
    );
  });
});
