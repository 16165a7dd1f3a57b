import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { soughtAsLogged, soughtIn } from './sought';

describe('what a customer sent', () => {
  test.each([
    { sent: ' Ada@Example.com ', names: ['email'] },
    { sent: 'pi_3Nabc', names: ['payment'] },
    { sent: 'ch_3Nabc', names: ['charge'] },
    { sent: 'in_1Nabc', names: ['invoice'] },
    { sent: 'cs_test_a1b2', names: ['payment-page'] },
    { sent: 'cus_9', names: ['customer'] },
    { sent: 're_1', names: ['money-back'] },
    { sent: 'dp_1', names: ['money-back'] },
    { sent: 'cn_1', names: ['credit-note'] },
    { sent: '42', names: ['account', 'number', 'name', 'reference'] },
    { sent: 'Account #42', names: ['account', 'name', 'reference'] },
    { sent: 'A1B2C3-0001', names: ['number', 'name', 'reference'] },
    { sent: 'Analytical Engines', names: ['name', 'reference'] },
    { sent: 'podcast-112.wav', names: ['name', 'reference'] },
    { sent: '0e984725-c51c-4bf4-9960-e1c80e27aba0', names: ['top-up', 'number', 'name', 'reference'] },
    { sent: '4242 50.00 2026-11-20', names: ['card-payment'] },
    { sent: '····4242 $50.00 2026-11-20', names: ['card-payment'] },
    { sent: 'account 7 req_abc', names: ['request'] },
    { sent: 'cof_live_abcdefghijkl', names: ['api-key'] },
    { sent: '   ', names: [] },
    { sent: 'x'.repeat(201), names: [] },
  ])('$sent', ({ sent, names }) => {
    expect(soughtIn(sent).map(({ kind }) => kind)).toEqual(names);
  });

  test('an account is its number, however large', () => {
    expect(soughtIn('999999999999999999')[0]).toEqual({
      kind: 'account',
      accountId: 999_999_999_999_999_999n,
    });
  });
});

test('a key that somebody sent whole is neither looked for nor logged beyond what we show of it', () => {
  const secret = fc.stringMatching(/^[\w-]{20,40}$/);
  const kind = fc.constantFrom('live', 'service');
  fc.assert(
    fc.property(secret, kind, (random, which) => {
      const key = `cof_${which}_${random}`;
      const [sought] = soughtIn(key);
      expect(sought).toEqual({ kind: 'api-key', text: key.slice(0, 16) });
      expect(soughtAsLogged(`my key ${key} does not work`)).toBe(`my key ${key.slice(0, 16)} does not work`);
    }),
  );
});

test('whatever somebody sends, nothing is looked for that is longer than what was sent', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const longest = Math.max(
        0,
        ...soughtIn(text).map((sought) => ('text' in sought ? sought.text.length : 0)),
      );
      expect(longest).toBeLessThanOrEqual(text.normalize('NFKC').length);
    }),
  );
});
