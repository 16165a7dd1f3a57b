import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { credits, wholeCredits } from './credits';
import { averageOf, changeOf, hintsOf, sharesOf, spentOf, usageSplitOf } from './usage';

const amount = fc.bigInt({ min: 0n, max: 10n ** 18n }).map(credits);

test.each([
  { name: 'service', split: { by: 'service' } },
  { name: 'member', split: { by: 'member' } },
  { name: 'metadata:project', split: { by: 'metadata', metadataKey: 'project' } },
  { name: 'metadata:a:b', split: { by: 'metadata', metadataKey: 'a:b' } },
  { name: 'metadata', split: null },
  { name: 'metadata:', split: null },
  { name: 'weather', split: null },
])('an address that splits by $name means $split', ({ name, split }) => {
  expect(usageSplitOf(name)).toEqual(split);
});

describe('averageOf', () => {
  test.each([
    { count: 0, used: 0n, average: null },
    { count: 4, used: 10n, average: 3n },
    { count: 3, used: 10n, average: 3n },
    { count: 1, used: 7n, average: 7n },
  ])('$used for $count charges is $average each', ({ count, used, average }) => {
    expect(averageOf({ count, used: credits(used) })).toBe(average);
  });
});

test('what was given back is taken off what was used, even below zero', () => {
  expect(spentOf({ used: credits(10n), returned: credits(4n) })).toBe(6n);
  expect(spentOf({ used: credits(0n), returned: credits(4n) })).toBe(-4n);
});

describe('sharesOf', () => {
  test.each([
    { parts: [], shares: [] },
    { parts: [0n, 0n], shares: [0n, 0n] },
    { parts: [5n], shares: [10_000n] },
    { parts: [1n, 1n, 1n], shares: [3_334n, 3_333n, 3_333n] },
    { parts: [2n, 0n, 1n], shares: [6_667n, 0n, 3_333n] },
  ])('of $parts are $shares', ({ parts, shares }) => {
    expect(sharesOf(parts.map(credits))).toEqual(shares);
  });

  test('add up to the whole, and none is a hundredth of a percent from the truth', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), (parts) => {
        const sum = parts.reduce((total, part) => total + part, 0n);
        fc.pre(sum > 0n);
        const shares = sharesOf(parts);
        expect(shares.reduce((total, share) => total + share, 0n)).toBe(10_000n);
        for (const [index, part] of parts.entries()) {
          const error = (shares[index] ?? 0n) * sum - part * 10_000n;
          expect(error > -sum && error < sum).toBe(true);
        }
      }),
    );
  });
});

describe('changeOf', () => {
  test.each([
    { before: 0n, after: 5n, change: null },
    { before: 100n, after: 100n, change: 0n },
    { before: 100n, after: 150n, change: 5_000n },
    { before: 150n, after: 100n, change: -3_333n },
    { before: 100n, after: 0n, change: -10_000n },
    { before: 1n, after: 10n ** 18n, change: 10_000_000n },
  ])('from $before to $after is $change', ({ before, after, change }) => {
    expect(changeOf(credits(before), credits(after))).toBe(change);
  });
});

describe('hintsOf', () => {
  const service = (name: string, count: number, whole: bigint) => ({
    service: name,
    count,
    used: wholeCredits(whole),
  });

  test.each([
    { rule: 'nothing used, nothing to say', services: [], kinds: [] },
    { rule: 'a service that cost nothing is not the dearest', services: [service('a', 3, 0n)], kinds: [] },
    {
      rule: 'the dearest is named',
      services: [service('a', 2, 900n), service('b', 2, 901n)],
      kinds: ['top-cost b'],
    },
    {
      rule: 'eleven charges below 100 on average could be batched',
      services: [service('a', 11, 1_099n)],
      kinds: ['top-cost a', 'batch a'],
    },
    {
      rule: 'ten charges are not many',
      services: [service('a', 10, 10n)],
      kinds: ['top-cost a'],
    },
    {
      rule: '100 on average is not little',
      services: [service('a', 11, 1_100n)],
      kinds: ['top-cost a'],
    },
  ])('$rule', ({ services, kinds }) => {
    expect(hintsOf(services).map((hint) => `${hint.kind} ${hint.service}`)).toEqual(kinds);
  });

  test('an average just below 100 is little, though it is shown as 100', () => {
    const used = credits(wholeCredits(100n) * 2_000_000n - 1n);
    expect(hintsOf([{ service: 'a', count: 2_000_000, used }])).toEqual([
      { kind: 'top-cost', service: 'a', used },
      { kind: 'batch', service: 'a', count: 2_000_000, average: wholeCredits(100n) },
    ]);
  });
});
