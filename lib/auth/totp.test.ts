import { describe, expect, test } from 'vitest';

import { newTotpSecret, stepOfCode, totpUri } from './totp';

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('a code', () => {
  test.each([
    { seconds: 59, code: '287082', step: 1n },
    { seconds: 1_111_111_109, code: '081804', step: 37_037_036n },
    { seconds: 2_000_000_000, code: '279037', step: 66_666_666n },
  ])('of the standard is right: $code', ({ seconds, code, step }) => {
    expect(stepOfCode(SECRET, code, at(seconds))).toBe(step);
  });

  test.each([
    { off: -31, is: 1n },
    { off: 0, is: 1n },
    { off: 30, is: 1n },
    { off: 61, is: null },
    { off: 3_600, is: null },
  ])('is the same half minute when clocks are $off seconds apart: $is', ({ off, is }) => {
    expect(stepOfCode(SECRET, '287082', at(59 + off))).toBe(is);
  });

  test.each(['', '28708', '2870820', ' 287082', '٢٨٧٠٨٢', '28708a', '94287082'])('is not "%s"', (code) => {
    expect(stepOfCode(SECRET, code, at(59))).toBeNull();
  });
});

test('a secret is new each time, and stands with its person in what the app reads', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(secret);
  const uri = new URL(totpUri(secret, 'ada@example.com'));
  expect(uri.protocol).toBe('otpauth:');
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(decodeURIComponent(uri.pathname)).toContain('Coffer:ada@example.com');
});
