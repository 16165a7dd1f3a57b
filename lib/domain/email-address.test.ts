import { expect, test } from 'vitest';

import { normalizeEmail } from './email-address';

test.each([
  { given: ' Ada@Example.COM ', address: 'ada@example.com' },
  { given: 'ada@example.com', address: 'ada@example.com' },
  { given: 'ada\uFF20evil.example', address: 'ada@evil.example' },
  { given: 'victim@example.com\uFF20evil.example', address: null },
  { given: 'ada@@example.com', address: null },
  { given: 'ada@example', address: null },
  { given: 'ada,eve@example.com', address: null },
  { given: 'ada@example.com\neve@example.com', address: null },
  { given: '<ada@example.com>', address: null },
  { given: 'ada\u200B@example.com', address: null },
  { given: `${'a'.repeat(250)}@example.com`, address: null },
  { given: '', address: null },
])('$given is $address', ({ given, address }) => {
  expect(normalizeEmail(given)).toBe(address);
});
