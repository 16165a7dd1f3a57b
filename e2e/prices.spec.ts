import type { Page } from '@playwright/test';

import { expect, test } from './support/test';

const job = (page: Page) => page.getByRole('form', { name: 'One job' });

const choose = (page: Page, csv: string) =>
  page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'jobs.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });

test('a customer sees what a job would cost before it is begun, and buys what is missing', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Prices' })
    .click();
  const prices = page.getByRole('region', { name: 'Prices' });
  await expect(prices).toContainText('10 credits for each minute, in proportion.');
  await expect(prices).toContainText('90 s × 10 credits ÷ 60 s = 15 credits');

  await job(page).getByLabel('Service').selectOption('Voice dubbing');
  await job(page).getByLabel('Seconds').fill('180');
  await job(page).getByRole('button', { name: 'Estimate' }).click();
  const estimate = page.getByRole('region', { name: 'Estimate' });
  await expect(estimate).toContainText('180 s × 10 credits ÷ 60 s = 30 credits');
  await expect(estimate).toContainText('Your credits cover it.');

  await job(page).getByLabel('Seconds').fill('6000');
  await job(page).getByRole('button', { name: 'Estimate' }).click();
  await expect(estimate).toContainText('1,000 credits ≈ $10.00');
  await expect(estimate).toContainText('880 credits');
  await estimate.getByRole('link', { name: 'Buy what is missing' }).click();
  await expect(page.getByRole('radio', { name: /^5,000 credits/ })).toBeChecked();
  await page.goBack();
  await expect(job(page).getByLabel('Seconds')).toHaveValue('6000');
  expect(await customer.entries()).toHaveLength(1);
});

test('a file of jobs is worked out line by line, and its mistakes are named by line', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await page.goto('/prices');
  await choose(page, 'service,seconds,max_minutes\ndubbing,180,\ntraining,,ten\nsinging,1,');
  const mistakes = page.getByRole('region', { name: 'Mistakes in the file' });
  await expect(mistakes).toContainText('Line 3: max_minutes must be a whole number.');
  await expect(mistakes).toContainText('Line 4: No such service. Known: dubbing, training.');

  await choose(page, 'service,seconds,max_minutes\ndubbing,180,\ntraining,,10');
  const estimate = page.getByRole('region', { name: 'Estimate of the file' });
  await expect(estimate).toContainText('130 credits ≈ $1.30');
  await expect(estimate).toContainText('10 credits');
  await expect(estimate.getByRole('row')).toHaveCount(3);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one job is estimated all the same', async ({ page, customer }) => {
    await customer.signsIn(page);
    await page.goto('/prices');
    await job(page).getByLabel('Seconds').fill('x');
    await job(page).getByRole('button', { name: 'Estimate' }).click();
    await expect(page.getByText('seconds must be a number')).toBeVisible();
    await job(page).getByLabel('Seconds').fill('90');
    await job(page).getByRole('button', { name: 'Estimate' }).click();
    await expect(page.getByRole('region', { name: 'Estimate' })).toContainText('15 credits');
  });
});
