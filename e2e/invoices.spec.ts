import type { Page } from '@playwright/test';

import { textOfPdf } from '../stripe-sandbox/testing-pdf';
import { Customer } from './support/customer';
import { rows } from './support/database';
import { mailTo } from './support/mailbox';
import { paymentPage } from './support/payment-page';
import { stripe } from './support/stripe';
import { balance, expect, test } from './support/test';

const GOOD_CARD = '4242 4242 4242 4242';

async function buys(page: Page) {
  await page.goto('/buy');
  await page.getByRole('radio', { name: /^5,000 credits/ }).check();
  await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
}

test('whoever bought nothing is told what will stand here', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Invoices' })
    .click();
  await expect(page.getByRole('heading', { name: 'Invoices', level: 1 })).toBeVisible();
  await expect(page.getByText('No invoices yet')).toBeVisible();
});

test('each month has a statement that adds up, for its own account alone', async ({
  page,
  browser,
  customer,
}) => {
  await customer.signsIn(page);
  await page.goto('/invoices');
  const month = new Date().toISOString().slice(0, 7);
  const link = page.getByRole('list', { name: 'Monthly statements' }).getByRole('link').first();
  await expect(link).toHaveAttribute('href', `/api/statements/${month}`);
  const paper = await page.request.get(`/api/statements/${month}`);
  expect(paper.headers()['content-type']).toBe('application/pdf');
  expect(paper.headers()['content-disposition']).toContain(`coffer-statement-${month}.pdf`);
  const text = textOfPdf(await paper.body());
  expect(text).toContain('Closing balance');
  expect(text).toContain(`(${customer.accountId})`);
  expect((await page.request.get('/api/statements/2021-01')).status()).toBe(404);
  expect((await page.request.get('/api/statements/now')).status()).toBe(422);

  const stranger = await browser.newContext();
  expect((await stranger.request.get(`/api/statements/${month}`)).status()).toBe(401);
  await stranger.close();
});

test('a purchase has its invoice, its PDF and its receipt; a refund is said, mailed and taken back', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await buys(page);
  await page.goto('/invoices');
  const line = page.getByRole('row', { name: /5,000 credits/ });
  await expect(line).toContainText('paid', { ignoreCase: true });
  await expect(line).toContainText('$50.00');

  const pdf = line.getByRole('link', { name: /^Invoice .+ as PDF$/ });
  await expect(pdf).toBeVisible({ timeout: 20_000 });
  const kept = await page.request.get((await pdf.getAttribute('href')) ?? '');
  expect(kept.headers()['content-type']).toContain('application/pdf');
  const receipt = await page.request.get(
    (await line.getByRole('link', { name: /^Receipt/ }).getAttribute('href')) ?? '',
  );
  expect(await receipt.text()).toContain('$50.00');
  const invoicePage = await page.request.get(
    (await line.getByRole('link', { name: /at Stripe$/ }).getAttribute('href')) ?? '',
  );
  expect(invoicePage.ok()).toBe(true);

  const [topUp] = await customer.topUps();
  await stripe.creditNotes.create({
    invoice: topUp?.stripe_invoice ?? '',
    amount: 20_00,
    refund_amount: 20_00,
  });
  const mail = await mailTo(customer.email, /Refund: \$20\.00/);
  expect(mail.text).toContain('2,000 credits were taken off the balance');
  expect((await customer.entries()).at(-1)).toMatchObject({ kind: 'clawback', delta: '-2000000000' });
  await expect(line).toContainText('partly refunded', { ignoreCase: true });
  await expect(line).toContainText('$20.00 refunded');
  const note = line.getByRole('link', { name: /^Credit note/ });
  const noted = await page.request.get((await note.getAttribute('href')) ?? '');
  expect(noted.headers()['content-type']).toContain('application/pdf');

  await page.goto('/');
  await expect(balance(page)).toHaveText('3,120 credits');
});

test('another account’s invoice is not there, whoever asks', async ({ page, customer, browser }) => {
  await customer.signsIn(page);
  await buys(page);
  await page.goto('/invoices');
  await expect(page.getByRole('link', { name: /^Invoice .+ as PDF$/ })).toBeVisible({ timeout: 20_000 });
  const [{ id } = { id: '' }] = await rows<{ id: string }>('SELECT id FROM invoices WHERE account_id = $1', [
    customer.accountId,
  ]);

  const elsewhere = await browser.newContext();
  const stranger = await elsewhere.newPage();
  await stranger.goto(`/api/invoices/${id}/pdf`);
  await expect(stranger).toHaveURL(`/sign-in?back=${encodeURIComponent(`/api/invoices/${id}/pdf`)}`);
  await (await Customer.create()).signsIn(stranger);
  for (const document of ['pdf', 'page', 'receipt']) {
    const answer = await stranger.request.get(`/api/invoices/${id}/${document}`, { maxRedirects: 0 });
    expect(answer.status()).toBe(404);
  }
  for (const forged of [
    '/api/invoices/in_1/html',
    '/api/invoices/..%2Fx/pdf',
    '/api/credit-notes/cn_1/pdf',
  ]) {
    expect([404, 422]).toContain((await stranger.request.get(forged, { maxRedirects: 0 })).status());
  }
  await elsewhere.close();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the list fits and says everything', async ({ page, customer }) => {
    await customer.signsIn(page);
    await buys(page);
    await page.goto('/invoices');
    await expect(page.getByRole('link', { name: /^Invoice .+ as PDF$/ })).toBeVisible({ timeout: 20_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
