import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import type { Customer } from './support/customer';
import { rows } from './support/database';
import { expect, test } from './support/test';

let charges = 0;
type Beside = { apiKeyId?: string; project?: string };
/** As a program of the customer's reports it, today. */
async function uses(
  { accountId }: Customer,
  service: string,
  credits: number,
  { apiKeyId, project }: Beside = {},
) {
  charges += 1;
  const reference = `job ${charges}`;
  await rows('SELECT * FROM ledger.charge($1, $2, $3, sha256($3::text::bytea), $4, $5, NULL, $6)', [
    accountId,
    credits * 1_000_000,
    reference,
    service,
    apiKeyId ?? null,
    project === undefined ? null : JSON.stringify({ request_id: 'req_story', given: { project } }),
  ]);
}

/** A key that the customer made. */
async function keyOf({ accountId, userId }: Customer, name: string): Promise<string> {
  const id = randomUUID();
  await rows(
    `INSERT INTO api_keys (id, account_id, key_hash, prefix, name, scopes, created_by)
     VALUES ($1::uuid, $2, sha256($1::uuid::text::bytea), 'ck_story', $3, '{meter}', $4)`,
    [id, accountId, name, userId],
  );
  return id;
}

const usedBy = (page: Page, what: string) => page.getByRole('table', { name: `Used, by ${what}` });
const filters = (page: Page) => page.getByRole('form', { name: 'Filters' });

test('an account that used nothing is told what will stand here', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Usage' })
    .click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
  await expect(page.getByText('Nothing was used in these 30 days')).toBeVisible();
});

test('usage is drawn by service, and the tables add up to the tiles', async ({ page, customer }) => {
  await uses(customer, 'dubbing', 30);
  await uses(customer, 'dubbing', 20);
  await uses(customer, 'transcription', 10);
  await customer.signsIn(page);
  await page.goto('/usage');

  await expect(page.getByRole('region', { name: 'Spent' })).toContainText('60');
  await expect(page.getByRole('region', { name: 'Charges' })).toContainText('3');
  await expect(page.getByRole('region', { name: 'Average per use' })).toContainText('20');
  await expect(page.getByRole('region', { name: 'This month' })).toContainText('60 spent so far');

  const table = usedBy(page, 'service');
  await expect(table.getByRole('row', { name: /^dubbing 2 – 25 50 0 50 83\.3 %/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^All 3 – 20 60 0 60 100\.0 %/ })).toBeVisible();
  await expect(page.locator('figure path.recharts-rectangle')).toHaveCount(2);

  await page.getByText('Each day as a table').click();
  await expect(usedBy(page, 'day').getByRole('row', { name: /^All 3 – 20 60 0 60 100\.0 %/ })).toBeVisible();
});

test('the bars are read with the arrow keys', async ({ page, customer }) => {
  await uses(customer, 'dubbing', 30);
  await customer.signsIn(page);
  await page.goto('/usage?days=7');
  const chart = page.getByRole('application', { name: 'credits used, a bar for each day' });
  await chart.focus();
  for (let day = 1; day < 7; day += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('status').filter({ hasText: 'dubbing' })).toContainText('30 credits');
});

test('usage is split by key, by the member who made it, and by what callers gave', async ({
  page,
  customer,
}) => {
  const [first, second] = [await keyOf(customer, 'Backend'), await keyOf(customer, 'Batch')];
  await uses(customer, 'dubbing', 30, { apiKeyId: first, project: 'alpha' });
  await uses(customer, 'dubbing', 20, { apiKeyId: second, project: 'beta' });
  await uses(customer, 'dubbing', 10);
  await customer.signsIn(page);
  await page.goto('/usage');

  const choose = async (option: string) => {
    await filters(page).getByLabel('Split by').selectOption(option);
    await filters(page).getByRole('button', { name: 'Show' }).click();
  };
  await choose('API key');
  await expect(usedBy(page, 'API key').getByRole('row', { name: /^Backend 1/ })).toContainText('50.0 %');
  await choose('Member');
  await expect(usedBy(page, 'member').getByRole('row', { name: customer.email })).toContainText('83.3 %');
  await choose('project');
  await expect(usedBy(page, 'metadata').getByRole('row', { name: /^beta 1/ })).toBeVisible();
  await expect(usedBy(page, 'metadata').getByRole('row', { name: /^Nothing given 1/ })).toBeVisible();
});

test('what was chosen lives in the address, and back and forward keep it', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/usage?timeZone=Pacific%2FKiritimati');
  await expect(page.getByText('Days in Pacific/Kiritimati')).toBeVisible();

  await page.getByRole('link', { name: '7 days' }).click();
  await expect(page.getByText('Nothing was used in these 7 days')).toBeVisible();
  expect(new URL(page.url()).search).toBe('?timeZone=Pacific%2FKiritimati&days=7');

  await filters(page).getByLabel('First day').fill('2026-01-01');
  await filters(page).getByLabel('Last day').fill('2026-01-10');
  await filters(page).getByLabel('In', { exact: true }).selectOption('Weeks');
  await filters(page).getByLabel('Time zone').fill('Pacific/Niue');
  await filters(page).getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('Nothing was used in these 10 days')).toBeVisible();
  await expect(page.getByText('Days in Pacific/Niue')).toBeVisible();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    from: '2026-01-01',
    to: '2026-01-10',
    by: 'service',
    grain: 'week',
    timeZone: 'Pacific/Niue',
  });

  await page.goBack();
  await expect(page.getByText('Nothing was used in these 7 days')).toBeVisible();
  await expect(filters(page).getByLabel('Time zone')).toHaveValue('Pacific/Kiritimati');
  await page.goForward();
  await expect(page.getByText('Nothing was used in these 10 days')).toBeVisible();
  await expect(filters(page).getByLabel('First day')).toHaveValue('2026-01-01');
});

test('an address that cannot be followed says why, and shows the usual days', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/usage?from=2025-01-01&to=2026-11-22');
  await expect(page.getByRole('status').filter({ hasText: 'Choose at most 400 days.' })).toBeVisible();
  await expect(page.getByText('Nothing was used in these 30 days')).toBeVisible();
});

test('the charges behind the figures are a file that says its own sum', async ({ page, customer }) => {
  await uses(customer, 'dubbing', 30);
  await uses(customer, 'clips', 7);
  await customer.signsIn(page);
  await page.goto('/usage?services=dubbing');
  const downloads = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const text = await readFile(await (await downloads).path(), 'utf8');
  const lines = text.trim().split('\r\n');
  expect(lines[0]).toContain('reference');
  expect(lines.filter((line) => line.includes('dubbing'))).toHaveLength(1);
  expect(text).not.toContain('clips');
  expect(text).toContain('-30');
});

test('hints say what costs most, and what could be sent together', async ({ page, customer }) => {
  for (let turn = 0; turn < 11; turn += 1) await uses(customer, 'clips', 2);
  await uses(customer, 'dubbing', 50);
  await customer.signsIn(page);
  await page.goto('/usage');
  const hints = page.getByRole('region', { name: 'To spend less' });
  await expect(hints).toContainText('dubbing costs most: 50 credits.');
  await expect(hints).toContainText('clips (11 times, 2 credits on average)');
});

test('the overview says what thirty days cost, and leads to how', async ({ page, customer }) => {
  await uses(customer, 'dubbing', 30);
  await uses(customer, 'clips', 10);
  await customer.signsIn(page);
  const spend = page.getByRole('region', { name: 'Spend, 30 days' });
  await expect(spend).toContainText('40 credits');
  await expect(spend.getByRole('figure')).toContainText('dubbing 75.0 %, clips 25.0 %');
  await spend.getByRole('link', { name: /By service/ }).click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the filters work, and the tables say what the bars would', async ({ page, customer }) => {
    await uses(customer, 'dubbing', 30);
    await uses(customer, 'clips', 7);
    await customer.signsIn(page);
    await page.goto('/usage');
    await filters(page).getByLabel('Service').selectOption('clips');
    await filters(page).getByRole('button', { name: 'Show' }).click();
    await expect(usedBy(page, 'service').getByRole('row', { name: /^clips 1/ })).toBeVisible();
    await expect(usedBy(page, 'service').getByRole('row', { name: /^dubbing/ })).toHaveCount(0);
    await expect(usedBy(page, 'service').getByRole('row', { name: /^All 1/ })).toBeVisible();
  });
});
