import { beforeAll, expect, test } from 'vitest';

import { wholeCredits } from '@/lib/domain/credits';
import { dubbing } from '@/price-books/dubbing';
import { HOSTILE_WORDS } from '@/test/access/hostile-words';
import { setEnvironment } from '@/test/environment';

import { purgeMail } from './purge-mail';
import type { Mail } from './send-mail';
import { webhookDisabledMail } from './webhook-disabled-mail';

beforeAll(() => setEnvironment());

const NOW = new Date('2026-03-01T12:00:00Z');
const mailsAbout = (words: string): Promise<Omit<Mail, 'to'>>[] => [
  purgeMail(
    {
      accountId: '42',
      accountName: words,
      noticedAt: NOW.toISOString(),
      coming: [{ reference: words, title: words, amount: wholeCredits(1n), purgeAt: NOW }],
      needed: null,
      now: NOW,
    },
    dubbing.credit,
  ),
  webhookDisabledMail({
    endpointId: 'one',
    accountName: words,
    to: 'ada@example.com',
    url: `https://hooks.example/${words}`,
    because: 'gone',
    at: NOW.toISOString(),
  }),
];

test.each(HOSTILE_WORDS)('a mail about %j is text, and leads to us alone', async (words) => {
  for (const mail of mailsAbout(words)) {
    const { html, subject } = await mail;
    expect(html.includes(words) && /[<>]/.test(words)).toBe(false);
    const links = [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !link.startsWith('http://app.test/'))).toEqual([]);
    expect(html.match(/<(script|svg|iframe|img|base|form|object|math)\b/gi)).toBeNull();
    expect(subject).not.toMatch(/[\r\n]/);
  }
});
