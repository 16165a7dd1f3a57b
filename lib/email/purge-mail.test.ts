import { beforeAll, expect, test } from 'vitest';

import { type Credits, wholeCredits } from '@/lib/domain/credits';
import { roughy } from '@/price-books/roughy';
import { setEnvironment } from '@/test/environment';

import { purgeMail } from './purge-mail';

beforeAll(() => setEnvironment());

const NOW = new Date('2026-03-01T12:00:00Z');
const asset = (reference: string, hours: number) => ({
  reference,
  title: 'Asset',
  amount: wholeCredits(10n),
  purgeAt: new Date(NOW.getTime() + hours * 3_600_000),
});
const about = (coming: ReturnType<typeof asset>[], needed: Credits | null = wholeCredits(35n)) => ({
  accountId: '42',
  accountName: 'Acme',
  to: 'ada@example.com',
  noticedAt: NOW.toISOString(),
  coming,
  needed,
  now: NOW,
});
const flat = (text: string) => text.replace(/\s+/g, ' ');

test.each<{ says: string; given: ReturnType<typeof about>; subject: string; lines: string[] }>([
  {
    says: 'what goes when, and how much releases it',
    given: about([asset('podcast-7', 72)]),
    subject: 'Finished work is thrown away within 3 days',
    lines: [
      'Asset, 10 credits: until March 4, 2026 at 12:00 PM UTC (podcast-7).',
      '35 credits more release it, with what waits before.',
      'the oldest first',
      'http://app.test/auto-top-up',
    ],
  },
  {
    says: 'how soon the first of several goes',
    given: about([asset('a', 20), asset('b', 40)]),
    subject: '2 pieces of finished work: the first is thrown away within a day',
    lines: ['(a).', '(b).', 'release all of it'],
  },
  {
    says: 'no amount that is not known',
    given: about([asset('a', 20)], null),
    subject: 'Finished work is thrown away within a day',
    lines: ['Buying credits releases it.'],
  },
  {
    says: 'the first ten of many',
    given: about(Array.from({ length: 12 }, (_, place) => asset(`job-${place}`, 160))),
    subject: '12 pieces of finished work: the first is thrown away within 7 days',
    lines: ['(job-9).', 'And 2 more.'],
  },
])('the mail says $says', async ({ given, subject, lines }) => {
  const mail = await purgeMail(given, roughy.credit);
  expect(mail.subject).toBe(subject);
  for (const line of lines) expect(flat(mail.text)).toContain(line);
  expect(mail.html).toContain('http://app.test/buy');
});

test('it has one id for an account and the time that it was noticed', async () => {
  const mail = await purgeMail(about([asset('a', 20)]), roughy.credit);
  expect(mail.id).toBe('purge.42.1772366400000');
});
