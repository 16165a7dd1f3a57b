import { describe, expect, test } from 'vitest';

import { isAlerted, levelsMistake } from './alert';
import { wholeCredits } from './credits';

describe('isAlerted', () => {
  test.each([
    { role: 'owner', chosen: null, told: true },
    { role: 'billing', chosen: null, told: true },
    { role: 'developer', chosen: null, told: false },
    { role: 'viewer', chosen: null, told: false },
    { role: 'owner', chosen: false, told: false },
    { role: 'viewer', chosen: true, told: true },
  ] as const)('$role who chose $chosen: $told', ({ role, chosen, told }) => {
    expect(isAlerted(role, chosen)).toBe(told);
  });
});

test.each([
  { warning: 500n, critical: 100n, is: null },
  { warning: 100n, critical: 100n, is: 'The first level must be above the lower one.' },
  {
    warning: 100n,
    critical: 0n,
    is: 'The lower level must be above zero: that nothing is left is always told.',
  },
])('levels of $warning and $critical: $is', ({ warning, critical, is }) => {
  expect(levelsMistake({ warning: wholeCredits(warning), critical: wholeCredits(critical) })).toBe(is);
});
