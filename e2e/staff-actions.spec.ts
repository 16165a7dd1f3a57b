import type { Page } from '@playwright/test';

import { rows } from './support/database';
import { mailTo } from './support/mailbox';
import { Colleague } from './support/staff';
import { signedInAWhileAgo } from './support/stale-session';
import { balance, expect, test } from './support/test';

async function plans(
  page: Page,
  account: string,
  wanted: { what: string; credits?: string; reason: string },
) {
  await page.goto(`/staff/accounts/${account}/actions`);
  await page.getByLabel('What', { exact: true }).selectOption({ label: wanted.what });
  if (wanted.credits !== undefined) await page.getByLabel('Credits', { exact: true }).fill(wanted.credits);
  await page.getByLabel('Reason', { exact: true }).fill(wanted.reason);
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await expect(page.getByRole('heading', { name: 'What it would do' })).toBeVisible();
}

const DOUBLE_CHARGE = {
  what: 'Add credits (adjustment)',
  credits: '500',
  reason: 'Double charge on Monday',
};

test('a small credit is planned, done once, and seen by the customer with its reason', async ({
  page,
  customer,
  browser,
}) => {
  const joan = await Colleague.create('support');
  await joan.signsIn(page);
  await plans(page, customer.accountId, DOUBLE_CHARGE);
  await expect(page.getByText('120 → 620')).toBeVisible();
  expect(await customer.entries()).toHaveLength(1);
  const planned = page.url();
  await page.getByRole('button', { name: 'Add credits (adjustment) now' }).click();
  await expect(page.getByRole('list', { name: 'What was asked for' })).toContainText('succeeded');

  // Back, and pressed again.
  await page.goto(planned);
  await page.getByRole('button', { name: 'Add credits (adjustment) now' }).click();
  await expect(page.getByRole('list', { name: 'What was asked for' })).toContainText('succeeded');
  expect((await customer.entries()).map(({ kind, delta }) => [kind, delta])).toEqual([
    ['bonus', '120000000'],
    ['adjustment', '500000000'],
  ]);

  const mail = await mailTo(customer.email, /We added 500 credits/);
  expect(mail.text).toContain('Double charge on Monday');

  const theirs = await browser.newPage();
  await customer.signsIn(theirs);
  await expect(balance(theirs)).toHaveText('620 credits');
  await theirs.goto('/activity/2');
  await expect(theirs.getByText('Double charge on Monday')).toBeVisible();
  await theirs.close();
});

test('a large credit waits in the queue until a second person agrees', async ({
  page,
  customer,
  browser,
}) => {
  const [joan, hedy] = [await Colleague.create('support'), await Colleague.create('finance')];
  await joan.signsIn(page);
  await plans(page, customer.accountId, {
    what: 'Grant bonus credits',
    credits: '10000',
    reason: 'The outage of June',
  });
  await page.getByRole('button', { name: 'Ask a second person' }).click();
  await expect(page.getByRole('list', { name: 'What was asked for' })).toContainText('waiting');
  await expect(page.getByRole('button', { name: 'Agree, and do it' })).toHaveCount(0);
  expect(await customer.entries()).toHaveLength(1);

  const hers = await browser.newPage();
  await hedy.signsIn(hers);
  await hers.goto('/staff/actions');
  const request = hers.getByRole('listitem').filter({ hasText: joan.email });
  await request.getByLabel('Your reason').fill('Agreed on the phone');
  await request.getByRole('button', { name: 'Agree, and do it' }).click();
  await expect(hers.getByRole('list', { name: 'What was asked for' })).toContainText('succeeded');
  expect((await customer.entries()).map(({ kind }) => kind)).toEqual(['bonus', 'bonus']);
  await hers.close();
});

test('nobody acts on an account of their own', async ({ page, customer }) => {
  const joan = await Colleague.create('admin');
  await joan.signsIn(page);
  await rows(`INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, 'viewer')`, [
    customer.accountId,
    joan.userId,
  ]);
  await plans(page, customer.accountId, { what: 'Add credits (adjustment)', credits: '1', reason: 'For me' });
  await expect(page.getByText('You are a member of this account')).toBeVisible();
  await expect(page.getByRole('form', { name: 'Confirm' })).toHaveCount(0);
});

test('an account that is frozen says so on each of its pages', async ({ page, customer }) => {
  const joan = await Colleague.create('support');
  await joan.signsIn(page);
  await plans(page, customer.accountId, { what: 'Freeze the account', reason: 'Stolen cards' });
  await page.getByRole('button', { name: 'Freeze the account now' }).click();
  await expect(page.getByText('Nothing moves in this account')).toBeVisible();
});

test('whoever signed in a while ago shows once more who they are, and finds the plan again', async ({
  page,
  customer,
}) => {
  const joan = await Colleague.create('support');
  await joan.signsIn(page);
  await plans(page, customer.accountId, DOUBLE_CHARGE);
  await signedInAWhileAgo(joan);
  await page.getByRole('button', { name: 'Add credits (adjustment) now' }).click();
  await expect(page.getByRole('heading', { name: 'Is it still you?' })).toBeVisible();
  expect(await customer.entries()).toHaveLength(1);
  await joan.confirms(page);
  await page.getByRole('button', { name: 'Add credits (adjustment) now' }).click();
  await expect(page.getByRole('list', { name: 'What was asked for' })).toContainText('succeeded');
  expect(await customer.entries()).toHaveLength(2);
});
