import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

import { appUrl } from './support/addresses';
import type { Customer } from './support/customer';
import { rows } from './support/database';
import { mailTo } from './support/mailbox';
import { signedInAWhileAgo } from './support/stale-session';
import { expect, test } from './support/test';

// A refusal is asked about, and what was refused is sent again.
test.use({ expectedComplaints: /status of (403|422)/ });

/** A while after signing in; what is answered is the form, which asks once more. */
async function createsAKey(page: Page, customer: Customer): Promise<Locator> {
  await customer.signsIn(page);
  await page.goto('/settings');
  await signedInAWhileAgo(customer);
  await page.getByRole('button', { name: 'Create key' }).click();
  const form = page.getByRole('form', { name: 'Create an API key' });
  await form.getByLabel('Name').fill('Night batch');
  await form.getByRole('button', { name: 'Create the key' }).click();
  return form;
}

test('a key is created after confirming by password, and the form stays as it was filled in', async ({
  page,
  customer,
}) => {
  await createsAKey(page, customer);

  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  await dialog.getByLabel('Password', { exact: true }).fill('wrong');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('This password is wrong.');
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await dialog.getByLabel('Password', { exact: true }).fill(customer.password);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText(/^cof_live_[\w-]{32}$/)).toBeVisible();
});

test('whoever cancels has lost nothing and done nothing', async ({ page, customer }) => {
  const form = await createsAKey(page, customer);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(form.getByRole('alert')).toHaveText('Please confirm first that it is you.');
  await expect(form.getByLabel('Name')).toHaveValue('Night batch');
  expect(await rows('SELECT 1 FROM api_keys WHERE account_id = $1', [customer.accountId])).toEqual([]);
});

test('a member without a password confirms by a mailed code', async ({ page, customer }) => {
  await customer.signsIn(page);
  await rows('UPDATE users SET password_hash = NULL WHERE id = $1', [customer.userId]);
  await page.goto('/settings');
  await signedInAWhileAgo(customer);
  await page.getByRole('button', { name: 'Invite a member' }).click();
  const form = page.getByRole('form', { name: 'Invite a member' });
  await form.getByLabel('Email').fill('grace@story.example');
  await form.getByRole('button', { name: 'Send the invitation' }).click();

  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  await dialog.getByRole('button', { name: 'Mail me a code' }).click();
  const { subject } = await mailTo(customer.email, /is your code/);
  await dialog.getByLabel('Mailed code', { exact: true }).fill(subject.slice(0, 6));
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('list', { name: 'Invited' })).toContainText('grace@story.example');
});

test('what changes the rule, the members or the keys is refused to a session of a while ago', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await signedInAWhileAgo(customer);
  const doors: [string, object][] = [
    ['/api/members/remove', { userId: customer.userId }],
    ['/api/members/role', { userId: customer.userId, role: 'viewer' }],
    ['/api/invitations', { email: 'grace@story.example', role: 'viewer' }],
    ['/api/api-keys', { id: customer.userId, name: 'Mine', scopes: ['read'], expiresInDays: null }],
    ['/api/authenticator/begin', {}],
    ['/api/authenticator/remove', {}],
  ];
  for (const [door, data] of doors) {
    const answer = await page.request.post(door, { data, headers: { origin: appUrl } });
    expect(answer.status(), door).toBe(403);
    expect(await answer.json(), door).toMatchObject({ error: { code: 'confirmation_required' } });
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page that asks leads back to where somebody was, and nowhere else', async ({
    page,
    customer,
  }) => {
    await customer.signsIn(page);
    await signedInAWhileAgo(customer);
    await page.goto('/confirm?back=/payment-methods');
    const form = page.getByRole('form', { name: 'Confirm by password' });
    await form.getByLabel('Password').fill('wrong');
    await form.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText('That was wrong')).toBeVisible();
    await form.getByLabel('Password').fill(customer.password);
    await form.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('heading', { name: 'Payment methods' })).toBeVisible();

    await signedInAWhileAgo(customer);
    await page.goto('/confirm?back=//evil.example');
    await form.getByLabel('Password').fill(customer.password);
    await form.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  });

  test('a code is mailed from the page that asks', async ({ page, customer }) => {
    await customer.signsIn(page);
    await signedInAWhileAgo(customer);
    await page.goto('/confirm?back=/settings');
    await page.getByRole('button', { name: 'Mail me a code' }).click();
    const { subject } = await mailTo(customer.email, /is your code/);
    const form = page.getByRole('form', { name: 'Confirm by the mailed code' });
    await form.getByLabel('Mailed code').fill(subject.slice(0, 6));
    await form.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  });
});
