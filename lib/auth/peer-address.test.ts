import { expect, test } from 'vitest';

import { peerAddress } from './peer-address';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['10.0.0.1, 203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
])('%s → %s', (given, peer) => {
  expect(peerAddress(new Headers({ 'x-forwarded-for': given }))).toBe(peer);
});

test('whose address nobody says shares one with all like it', () => {
  for (const said of [{}, { 'x-forwarded-for': '' }, { 'x-forwarded-for': '203.0.113.7, ' }])
    expect(peerAddress(new Headers(said as Record<string, string>))).toBe('unknown');
});
