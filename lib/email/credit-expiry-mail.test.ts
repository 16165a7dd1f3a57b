import { beforeAll, expect, test } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';
import { dubbing } from '@/price-books/dubbing';
import { setEnvironment } from '@/test/environment';

import { creditExpiryMail } from './credit-expiry-mail';

beforeAll(() => setEnvironment());

const grant = (whole: bigint, day: number) => ({
  left: wholeCredits(whole),
  expiresAt: new Date(Date.UTC(2026, 2, day, 9, 30)),
});
const about = (expiring: ReturnType<typeof grant>[]) => ({
  accountId: '42',
  accountName: 'Acme',
  to: 'ada@example.com',
  noticedAt: '2026-03-01T12:00:00.000Z',
  expiring,
});
const flat = (text: string) => text.replace(/\s+/g, ' ');

test('the mail says how many credits expire, when, and that they are used first', async () => {
  const mail = await creditExpiryMail(about([grant(50n, 7), grant(1n, 8)]), dubbing.credit);
  expect(mail.subject).toBe('51 credits of Acme expire soon');
  expect(mail.id).toBe('credits-expire.42.1772366400000');
  const text = flat(mail.text);
  expect(text).toContain('50 credits of Acme expire on March 7, 2026 at 9:30 AM UTC.');
  expect(text).toContain('What expires first is used first');
  expect(text).not.toContain('more within');
  expect(mail.html).toContain('http://app.test');
});

test('of many, the first are listed', async () => {
  const mail = await creditExpiryMail(about(Array.from({ length: 12 }, () => grant(10n, 7))), dubbing.credit);
  expect(mail.subject).toBe('120 credits of Acme expire soon');
  expect(mail.text.match(/10 credits of Acme/g)).toHaveLength(10);
  expect(flat(mail.text)).toContain('And 2 more within the same days.');
});
