import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { rows } from './support/database';
import { expect, test } from './support/test';

const asks = (page: Page, key: string) =>
  page.request.get('/v1/balance', { headers: { authorization: `Bearer ${key}` } });

async function createsKey(page: Page, name: string): Promise<string> {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Create key' }).click();
  const form = page.getByRole('form', { name: 'Create an API key' });
  await form.getByRole('button', { name: 'Create the key' }).click();
  await expect(form.getByText('Give the key a name.')).toBeVisible();
  await form.getByLabel('Name').fill(name);
  await form.getByRole('button', { name: 'Create the key' }).click();
  return page.getByText(/^cof_live_[\w-]{32}$/).innerText();
}

test('an owner creates a key that works, sees it once, and revokes it', async ({ page, customer }) => {
  await customer.signsIn(page);
  const key = await createsKey(page, 'Night batch');
  expect((await asks(page, key)).status()).toBe(200);

  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText(key)).toBeHidden();
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: 'Night batch' });
  await expect(row).toContainText(key.slice(0, 16));
  expect(await page.content()).not.toContain(key);

  await row.getByRole('button', { name: 'Revoke Night batch' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke the key' }).click();
  await expect(page.getByText('No API keys')).toBeVisible();
  expect((await asks(page, key)).status()).toBe(401);
});

for (const role of ['billing', 'viewer'] as const) {
  test(`a ${role} member sees the keys and can neither create nor revoke one`, async ({ page }) => {
    const member = await Customer.create({ role });
    await rows(
      `INSERT INTO api_keys (account_id, key_hash, prefix, name, scopes)
       VALUES ($1, sha256($2::text::bytea), 'cof_live_storyky', 'Theirs', '{read}')`,
      [member.accountId, randomUUID()],
    );
    const [key] = await rows<{ id: string }>('SELECT id FROM api_keys WHERE account_id = $1', [
      member.accountId,
    ]);
    await member.signsIn(page);
    await page.goto('/settings');
    await expect(page.getByRole('listitem').filter({ hasText: 'Theirs' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Create key' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Revoke Theirs' })).toHaveCount(0);

    const headers = { origin: appUrl };
    const wanted = { id: randomUUID(), name: 'Mine', scopes: ['read'], expiresInDays: null };
    const created = await page.request.post('/api/api-keys', { data: wanted, headers });
    const revoked = await page.request.post('/api/api-keys/revoke', { data: { id: key?.id }, headers });
    expect([created.status(), revoked.status()]).toEqual([403, 403]);
  });
}

test('a key of another account is not found', async ({ page, customer }) => {
  const other = await Customer.create();
  const [key] = await rows<{ id: string }>(
    `INSERT INTO api_keys (account_id, key_hash, prefix, name, scopes)
     VALUES ($1, sha256($2::text::bytea), 'cof_live_storyky', 'Theirs', '{read}') RETURNING id`,
    [other.accountId, randomUUID()],
  );
  await customer.signsIn(page);
  const answer = await page.request.post('/api/api-keys/revoke', {
    data: { id: key?.id },
    headers: { origin: appUrl },
  });
  expect(answer.status()).toBe(404);
});
