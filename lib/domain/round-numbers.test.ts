import { expect, test } from 'vitest';

import { roundNumbers } from './round-numbers';

test.each([
  {
    of: 'the whole range',
    bounds: { least: 100n, preset: 500n, most: 3_000n },
    enough: 9_000n,
    numbers: [100n, 200n, 500n, 1_000n, 2_000n],
  },
  {
    of: 'no more than enough',
    bounds: { least: 100n, preset: 500n, most: 3_000n },
    enough: 400n,
    numbers: [100n, 200n, 500n],
  },
  {
    of: 'bounds that are not round',
    bounds: { least: 30n, preset: 70n, most: 70n },
    enough: 70n,
    numbers: [30n, 50n, 70n],
  },
  { of: 'one number', bounds: { least: 7n, preset: 7n, most: 7n }, enough: 7n, numbers: [7n] },
])('round numbers of $of', ({ bounds, enough, numbers }) => {
  expect(roundNumbers(bounds, enough, 1n)).toEqual(numbers);
});
