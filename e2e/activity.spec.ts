import type { Page } from '@playwright/test';

import type { Customer } from './support/customer';
import { one, rows } from './support/database';
import { expect, test } from './support/test';

const CALCULATION = {
  priceBook: { id: 'dubbing', version: '2026-11' },
  service: 'dubbing',
  inputs: { milliseconds: '83000' },
  lines: [
    {
      item: 'dubbing',
      measure: 'milliseconds',
      quantity: '83000',
      atMost: null,
      counted: { direction: 'down', step: '1000' },
      credits: '10000000',
      per: '60000',
    },
  ],
  rounding: { direction: 'up', step: '1000000' },
  minimum: '0',
  quoted: null,
  formula: '83 s × 10 credits ÷ 60 s = 13.833333… credits; rounded up to 14 credits',
};

type Charge = { reference: string; credits: number; service?: string; calculation?: object };

async function charged({ accountId }: Customer, { reference, credits, service, calculation }: Charge) {
  const { seq } = await one<{ seq: string }>(
    `SELECT seq FROM ledger.charge($1, $2, $3, sha256($3::text::bytea), $4, NULL, $5, $6)`,
    [
      accountId,
      credits * 1_000_000,
      reference,
      service ?? 'dubbing',
      calculation === undefined ? null : JSON.stringify(calculation),
      JSON.stringify({ request_id: `req_${reference}`, given: { project: 'alpha' } }),
    ],
  );
  return seq;
}

const lines = (page: Page) => page.getByRole('table', { name: 'Activity' }).getByRole('row');
const filters = (page: Page) => page.getByRole('form', { name: 'Filters' });
const show = (page: Page) => filters(page).getByRole('button', { name: 'Show' }).click();

test('whoever asks why 14 credits went gets the arithmetic', async ({ page, customer }) => {
  await charged(customer, { reference: 'episode-7.mp4', credits: 14, calculation: CALCULATION });
  await customer.signsIn(page);
  await page.goto('/activity');
  await page.getByRole('link', { name: 'Usage: why line 2?' }).click();

  await expect(page.getByRole('heading', { name: 'Line 2', level: 1 })).toBeVisible();
  const why = page.getByRole('region', { name: 'Why 14 credits?' });
  await expect(why).toContainText(CALCULATION.formula);
  const steps = why.getByRole('table', { name: 'Step by step' });
  await expect(steps.getByRole('row', { name: '83 s × 10 credits ÷ 60 s 13.833333… credits' })).toBeVisible();
  await expect(steps.getByRole('row', { name: 'Charged 14 credits' })).toBeVisible();
  await expect(why).toContainText('At the prices of dubbing, version 2026-11.');
  await expect(page.getByRole('region', { name: 'The balance' })).toContainText(
    'Before120This line−14After106',
  );
  await expect(page.getByRole('region', { name: 'What paid it' })).toContainText(
    '14 credits from the bonus of line 1, which never expires',
  );
  const behind = page.getByRole('region', { name: 'What is behind it' });
  await expect(behind).toContainText('episode-7.mp4');
  await expect(behind).toContainText('req_episode-7.mp4');
  await expect(behind).toContainText('alpha');
});

test('arithmetic that does not come to what was taken says so', async ({ page, customer }) => {
  const seq = await charged(customer, { reference: 'odd', credits: 15, calculation: CALCULATION });
  await customer.signsIn(page);
  await page.goto(`/activity/${seq}`);
  await expect(page.getByRole('status').filter({ hasText: 'this comes to 14, not to 15' })).toBeVisible();
});

test('a line that is not there is not found, and nobody sees another account’s', async ({
  page,
  customer,
}) => {
  await charged(customer, { reference: 'job', credits: 1 });
  await customer.signsIn(page);
  for (const path of ['/activity/3', '/activity/0', '/activity/x']) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(404);
  }
  expect((await page.request.get('/api/activity/2')).status()).toBe(200);
  expect((await page.request.get('/api/activity/3')).status()).toBe(404);
});

test('lines are narrowed by the address, and back and forward keep it', async ({ page, customer }) => {
  await charged(customer, { reference: 'one', credits: 3 });
  await charged(customer, { reference: 'two', credits: 7, service: 'clips' });
  await customer.signsIn(page);
  await page.goto('/activity');
  await expect(lines(page)).toHaveCount(4);

  await filters(page).getByLabel('Service').selectOption('clips');
  await show(page);
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).nth(1)).toContainText('clips · two');
  expect(new URL(page.url()).searchParams.get('services')).toBe('clips');

  await filters(page).getByLabel('Service').selectOption('');
  await filters(page).getByLabel('At least').fill('5');
  await filters(page).getByLabel('At most').fill('10');
  await show(page);
  // Both pages have one line: the address says which is there.
  await expect(page).toHaveURL(/least=5/);
  await expect(lines(page)).toHaveCount(2);

  await filters(page).getByLabel('Reference, request, invoice or line').fill('req_one');
  await filters(page).getByLabel('At least').fill('');
  await show(page);
  await expect(lines(page).nth(1)).toContainText('dubbing · one');

  await page.goBack();
  await expect(filters(page).getByLabel('At least')).toHaveValue('5');
  await expect(lines(page).nth(1)).toContainText('clips · two');
  await page.goBack();
  await expect(filters(page).getByLabel('Service')).toHaveValue('clips');

  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(lines(page)).toHaveCount(4);
});

test('what nothing matches says so, and what cannot be followed says why', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/activity?sought=nothing-of-the-kind');
  await expect(page.getByText('No line is like that')).toBeVisible();
  await page.goto('/activity?from=2026-02-01&to=2026-01-01');
  await expect(
    page.getByRole('status').filter({ hasText: 'The last day is before the first.' }),
  ).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a long ledger is read page by page, and a line opens its proof', async ({ page, customer }) => {
    await rows(
      `SELECT ledger.charge($1, 1000000, 'job ' || n, sha256(n::text::bytea), 'dubbing') FROM generate_series(1, 110) AS n`,
      [customer.accountId],
    );
    await customer.signsIn(page);
    await page.goto('/activity');
    await expect(lines(page)).toHaveCount(51);
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(lines(page)).toHaveCount(12);
    await expect(page.getByText('This is where the account begins.')).toBeVisible();
    await page.getByRole('link', { name: 'Newer' }).click();
    await expect(lines(page)).toHaveCount(51);
    await page.getByRole('link', { name: 'Newest', exact: true }).click();
    await page.getByRole('link', { name: 'Usage: why line 111?' }).click();
    await expect(page.getByRole('region', { name: 'Why 1 credit?' })).toBeVisible();
  });
});

test('usage leads to the single charges behind a figure', async ({ page, customer }) => {
  await charged(customer, { reference: 'one', credits: 3 });
  await charged(customer, { reference: 'two', credits: 7, service: 'clips' });
  await customer.signsIn(page);
  await page.goto('/usage');
  await page.getByRole('table', { name: 'Used, by service' }).getByRole('link', { name: 'clips' }).click();
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).nth(1)).toContainText('clips · two');
});
