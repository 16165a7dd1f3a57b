import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { Customer } from './support/customer';
import { one, rows } from './support/database';
import { mailsTo, mailTo } from './support/mailbox';
import { expect, test } from './support/test';

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Another owner of the same account, by their address. */
async function joinedBy({ accountId }: Customer): Promise<string> {
  const email = `${randomUUID()}@story.example`;
  const { id } = await one<{ id: string }>('INSERT INTO users (email) VALUES ($1) RETURNING id', [email]);
  await rows(`INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, 'owner')`, [accountId, id]);
  return email;
}

test('each who wants to know of a low balance is mailed apart, at the account’s own level', async ({
  page,
}) => {
  const customer = await Customer.create({ credits: 3_000 });
  const [other, quiet] = [await joinedBy(customer), await joinedBy(customer)];
  await rows(
    `INSERT INTO alert_choices (account_id, user_id, alert, wanted)
     SELECT $1, id, 'low_balance', false FROM users WHERE email = $2`,
    [customer.accountId, quiet],
  );
  await customer.signsIn(page);
  await page.goto('/settings');
  const mails = region(page, 'Mails');
  const low = mails.getByRole('checkbox', { name: 'credits are running low' });
  await expect(low).toBeChecked();
  await expect(mails).toContainText(other);
  await expect(mails).toContainText('Receipts, and mails about charges and failed payments, always come');

  const form = mails.getByRole('form', { name: 'Running low' });
  await form.getByLabel('Running low at so many credits').fill('100');
  await form.getByRole('button', { name: 'Set the levels' }).click();
  await expect(form).toContainText('The first level must be above the lower one.');
  await form.getByLabel('Running low at so many credits').fill('2,500');
  await form.getByRole('button', { name: 'Set the levels' }).click();
  await expect(mails.getByRole('button', { name: 'Back to the usual ones' })).toBeVisible();

  await rows(`SELECT * FROM ledger.charge($1, 1000000000, 'much', sha256('much'), 'dubbing')`, [
    customer.accountId,
  ]);
  await rows(
    `SELECT graphile_worker.add_job('notice-low-balance', json_build_object('accountId', $1::text))`,
    [customer.accountId],
  );
  for (const email of [customer.email, other]) {
    const mail = await mailTo(email, /^Story Works has 2,000 credits left$/);
    expect(mail.headers['to']).toBe(email);
  }
  expect(await mailsTo(quiet)).toEqual([]);

  // It shows what is kept, once it is.
  await low.click();
  await expect(low).not.toBeChecked();
  await expect(mails.getByText('Told:').first()).not.toContainText(customer.email);
  await page.reload();
  await expect(low).not.toBeChecked();
});

test('an owner changes the zone in which days are counted, and usage goes by it', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await page.goto('/settings');
  const zone = region(page, 'Time zone');
  const field = zone.getByLabel('The account’s days begin and end in');
  await field.fill('Europe/Berlin');
  await zone.getByRole('button', { name: 'Set the time zone' }).click();
  await expect(page.getByText('Days are counted in Europe/Berlin.')).toBeVisible();
  await page.goto('/usage');
  await expect(page.getByText('Days in Europe/Berlin')).toBeVisible();
});

test.describe('what is refused', () => {
  // The refusal of a zone that there is not.
  test.use({ expectedComplaints: /status of 422/ });

  test('a zone that nobody knows changes nothing', async ({ page, customer }) => {
    await customer.signsIn(page);
    await page.goto('/settings');
    const zone = region(page, 'Time zone');
    await zone.getByLabel('The account’s days begin and end in').fill('Mars/Olympus');
    await zone.getByRole('button', { name: 'Set the time zone' }).click();
    await expect(zone.getByRole('alert')).toContainText('No time zone is known by this name.');
  });
});

test('a viewer chooses their own mails, and sets neither levels nor zone', async ({ page }) => {
  const viewer = await Customer.create({ role: 'viewer', credits: 100 });
  await viewer.signsIn(page);
  await page.goto('/settings');
  const mails = region(page, 'Mails');
  const expiring = mails.getByRole('checkbox', { name: 'credits expire in seven days' });
  await expiring.click();
  await expect(expiring).toBeChecked();
  await expect(mails).toContainText(`Told: ${viewer.email}`);
  await expect(mails).toContainText('Owners and billing members set these.');
  await expect(region(page, 'Time zone')).toContainText('Owners and billing members change that.');
});

test('a key is rotated: the new one works at once, the old one until its end', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/settings');
  const asks = (key: string) =>
    page.request.get('/v1/balance', { headers: { authorization: `Bearer ${key}` } });
  const text = () => page.getByText(/^cof_live_[\w-]{32}$/).innerText();
  await page.getByRole('button', { name: 'Create key' }).click();
  const creation = page.getByRole('form', { name: 'Create an API key' });
  await creation.getByLabel('Name').fill('Night batch');
  await creation.getByRole('button', { name: 'Create the key' }).click();
  const old = await text();
  await page.getByRole('button', { name: 'I have copied it' }).click();

  await page.getByRole('button', { name: 'Rotate Night batch' }).click();
  const rotation = page.getByRole('form', { name: 'Rotate Night batch' });
  await rotation.getByLabel('The old key goes on').selectOption('For an hour');
  await rotation.getByRole('button', { name: 'Make the new key' }).click();
  const fresh = await text();
  expect(fresh).not.toBe(old);
  expect((await asks(fresh)).status()).toBe(200);
  expect((await asks(old)).status()).toBe(200);
  const row = page.getByRole('listitem').filter({ hasText: old.slice(0, 16) });
  await expect(row).toContainText('expires');

  await rows('UPDATE api_keys SET expires_at = now() WHERE account_id = $1 AND prefix = $2', [
    customer.accountId,
    old.slice(0, 16),
  ]);
  expect((await asks(old)).status()).toBe(401);
  await page.reload();
  await expect(row).toContainText('It is refused.');
  await expect(row.getByRole('button', { name: 'Rotate Night batch' })).toHaveCount(0);
});
