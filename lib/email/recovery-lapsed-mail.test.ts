import { beforeAll, expect, test } from 'vitest';

import { cents, wholeCredits } from '@/lib/domain/credits';
import { dubbing } from '@/price-books/dubbing';
import { setEnvironment } from '@/test/environment';

import { recoveryLapsedMail } from './recovery-lapsed-mail';

beforeAll(() => setEnvironment());

async function mail(given: { isPaused?: boolean; waiting?: number } = {}) {
  const { subject, text } = await recoveryLapsedMail(
    {
      topUpId: 'a-payment',
      accountName: 'Acme',
      to: 'ada@example.com',
      credits: wholeCredits(2_000n),
      priceCents: cents(2_000n),
      currency: 'usd',
      openedAt: new Date('2026-03-01T12:00:00Z'),
      isPaused: true,
      waiting: 0,
      ...given,
    },
    dubbing.credit,
  );
  return { subject, text: text.replaceAll(/\s+/g, ' ') };
}

test('it says that nothing was charged, and what to do', async () => {
  const { subject, text } = await mail();
  expect(subject).toBe('Your payment of $20.00 has ended, unpaid');
  expect(text).toContain('On March 1, 2026 2,000 credits were to be bought for Acme');
  expect(text).toContain('Nothing was charged, and it can no longer be paid.');
  expect(text).toContain('Automatic top-up stays paused');
  expect(text).not.toContain('finished');
});

test.each([
  { waiting: 1, said: 'One finished piece of work waits to be paid for' },
  { waiting: 3, said: '3 finished pieces of work wait to be paid for' },
])('$waiting that wait are told', async ({ waiting, said }) => {
  expect((await mail({ waiting })).text).toContain(said);
});

test('where auto top-up goes on or is off, nothing of it is said', async () => {
  expect((await mail({ isPaused: false })).text).not.toContain('Automatic top-up');
});
