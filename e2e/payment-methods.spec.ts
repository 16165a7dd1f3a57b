import { randomUUID } from 'node:crypto';

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { appUrl } from './support/addresses';
import { Customer } from './support/customer';
import { one, rows } from './support/database';
import { buttonOf, mailTo } from './support/mailbox';
import { paymentPage } from './support/payment-page';
import { stripe } from './support/stripe';
import { expect, test } from './support/test';

const VISA = '4242 4242 4242 4242';
const MASTERCARD = '5555 5555 5555 4444';

const card = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Cards' }).getByRole('listitem').filter({ hasText: name });

async function opens(page: Page) {
  await page
    .getByRole('navigation', { name: 'Pages', exact: true })
    .getByRole('link', { name: 'Payment methods' })
    .click();
  await expect(page.getByRole('heading', { name: 'Payment methods', level: 1 })).toBeVisible();
}

async function adds(page: Page, number: string) {
  await page.getByRole('button', { name: 'Add a card' }).click();
  await paymentPage(page).fills(number);
  await page.getByRole('button', { name: 'Save card' }).click();
  await expect(page.getByRole('heading', { name: 'Payment methods', level: 1 })).toBeVisible();
}

/** As the customer agreed to on the page of auto top-up. */
async function fillsUpByItself({ accountId, userId }: Customer) {
  await rows(
    `SELECT ledger.set_auto_top_up_rule($1, true, 10, 'target', 2000000000, NULL, 100000, NULL, $2, NULL, NULL, NULL, 'A story.')`,
    [accountId, userId],
  );
}

const ruleOf = ({ accountId }: Customer) =>
  one<{ paused_because: string | null }>(
    'SELECT paused_because FROM auto_top_up_rules WHERE account_id = $1',
    [accountId],
  );

test('a customer adds two cards, chooses between them and removes the one that auto top-up charges', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await opens(page);
  await expect(page.getByText('No card is saved')).toBeVisible();

  await adds(page, VISA);
  await expect(page.getByText('Visa ·4242 is saved, and is the default. Nothing was charged.')).toBeVisible();
  await expect(card(page, 'Visa ·4242')).toContainText('Expires 12/2034 · Credit · issued in United States');
  await adds(page, MASTERCARD);
  await expect(card(page, 'Visa ·4242')).toContainText('Default');
  await expect(card(page, 'Mastercard ·4444')).not.toContainText('Default');

  await page.getByRole('button', { name: 'Make Mastercard ·4444 the default' }).click();
  await expect(card(page, 'Mastercard ·4444')).toContainText('Default');
  await expect(card(page, 'Visa ·4242')).not.toContainText('Default');
  const { invoice_settings: settings } = (await stripe.customers.retrieve(
    await customer.stripeCustomer(),
  )) as { invoice_settings: { default_payment_method: string } };
  const chosen = await stripe.paymentMethods.retrieve(settings.default_payment_method);
  expect(chosen.card?.last4).toBe('4444');

  await fillsUpByItself(customer);
  await page.reload();
  await expect(card(page, 'Mastercard ·4444')).toContainText('Used by auto top-up');
  await page.getByRole('button', { name: 'Remove Mastercard ·4444' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove Mastercard ·4444?' });
  await expect(dialog).toContainText('Auto top-up charges this card, and is paused with it');
  await dialog.getByRole('button', { name: 'Remove it and pause auto top-up' }).click();

  await expect(card(page, 'Mastercard ·4444')).toHaveCount(0);
  await expect(card(page, 'Visa ·4242')).not.toContainText('Default');
  await expect.poll(async () => (await ruleOf(customer)).paused_because).toBe('card-missing');
});

test('the same card saved twice is listed once, and said to be so', async ({ page, customer }) => {
  await customer.signsIn(page);
  await opens(page);
  await adds(page, VISA);
  await adds(page, VISA);
  await expect(page.getByText('Visa ·4242 was saved already, so it is listed once.')).toBeVisible();
  await expect(card(page, 'Visa ·4242')).toHaveCount(1);
  await expect(card(page, 'Visa ·4242')).toContainText('This card was saved 2 times');
});

test('the owner of a card that ends soon is told by mail, updates it at Stripe, and the new one is the default', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await opens(page);
  await adds(page, VISA);
  const [saved] = (await stripe.customers.listPaymentMethods(await customer.stripeCustomer())).data;
  const now = new Date();
  await stripe.paymentMethods.update(saved?.id ?? '', {
    card: { exp_month: now.getUTCMonth() + 1, exp_year: now.getUTCFullYear() },
  });
  await expect(async () => {
    await page.reload();
    await expect(card(page, 'Visa ·4242')).toContainText('Expires soon');
  }).toPass();

  // The clock looks every hour; this story does not wait for it.
  await rows(`SELECT graphile_worker.add_job('find-expiring-cards', '{}'::json)`);
  const mail = await mailTo(customer.email, /^Visa ·4242 expires on /);
  expect(mail.text).toContain('is the default card of Story Works');
  await page.goto('/usage');
  await expect(page.getByText(/^Visa ·4242 expires .* it is the default card\.$/)).toBeVisible();
  await page.goto(buttonOf(mail, 'Update the card'));
  await page.getByRole('button', { name: 'Update Visa ·4242' }).click();
  await paymentPage(page).fills(MASTERCARD);
  await page.getByRole('button', { name: 'Add card' }).click();
  await expect(page.getByRole('heading', { name: 'Payment methods', level: 1 })).toBeVisible();
  await expect(card(page, 'Mastercard ·4444')).toContainText('Default');
  await expect(page.getByText(/it is the default card\.$/)).toBeHidden();
});

test('a purchase keeps its card only for those who tick it', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/buy');
  const keep = page.getByRole('checkbox', { name: 'Keep the card for auto top-up' });
  await expect(keep).not.toBeChecked();
  await keep.check();
  await page.getByRole('button', { name: 'Continue to payment · $5.00' }).click();
  await paymentPage(page).isOpen('$5.00');
  await paymentPage(page).pays(VISA);
  await expect(page.getByRole('heading', { name: '500 credits added' })).toBeVisible();
  await opens(page);
  await expect(card(page, 'Visa ·4242')).toContainText('Default');
});

const WRITES = {
  '/api/cards/add': { id: randomUUID() },
  '/api/cards/default': { id: 'pm_any' },
  '/api/cards/remove': { id: 'pm_any' },
  '/api/portal': { purpose: 'everything' },
};

test('members who may not buy see no card and change none', async ({ page }) => {
  const viewer = await Customer.create({ role: 'viewer' });
  await viewer.signsIn(page);
  await opens(page);
  await expect(page.getByText('Your role does not see cards')).toBeVisible();
  for (const path of ['/api/cards', '/api/cards/expiring'])
    expect((await page.request.get(path)).status(), path).toBe(403);
  for (const [path, data] of Object.entries(WRITES))
    expect((await page.request.post(path, { data, headers: { origin: appUrl } })).status(), path).toBe(403);
});

test('what changes a card comes from our own pages, and names a card of the account', async ({
  page,
  customer,
  browser,
}) => {
  await customer.signsIn(page);
  await opens(page);
  await adds(page, VISA);
  for (const [path, data] of Object.entries(WRITES)) {
    const headers = { origin: 'https://evil.example' };
    expect((await page.request.post(path, { data, headers })).status(), path).toBe(403);
  }
  const [{ id } = { id: '' }] = await rows<{ id: string }>(
    'SELECT payment_method AS id FROM cards WHERE account_id = $1',
    [customer.accountId],
  );
  const stranger = await browser.newPage();
  await (await Customer.create()).signsIn(stranger);
  for (const path of ['/api/cards/default', '/api/cards/remove']) {
    const answer = await stranger.request.post(path, { data: { id }, headers: { origin: appUrl } });
    expect(answer.status(), path).toBe(404);
  }
  await stranger.close();
  await page.reload();
  await expect(card(page, 'Visa ·4242')).toContainText('Default');
});

test('a list of cards can be used by everyone, in light and dark, on a phone', async ({ page, customer }) => {
  await customer.signsIn(page);
  await opens(page);
  await adds(page, VISA);
  await adds(page, '3782 822463 10005');
  await fillsUpByItself(customer);
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/payment-methods');
    await expect(card(page, 'American Express ·0005')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(needed, `${width} px`).toBeLessThanOrEqual(width);
  }

  // A phone's bar has no room for this page; the menu has.
  await page.goto('/');
  await page.getByRole('button', { name: /Story Works/ }).click();
  await page.getByRole('menuitem', { name: 'Payment methods' }).click();
  await expect(card(page, 'Visa ·4242')).toBeVisible();
});
