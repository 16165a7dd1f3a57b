import { expect, test } from 'vitest';

import { invitationMail } from './invitation-mail';

const invitation = {
  to: 'grace@example.com',
  accountName: 'Acme <script>alert(1)</script>',
  invitedBy: 'Ada Lovelace',
  role: 'developer',
  url: 'http://app.test/invitations/one',
} as const;

test('the mail says who invites to what, as what, and until when, and runs nothing', async () => {
  const { subject, text, html } = await invitationMail(invitation);
  expect(subject).toContain('Ada Lovelace invites you to Acme');
  expect(text).toContain('as developer. API keys and webhooks');
  expect(text).toContain('seven days, for whoever signs in as grace@example.com');
  expect(text).toContain('http://app.test/invitations/one');
  expect(html).not.toContain('<script>');
});

test('it has one id for each time that it is sent', async () => {
  const { id } = await invitationMail(invitation);
  expect((await invitationMail(invitation)).id).toBe(id);
  expect((await invitationMail({ ...invitation, url: 'http://app.test/invitations/two' })).id).not.toBe(id);
});
