import { beforeAll, expect, test } from 'vitest';

import { credits, wholeCredits } from '@/lib/domain/credits';
import { dubbing } from '@/price-books/dubbing';
import { setEnvironment } from '@/test/environment';

import { lowBalanceMail } from './low-balance-mail';

beforeAll(() => setEnvironment());

type Low = Parameters<typeof lowBalanceMail>[0];
const low = (change: Partial<Low> = {}): Low => ({
  accountId: '42',
  accountName: 'Acme',
  level: 'warning',
  noticedAt: '2026-03-01T12:00:00.000Z',
  available: wholeCredits(480n),
  runway: {
    kind: 'lasting',
    days: 4n,
    until: new Date('2026-03-05T18:00:00Z'),
    perDay: wholeCredits(110n),
  },
  autoTopUp: 'off',
  ...change,
});
const flat = (text: string) => text.replace(/\s+/g, ' ');

test.each<{ says: string; change: Partial<Low>; subject: string; lines: string[] }>([
  {
    says: 'how long what is left lasts, and two ways to have more',
    change: {},
    subject: 'Acme has 480 credits left',
    lines: [
      'they last for about 4 days, until March 5, 2026.',
      'http://app.test/buy',
      'http://app.test/auto-top-up',
      'Automatic top-up is off',
    ],
  },
  {
    says: 'that it is less than a day',
    change: {
      level: 'critical',
      available: wholeCredits(80n),
      runway: { kind: 'lasting', days: 0n, until: new Date('2026-03-01T20:00:00Z'), perDay: credits(1n) },
      autoTopUp: 'paused',
    },
    subject: 'Only a little: Acme has 80 credits left',
    lines: ['they last for less than a day.', 'Automatic top-up is paused'],
  },
  {
    says: 'nothing of a pace that is not known yet',
    change: { runway: { kind: 'accumulating', readyAt: new Date('2026-03-02T00:00:00Z') } },
    subject: 'Acme has 480 credits left',
    lines: ['Acme has 480 credits available. Automatic'],
  },
  {
    says: 'that nothing is left, and why nothing is bought',
    change: { level: 'exhausted', available: credits(0n), runway: { kind: 'empty' }, autoTopUp: 'on' },
    subject: 'Acme has no credits left',
    lines: ['Acme has nothing available. Work that costs credits', 'is on, but can not buy at this moment'],
  },
  {
    says: 'that a debt is repaid first',
    change: { level: 'exhausted', available: wholeCredits(-5n), runway: { kind: 'empty' } },
    subject: 'Acme has no credits left',
    lines: ['the next credits repay a debt first'],
  },
])('the mail says $says', async ({ change, subject, lines }) => {
  const mail = await lowBalanceMail(low(change), dubbing.credit);
  expect(mail.subject).toBe(subject);
  for (const line of lines) expect(flat(mail.text)).toContain(line);
  expect(mail.html).toContain('http://app.test/buy');
});

test('it has one id for an account, its level and the time that it was noticed', async () => {
  const idOf = async (change: Partial<Low>) => (await lowBalanceMail(low(change), dubbing.credit)).id;
  const id = await idOf({});
  expect(id).toBe('low-balance.42.warning.1772366400000');
  expect(await idOf({ available: wholeCredits(470n) })).toBe(id);
  expect(await idOf({ level: 'critical' })).not.toBe(id);
  expect(await idOf({ noticedAt: '2026-03-02T12:00:00.000Z' })).not.toBe(id);
});
