import fc from 'fast-check';
import { expect, test } from 'vitest';

import { aBookAt } from '@/test/pricing/a-book';
import { pricedWork } from '@/test/pricing/arbitrary-prices';

import { credits, wholeCredits } from './credits';
import { decimalOf } from './decimal';
import { minutes, seconds } from './duration';
import { stepsOf } from './formula-of';
import type { Price } from './price';
import { priceOf } from './price-of';

const book = (price: Price) => aBookAt(price);
const timed = (minimum: bigint): Price => ({
  form: 'unit',
  measure: 'milliseconds',
  rate: { credits: wholeCredits(10n), per: minutes(1n) },
  counted: { direction: 'down', step: seconds(1n) },
  minimum: wholeCredits(minimum),
  rounding: { direction: 'up', step: wholeCredits(1n) },
});

test.each([
  {
    price: timed(0n),
    length: 83n,
    quoted: null,
    steps: [
      ['83 s × 10 credits ÷ 60 s', '13.833333… credits'],
      ['Rounded up to a multiple of 1 credit', '14 credits'],
    ],
  },
  { price: timed(0n), length: 60n, quoted: null, steps: [['60 s × 10 credits ÷ 60 s', '10 credits']] },
  {
    price: timed(20n),
    length: 60n,
    quoted: null,
    steps: [
      ['60 s × 10 credits ÷ 60 s', '10 credits'],
      ['No less than the minimum', '20 credits'],
    ],
  },
  {
    price: timed(0n),
    length: 120n,
    quoted: 15n,
    steps: [
      ['120 s × 10 credits ÷ 60 s', '20 credits'],
      ['No more than was quoted', '15 credits'],
    ],
  },
])('$length s, step by step: $steps', ({ price, length, quoted, steps }) => {
  const work = { service: 'work', quantities: { milliseconds: seconds(length) } };
  const priced = priceOf(book(price), work, quoted === null ? null : wholeCredits(quoted));
  if (priced.kind === 'refused') throw new Error('a good length was refused');
  const found = stepsOf(priced.calculation, { singular: 'credit', plural: 'credits' });
  expect(found.map(({ text, comesTo }) => [text, comesTo])).toEqual(steps);
});

test('whatever the price, the steps end with the amount', () => {
  fc.assert(
    fc.property(pricedWork, fc.option(fc.bigInt(0n, 10n ** 9n)), ({ price, quantities }, quoted) => {
      const work = { service: 'work', quantities };
      const priced = priceOf(book(price), work, quoted === null ? null : credits(quoted));
      if (priced.kind === 'refused') return;
      const steps = stepsOf(priced.calculation, { singular: 'credit', plural: 'credits' });
      const said = steps
        .at(-1)
        ?.comesTo.replace(/ credits?$/, '')
        .replaceAll(',', '');
      expect(said).toBe(decimalOf(priced.amount));
    }),
  );
});
