import { beforeAll, expect, test } from 'vitest';

import { dubbing } from '@/price-books/dubbing';
import { aCard } from '@/test/cards/a-card';
import { setEnvironment } from '@/test/environment';

import { cardExpiryMail } from './card-expiry-mail';

beforeAll(() => setEnvironment());

const expiring = {
  accountName: 'Acme',
  to: 'ada@example.com',
  card: aCard('pm_1', { expMonth: 11, expYear: 2026, isDefault: true }),
  daysBefore: 7,
  isUsedByAutoTopUp: true,
} as const;

test('the mail says until when the card is good, and what stops with it', async () => {
  const { subject, text, html } = await cardExpiryMail(expiring, dubbing.credit);
  expect(subject).toBe('Visa ·4242 expires on November 30, 2026');
  expect(text).toContain('After November 30, 2026 it is paused');
  expect(text).toContain('http://app.test/payment-methods');
  expect(html).toContain('Update the card');
  const unused = await cardExpiryMail({ ...expiring, isUsedByAutoTopUp: false }, dubbing.credit);
  expect(unused.text).not.toContain('top-up');
});

test('it has one id for a card, its date and the notice', async () => {
  const { id } = await cardExpiryMail(expiring, dubbing.credit);
  expect(id).toBe('card-expires.pm_1.2026-11.7');
  const renewed = { ...expiring, card: { ...expiring.card, expYear: 2027 } };
  const others = [renewed, { ...expiring, daysBefore: 30 as const }];
  for (const other of others) expect((await cardExpiryMail(other, dubbing.credit)).id).not.toBe(id);
});
