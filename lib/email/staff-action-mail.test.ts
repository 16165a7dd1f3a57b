import { beforeAll, expect, test } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';
import { dubbing } from '@/price-books/dubbing';
import { setEnvironment } from '@/test/environment';

import { staffActionMail } from './staff-action-mail';

beforeAll(() => setEnvironment());

const TOLD = {
  id: 'a-1',
  accountName: 'Acme',
  isTaken: false,
  amount: wholeCredits(500n),
  expiresAt: null,
  reason: 'Double charge on Monday',
  balance: wholeCredits(620n),
};

test.each([
  {
    when: 'credits were added',
    change: {},
    subject: 'We added 500 credits',
    says: ['Reason: Double charge on Monday', 'Balance of Acme: 620 credits.'],
  },
  {
    when: 'they end',
    change: { expiresAt: new Date('2026-04-01T00:00:00Z') },
    subject: 'We added 500 credits',
    says: ['They expire on April 1, 2026.'],
  },
  {
    when: 'credits were taken, and left a debt',
    change: { isTaken: true, balance: wholeCredits(-5n) },
    subject: 'We took 500 credits off your balance',
    says: ['−5 credits', 'answer this mail'],
  },
])('$when: the mail says how many, why, and what there is now', async ({ change, subject, says }) => {
  const mail = await staffActionMail({ ...TOLD, ...change }, dubbing.credit);
  expect(mail.subject).toBe(subject);
  const text = mail.text.replaceAll(/\s+/g, ' ');
  for (const line of says) expect(text).toContain(line);
});

test('a reason is text in the mail, whatever stands in it', async () => {
  const reason = '<img src=x onerror=alert(1)>';
  const { html } = await staffActionMail({ ...TOLD, reason }, dubbing.credit);
  expect(html).not.toContain(reason);
});
