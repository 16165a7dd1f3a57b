import { appCode } from '@/test/access/app-code';

import { appUrl } from './support/addresses';
import { rows } from './support/database';
import { Colleague } from './support/staff';
import { balance, expect, test } from './support/test';

const pagesOf = (account: string) => [
  '/staff',
  '/staff/audit-log',
  '/staff/actions',
  '/staff/money',
  '/staff/health',
  ...[
    '',
    '/activity',
    '/activity/1',
    '/usage',
    '/auto-top-up',
    '/invoices',
    '/webhooks',
    '/behind',
    '/notes',
    '/actions',
  ].map((page) => `/staff/accounts/${account}${page}`),
];

test('staff find an account by its member and see it as its customer does', async ({ page, customer }) => {
  const joan = await Colleague.create('support');
  await joan.signsIn(page);
  await page.getByLabel('What the customer sent').fill(customer.email.toUpperCase());
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('list', { name: 'Found' }).getByRole('link').click();
  await expect(page.getByText('Its pages are as its customer sees them, and read only')).toBeVisible();
  await expect(balance(page)).toHaveText('120 credits');

  await page.getByRole('link', { name: /why line 1/ }).click();
  await expect(page.getByRole('heading', { name: 'Line 1', level: 1 })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/staff/accounts/${customer.accountId}/activity/1`);

  expect(await joan.lines()).toEqual([
    { action: 'search', account_id: null, object: customer.email.toUpperCase(), reason: null },
    { action: 'read-account', account_id: customer.accountId, object: 'overview', reason: null },
    { action: 'read-account', account_id: customer.accountId, object: 'activity', reason: null },
  ]);
});

test('figures that refresh are still the customer’s, though the one of staff has an account too', async ({
  page,
  customer,
}) => {
  const joan = await Colleague.create('support');
  await joan.signsIn(page);
  const [own] = await rows<{ id: string }>(`SELECT ledger.open_account('Joan at home', 'dubbing') AS id`);
  await rows(`INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, 'owner')`, [
    own?.id,
    joan.userId,
  ]);
  await page.goto(`/staff/accounts/${customer.accountId}`);
  await expect(balance(page)).toHaveText('120 credits');
  await rows(`SELECT ledger.credit($1, 5000000, 'bonus', 'while she looks')`, [customer.accountId]);
  await expect(balance(page)).toHaveText('125 credits');
});

test('a note is there for the next one of staff, and not for the customer', async ({ page, customer }) => {
  const joan = await Colleague.create('support');
  await joan.signsIn(page);
  await page.goto(`/staff/accounts/${customer.accountId}/notes`);
  await page.getByRole('textbox', { name: 'Note' }).fill('Rang at nine about an invoice');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText('Rang at nine');
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText(joan.email);
});

test('the audit log is searched and exported, and says that it was', async ({ page, customer }) => {
  const joan = await Colleague.create('finance');
  await joan.signsIn(page);
  await page.goto(`/staff/accounts/${customer.accountId}/behind`);
  await page.goto('/staff/audit-log');
  await page.getByLabel('Account', { exact: true }).fill(customer.accountId);
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('list', { name: 'Audit log' }).getByRole('listitem')).toHaveCount(1);
  const file = await page.request.get(`/api/staff/audit-log?account=${customer.accountId}`);
  expect(await file.text()).toContain(`read-account,${customer.accountId},behind`);
  expect((await joan.lines()).map(({ action }) => action)).toEqual([
    'read-account',
    'read-audit-log',
    'read-audit-log',
    'export-audit-log',
  ]);
});

test.describe('to everyone else', () => {
  test.use({ expectedComplaints: /404/ });

  test('the console is not there', async ({ page, customer }) => {
    const paths = pagesOf(customer.accountId);
    const answers = async () => {
      const statuses: number[] = [];
      for (const path of paths) statuses.push((await page.request.get(path)).status());
      return statuses;
    };
    const none = paths.map(() => 404);
    expect(await answers()).toEqual(none);
    await customer.signsIn(page);
    expect(await answers()).toEqual(none);

    const read = await page.request.get(`/api/staff/accounts/${customer.accountId}/balance`);
    expect(read.status()).toBe(404);
    const note = await page.request.post(`/api/staff/accounts/${customer.accountId}/notes`, {
      form: { id: '0e984725-c51c-4bf4-9960-e1c80e27aba0', text: 'mine' },
      headers: { origin: appUrl },
    });
    expect(note.status()).toBe(404);
    expect(await rows('SELECT 1 FROM account_notes WHERE account_id = $1', [customer.accountId])).toEqual([]);
    await page.goto('/staff');
    await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
  });

  test('an account that is none is not there for staff either', async ({ page }) => {
    await (await Colleague.create('admin')).signsIn(page);
    for (const account of ['0', '-1', '999999999999999999', 'ada', '1e3', '%31%27'])
      expect((await page.request.get(`/staff/accounts/${account}`)).status(), account).toBe(404);
  });
});

test('one of staff without a code is sent to turn one on, and sees nothing before', async ({ page }) => {
  const joan = await Colleague.create('support');
  await rows('DELETE FROM authenticators WHERE user_id = $1', [joan.userId]);
  await joan.givesPassword(page);
  await expect(page.getByRole('heading', { name: 'Turn on a code first' })).toBeVisible();
  expect((await page.request.get('/staff', { maxRedirects: 0 })).status()).toBe(307);
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const form = page.getByRole('form', { name: 'Set up an authenticator app' });
  const secret = await form.getByText(/^[A-Z2-7]{32}$/).innerText();
  await form.getByLabel('Code', { exact: true }).fill(appCode(secret, new Date()));
  await form.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('link', { name: 'Go on to the staff console' }).click();
  await expect(page.getByRole('heading', { name: 'Search', level: 1 })).toBeVisible();
});
