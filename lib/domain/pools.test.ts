import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { credits } from './credits';
import { poolsOf } from './pools';

const pools = (available: bigint, held: bigint, left: bigint) => {
  const { allowance, rest } = poolsOf({
    available: credits(available),
    held: credits(held),
    left: credits(left),
  });
  return [allowance, rest];
};

describe('what is available, by where it came from', () => {
  test.each([
    { rule: 'the two pools of the seed', available: 2250n, held: 0n, left: 1500n, is: [1500n, 750n] },
    { rule: 'an allowance alone', available: 2000n, held: 0n, left: 2000n, is: [2000n, 0n] },
    { rule: 'purchases alone', available: 750n, held: 0n, left: 0n, is: [0n, 750n] },
    {
      rule: 'a hold is taken from the allowance',
      available: 2150n,
      held: 100n,
      left: 1500n,
      is: [1400n, 750n],
    },
    { rule: 'a hold beyond it from the rest', available: 650n, held: 1600n, left: 1500n, is: [0n, 650n] },
    { rule: 'a debt is of the rest', available: -5n, held: 0n, left: 0n, is: [0n, -5n] },
    { rule: 'held more than is there', available: -5n, held: 20n, left: 15n, is: [0n, -5n] },
  ])('$rule', ({ available, held, left, is }) => {
    expect(pools(available, held, left)).toEqual(is);
  });

  test('adds up, and no allowance is below nothing', () => {
    const amount = fc.bigInt(-1_000n, 1_000n);
    const some = fc.bigInt(0n, 1_000n);
    fc.assert(
      fc.property(amount, some, some, (available, held, left) => {
        const [allowance = -1n, rest = 0n] = pools(available, held, left);
        expect(allowance + rest).toBe(available);
        expect(allowance).toBeGreaterThanOrEqual(0n);
        expect(allowance <= left).toBe(true);
      }),
    );
  });
});
