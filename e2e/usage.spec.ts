import type { Customer } from './support/customer';
import { rows } from './support/database';
import { expect, test } from './support/test';

let charges = 0;
/** As a program of the customer's reports it, today. */
async function uses({ accountId }: Customer, service: string, credits: number) {
  charges += 1;
  const reference = `job ${charges}`;
  await rows('SELECT * FROM ledger.charge($1, $2, $3, sha256($3::text::bytea), $4)', [
    accountId,
    credits * 1_000_000,
    reference,
    service,
  ]);
}

test('an account that used nothing is told what will stand here', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Usage' })
    .click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
  await expect(page.getByText('Nothing was used in these 30 days')).toBeVisible();
});

test('usage is drawn by service, and the table adds up to the tiles', async ({ page, customer }) => {
  await uses(customer, 'dubbing', 30);
  await uses(customer, 'dubbing', 20);
  await uses(customer, 'transcription', 10);
  await customer.signsIn(page);
  await page.goto('/usage');

  await expect(page.getByRole('region', { name: 'Spent' })).toContainText('60');
  await expect(page.getByRole('region', { name: 'Charges' })).toContainText('3');
  await expect(page.getByRole('region', { name: 'Average charge' })).toContainText('20');
  await expect(page.getByRole('region', { name: 'Change' })).toContainText('–');

  const table = page.getByRole('table', { name: 'Used, by service' });
  await expect(table.getByRole('row', { name: /^dubbing 2 50 0 50 83\.3 %/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^All 3 60 0 60 100\.0 %/ })).toBeVisible();
  await expect(page.locator('figure path.recharts-rectangle')).toHaveCount(2);
});

test('days and zone live in the address, and back brings the days back', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/usage?timeZone=Pacific%2FKiritimati');
  await expect(page.getByText('Days in Pacific/Kiritimati')).toBeVisible();

  await page.getByRole('link', { name: '7 days' }).click();
  await expect(page.getByText('Nothing was used in these 7 days')).toBeVisible();
  expect(new URL(page.url()).search).toBe('?days=7&timeZone=Pacific%2FKiritimati');
  await page.goBack();
  await expect(page.getByText('Nothing was used in these 30 days')).toBeVisible();
});

test('an address that asks for other days shows the usual ones', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/usage?days=31&timeZone=Nowhere');
  await expect(page.getByText('Nothing was used in these 30 days')).toBeVisible();
  await expect(page.getByText('Days in UTC')).toBeVisible();
});
