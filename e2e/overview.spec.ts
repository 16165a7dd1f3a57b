import type { Page } from '@playwright/test';

import { rows } from './support/database';
import { waitsForCredits } from './support/stuck-payment';
import { expect, test } from './support/test';

const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const bar = (page: Page) => region(page, 'Balance').getByRole('img');

test('what waits for credits stands first, with what releases all of it, and buying that is one step', async ({
  page,
  customer,
}) => {
  await waitsForCredits(customer);
  await customer.signsIn(page);
  await expect(
    page.getByRole('status').filter({
      hasText: '3 finished operations wait for 2,600 credits; the oldest is kept for 3 more days.',
    }),
  ).toBeVisible();
  const waiting = region(page, 'Waiting for credits · 3');
  await expect(waiting).toContainText('interview-7.mp4');
  await expect(waiting).toContainText('2,480 credits more release all of it, the oldest first.');
  await waiting.getByRole('link', { name: 'Buy what is missing' }).click();
  await expect(page.getByRole('radio', { name: /^5,000 credits/ })).toBeChecked();
});

test('the bar shows what is available, held and frozen, and where auto top-up begins', async ({
  page,
  customer,
}) => {
  await rows(
    `SELECT version FROM ledger.set_auto_top_up_rule(
       $1, true, 100000000, 'target', 2000000000, NULL, 100000, NULL, $2, NULL, NULL, NULL, 'Below 100, fill up to 2,000.')`,
    [customer.accountId, customer.userId],
  );
  await rows(`SELECT * FROM ledger.hold($1, 15000000, 'running', sha256('running'), '1 hour')`, [
    customer.accountId,
  ]);
  await customer.signsIn(page);
  await expect(bar(page)).toHaveAccessibleName(
    '120 credits in all, 105 available without a near end, 0 available that expire within 7 days, ' +
      '15 held for running work, auto top-up buys below 100 credits available',
  );
  await expect(region(page, 'Auto top-up')).toContainText('On');
  await expect(region(page, 'Auto top-up')).toContainText('At most $20.00 a charge, $1,000.00 a month');
  await expect(region(page, 'Balance')).toContainText('Nothing was used in the last 7 days.');
});

test.describe('a balance that cannot be asked for', () => {
  test.use({ expectedComplaints: /net::ERR_FAILED/ });

  test('figures that could not be renewed say so, and stay', async ({ page, customer, context }) => {
    await customer.signsIn(page);
    await context.route('**/api/balance', (route) => route.abort());
    await expect(region(page, 'Balance')).toContainText('Could not refresh; trying again. As of');
    await expect(page.getByRole('status', { name: 'Balance' })).toHaveText('120 credits');
  });
});
