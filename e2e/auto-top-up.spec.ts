import type { Page } from '@playwright/test';

import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { rows } from './support/database';
import { mailTo } from './support/mailbox';
import { sandbox } from './support/sandbox';
import { expect, test } from './support/test';

const now = (page: Page) => page.getByRole('region', { name: 'Now' });
const form = (page: Page) => page.getByRole('form', { name: 'Automatic top-up' });
const decisions = (page: Page) => page.getByRole('list', { name: 'Decisions' });
const consentsOf = ({ accountId }: Customer) =>
  rows<{ version: string; text_shown: string; enabled: boolean }>(
    `SELECT version, text_shown, (after ->> 'enabled')::boolean AS enabled FROM auto_top_up_consents
      WHERE account_id = $1 ORDER BY version`,
    [accountId],
  );

const AGREED =
  'When fewer than 500 credits are available, automatic top-up fills up to 2,000 credits. ' +
  'At most $20.00 per charge, 4 times a day, and $1,000.00 a month. Tax is added where it applies. ' +
  'It goes on until you turn it off.';

test('an owner below the threshold is told what is charged, turns auto top-up on, and it is charged once', async ({
  page,
  customer,
}) => {
  await customer.savesCard('pm_card_visa');
  await customer.signsIn(page);
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Auto top-up' })
    .click();
  await expect(now(page)).toContainText('Off');
  await expect(form(page)).toContainText(AGREED);
  await expect(form(page)).toContainText(
    'The balance is below it already: $18.80 will be charged to Visa ·4242 now.',
  );
  await form(page).getByRole('button', { name: 'Turn it on' }).click();

  await expect(now(page)).toContainText('Visa ·4242');
  await expect(now(page)).toContainText('You have 2,000 credits available');
  await expect(now(page)).toContainText('$18.80 of $1,000.00');
  await expect(decisions(page)).toContainText(
    'Your balance fell below 500 credits, so automatic top-up buys 1,880 credits for $18.80.',
  );
  await expect(page.getByRole('list', { name: 'Agreements' })).toContainText(customer.email);
  expect(await consentsOf(customer)).toMatchObject([{ text_shown: AGREED, enabled: true }]);
  expect(await customer.topUps()).toMatchObject([{ status: 'credited' }]);
  const charges = await sandbox.charges(await customer.stripeCustomer());
  expect(charges.data).toMatchObject([{ amount: 18_80, status: 'succeeded' }]);
  expect((await mailTo(customer.email, /^Automatic top-up of Story Works is on$/)).text).toContain(
    'At most $20.00',
  );
  await mailTo(customer.email, /^Automatic top-up: \$18\.80 for 1,880 credits$/);
});

test.describe('a decline', () => {
  // The refusal to go on with the same card.
  test.use({ expectedComplaints: /status of 409/ });

  test('a declined card pauses it with a mail; the same card does not resume it, another one does', async ({
    page,
    customer,
  }) => {
    await customer.savesCard('pm_card_chargeCustomerFail');
    await customer.signsIn(page);
    await page.goto('/auto-top-up');
    await form(page).getByRole('button', { name: 'Turn it on' }).click();
    await expect(now(page)).toContainText('Paused');
    await expect(now(page)).toContainText('your bank declined a payment');
    await mailTo(customer.email, /^Your payment of \$18\.80 was declined$/);

    await now(page).getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'declined this very card' })).toBeVisible();
    await customer.savesCard('pm_card_visa');
    await now(page).getByRole('button', { name: 'Resume' }).click();
    await expect(now(page)).toContainText('being paid, or waits to be');
    await mailTo(customer.email, /^Automatic top-up of Story Works goes on$/);
    expect(await customer.entries()).toHaveLength(1);
  });
});

test('it is turned off after a question, and changed with the words that say what is wrong', async ({
  page,
}) => {
  const customer = await Customer.create({ credits: 5_000 });
  await customer.savesCard('pm_card_visa');
  await customer.signsIn(page);
  await page.goto('/auto-top-up');
  await form(page).getByLabel('When fewer credits are available than').fill('99');
  await expect(form(page)).not.toContainText('The threshold can be');
  await form(page).getByLabel('Fill the balance up to').fill('2,500');
  await expect(form(page)).toContainText('The threshold can be from 100 credits to 99,000 credits.');
  await form(page).getByLabel('When fewer credits are available than').fill('1000');
  await expect(form(page)).toContainText('At most $25.00 per charge');
  await expect(form(page)).toContainText('Nothing is charged now.');
  await form(page).getByRole('button', { name: 'Turn it on' }).click();
  await expect(now(page)).toContainText('fewer than 1,000 credits');

  await now(page).getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn it off' }).click();
  await expect(now(page)).toContainText('Nothing is bought by itself');
  expect(await consentsOf(customer)).toMatchObject([{ enabled: true }, { enabled: false }]);
  expect(await customer.topUps()).toEqual([]);
});

test('without a card it says where to add one, and nothing is turned on', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/auto-top-up');
  await expect(form(page)).toContainText('There is no card to charge.');
  const body = {
    enabled: true,
    threshold: '500000000',
    size: { mode: 'target', target: '2000000000' },
    monthlyLimitCents: '100000',
    paymentMethod: null,
    textShown: AGREED,
  };
  const answer = await page.request.post('/api/auto-top-up', { data: body, headers: { origin: appUrl } });
  expect(answer.status()).toBe(409);
  expect(await consentsOf(customer)).toEqual([]);
});

for (const role of ['developer', 'viewer'] as const) {
  test(`a ${role} member sees the rule and cannot change it`, async ({ page }) => {
    const member = await Customer.create({ role });
    await member.signsIn(page);
    await page.goto('/auto-top-up');
    await expect(now(page)).toContainText('Off');
    await expect(form(page)).toHaveCount(0);
    const headers = { origin: appUrl };
    const set = await page.request.post('/api/auto-top-up', { data: {}, headers });
    const resumed = await page.request.post('/api/auto-top-up/resume', { data: {}, headers });
    const card = await page.request.get('/api/auto-top-up/card');
    expect([set.status(), resumed.status(), card.status()]).toEqual([403, 403, 403]);
    await expect(page.getByText('What was agreed to')).toHaveCount(0);
  });
}

test('the time machine shows what a rule would have done, and suggestions fill the form', async ({
  page,
}) => {
  const customer = await Customer.create({ credits: 2_000 });
  for (const job of ['a', 'b', 'c'])
    await rows('SELECT * FROM ledger.charge($1, $2, $3, sha256($3::text::bytea), $4)', [
      customer.accountId,
      600 * 1_000_000,
      job,
      'dubbing',
    ]);
  await customer.signsIn(page);
  await page.goto('/auto-top-up');
  const machine = page.getByRole('region', { name: 'Time machine' });
  const figures = machine.locator('dl');
  await expect(figures).toContainText('Charges1');
  await expect(figures).toContainText('0 as it was');
  await expect(figures).toContainText('Total$18.00');
  await form(page).getByLabel('When fewer credits are available than').fill('150');
  await expect(figures).toContainText('Charges0');
  await machine.getByLabel('Below').press('ArrowRight');
  await expect(form(page).getByLabel('When fewer credits are available than')).toHaveValue('200');
  await machine.getByRole('button', { name: /^Never interrupted/ }).click();
  await expect(form(page).getByLabel('When fewer credits are available than')).not.toHaveValue('200');
});
