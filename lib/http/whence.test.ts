import { expect, test } from 'vitest';

import { whenceOf } from './whence';

test.each([
  { case: 'nothing is known', headers: {}, ipAddress: null, userAgent: null },
  {
    case: 'one proxy',
    headers: { 'x-forwarded-for': '203.0.113.7' },
    ipAddress: '203.0.113.7',
    userAgent: null,
  },
  {
    case: 'the caller says it came from elsewhere',
    headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' },
    ipAddress: '203.0.113.7',
    userAgent: null,
  },
  { case: 'a browser', headers: { 'user-agent': 'A browser' }, ipAddress: null, userAgent: 'A browser' },
  {
    case: 'more than is kept',
    headers: { 'x-forwarded-for': '1'.repeat(99), 'user-agent': 'x'.repeat(999) },
    ipAddress: '1'.repeat(60),
    userAgent: 'x'.repeat(400),
  },
])('$case', ({ headers, ipAddress, userAgent }) => {
  expect(whenceOf(new Headers(headers as Record<string, string>))).toEqual({ ipAddress, userAgent });
});
