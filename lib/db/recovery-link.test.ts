import { beforeAll, describe, expect, test } from 'vitest';

import { setEnvironment } from '@/test/environment';

import { accountOfRow } from './context';
import { readRecoveryLink, recoveryLink } from './recovery-link';

const PAYMENT = { accountId: accountOfRow(42n), id: '0b0e5c1e-7f4b-4f6b-9a37-5a6cf6b0d001' };
const ASKED = new Date('2026-03-01T12:00:00Z');
const after = (seconds: number) => new Date(ASKED.getTime() + seconds * 1000);
const DAY = 86_400;

beforeAll(() => setEnvironment({}));

describe('a link to a payment', () => {
  test.each([
    { at: 0, isExpired: false },
    { at: DAY - 1, isExpired: false },
    { at: DAY, isExpired: true },
    { at: 400 * DAY, isExpired: true },
  ])('after $at seconds: expired $isExpired', ({ at, isExpired }) => {
    expect(readRecoveryLink(recoveryLink(PAYMENT, ASKED), after(at))).toEqual({ ...PAYMENT, isExpired });
  });

  test('is the same however often it is made, and another for another day, payment or account', () => {
    const link = recoveryLink(PAYMENT, ASKED);
    expect(recoveryLink(PAYMENT, ASKED)).toBe(link);
    expect(recoveryLink(PAYMENT, after(1))).not.toBe(link);
    expect(recoveryLink({ ...PAYMENT, accountId: accountOfRow(43n) }, ASKED)).not.toBe(link);
  });

  test('is worth nothing when a single character of it is another', () => {
    const link = recoveryLink(PAYMENT, ASKED);
    for (let place = 0; place < link.length; place += 1) {
      for (const other of ['0', '1', 'A', '-', '%']) {
        if (link[place] === other) continue;
        const changed = `${link.slice(0, place)}${other}${link.slice(place + 1)}`;
        expect(readRecoveryLink(changed, ASKED), `at ${place}`).toBeNull();
      }
    }
  });

  test.each(['', 'x', '42', 'recovery', '1-2-3-4', '../../etc/passwd', '٤٢-a-b-c'])('is not %s', (text) => {
    expect(readRecoveryLink(text, ASKED)).toBeNull();
  });

  test('says whose it is, until when, and nothing without its signature', () => {
    const link = recoveryLink(PAYMENT, ASKED);
    expect(link.slice(0, -43)).toBe('42-0b0e5c1e7f4b4f6b9a375a6cf6b0d001-1772452800-');
    expect(readRecoveryLink(`${link.slice(0, -43)}${'A'.repeat(43)}`, ASKED)).toBeNull();
  });
});
