import { beforeAll, expect, test } from 'vitest';

import { setEnvironment } from '@/test/environment';

import { webhookDisabledMail } from './webhook-disabled-mail';

beforeAll(() => setEnvironment());

const disabled = {
  endpointId: '6f1f3a3e-2f5c-4b7e-9a51-0a9a1f6f2b11',
  accountName: 'Acme',
  to: 'ada@example.com',
  url: 'https://hooks.example.com/coffer?key=theirs',
  because: 'failing',
  at: '2026-11-22T12:00:00.000Z',
} as const;

test('the mail says which address hears of nothing more, and why, and keeps the key in it to itself', async () => {
  const { subject, text, html } = await webhookDisabledMail(disabled);
  expect(subject).toContain('Acme');
  expect(text).toContain('https://hooks.example.com/coffer');
  expect(text).toContain('It took no event for three days.');
  expect(text).toContain('http://app.test/settings');
  for (const part of [text, html]) expect(part).not.toContain('theirs');
  expect((await webhookDisabledMail({ ...disabled, because: 'gone' })).text).toContain('410');
});

test('it has one id for each time that the endpoint is disabled', async () => {
  const { id } = await webhookDisabledMail(disabled);
  expect((await webhookDisabledMail(disabled)).id).toBe(id);
  expect((await webhookDisabledMail({ ...disabled, at: '2026-11-23T12:00:00.000Z' })).id).not.toBe(id);
});
