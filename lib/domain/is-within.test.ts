import { expect, test } from 'vitest';

import { isWithin } from './is-within';

const asked = { milliseconds: 60_000n, model: 'small', features: ['a', 'b'] };

test.each([
  [asked, true],
  [{ ...asked, milliseconds: 59_999n }, true],
  [{ ...asked, milliseconds: 60_001n }, false],
  [{ ...asked, features: ['b'] }, true],
  [{ ...asked, features: ['c'] }, false],
  [{ ...asked, model: 'large' }, false],
  [{ ...asked, characters: 1n }, false],
])('case %#', (needed, is) => {
  expect(isWithin(needed, asked)).toBe(is);
});
