import type { Page } from '@playwright/test';

import { appCode } from '@/test/access/app-code';

import type { Customer } from './support/customer';
import { mailTo } from './support/mailbox';
import { signedInAWhileAgo } from './support/stale-session';
import { expect, test } from './support/test';

test.use({ expectedComplaints: /status of (403|422)/ });

const now = () => new Date();
const card = (page: Page) => page.getByRole('region', { name: 'Code at sign-in' });

/** Turns the second factor on in the settings: the app's secret, and the backup codes. */
async function turnsOn(page: Page, customer: Customer) {
  await customer.signsIn(page);
  await page.goto('/settings');
  await card(page).getByRole('button', { name: 'Set up an authenticator app' }).click();
  const form = page.getByRole('form', { name: 'Set up an authenticator app' });
  await expect(form.getByRole('img', { name: 'QR code for an authenticator app' })).toBeVisible();
  const secret = await form.getByText(/^[A-Z2-7]{32}$/).innerText();
  await form.getByLabel('Code', { exact: true }).fill('12345');
  await form.getByRole('button', { name: 'Turn it on' }).click();
  await expect(form.getByText('Type the six digits that the app shows.')).toBeVisible();
  await form.getByLabel('Code', { exact: true }).fill(appCode(secret, now()));
  await form.getByRole('button', { name: 'Turn it on' }).click();
  const listed = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await expect(listed).toHaveCount(10);
  const codes = await listed.allInnerTexts();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(card(page)).toContainText('Backup codes left: 10');
  return { secret, codes };
}

/** The first factor, after which a code is owed. */
async function givesPassword(page: Page, customer: Customer): Promise<void> {
  // What a page still asks for would be answered with a cookie of its own.
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.goto('/sign-in?back=/usage');
  await page.getByText('Use a password instead').click();
  const form = page.getByRole('form', { name: 'Sign in with a password' });
  await form.getByLabel('Email').fill(customer.email);
  await form.getByLabel('Password').fill(customer.password);
  await form.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
}
async function givesCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('signing in asks for a code, which works once, and leads to where somebody wanted to go', async ({
  page,
  customer,
}) => {
  const { secret, codes } = await turnsOn(page, customer);
  expect(codes).toHaveLength(10);
  await mailTo(customer.email, /Sign-in asks for a code now/);

  await givesPassword(page, customer);
  // Nothing opens before: not a page, not a read.
  expect((await page.request.get('/api/balance')).status()).toBe(401);
  const code = appCode(secret, now(), 1);
  await givesCode(page, '000000');
  await expect(page.getByText('This code is wrong')).toBeVisible();
  await givesCode(page, code);
  await expect(page.getByRole('heading', { name: 'Usage' })).toBeVisible();

  await givesPassword(page, customer);
  await givesCode(page, code);
  await expect(page.getByText('This code is wrong')).toBeVisible();
  await givesCode(page, codes[0] ?? '');
  await expect(page.getByRole('heading', { name: 'Usage' })).toBeVisible();
  await page.goto('/settings');
  await expect(card(page)).toContainText('Backup codes left: 9');
});

test('turning it off wants a code of it, and then signing in asks for none', async ({ page, customer }) => {
  const { codes } = await turnsOn(page, customer);
  await signedInAWhileAgo(customer);
  await card(page).getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn it off' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  await expect(dialog.getByLabel('Password', { exact: true })).toHaveCount(0);
  await dialog.getByLabel('Code', { exact: true }).fill(codes[0] ?? '');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect(card(page)).toContainText('Signing in asks for no code.');
  await mailTo(customer.email, /Sign-in asks for no code any more/);

  await page.goto('about:blank');
  await page.context().clearCookies();
  await customer.signsIn(page);
});

test.describe('without JavaScript', () => {
  test('a code is given, and somebody else can sign in instead', async ({ page, customer, browser }) => {
    const { codes } = await turnsOn(page, customer);
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const theirs = await plain.newPage();
    await givesPassword(theirs, customer);
    await theirs.getByRole('button', { name: 'Sign in as somebody else' }).click();
    await expect(theirs.getByRole('heading', { name: 'Sign in to Coffer' })).toBeVisible();
    await givesPassword(theirs, customer);
    await givesCode(theirs, codes[0] ?? '');
    await expect(theirs.getByRole('heading', { name: 'Usage' })).toBeVisible();
    await plain.close();
  });
});
