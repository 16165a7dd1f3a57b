import type { Page } from '@playwright/test';

import { Customer } from './support/customer';
import { one, rows } from './support/database';
import { buttonOf, mailTo, mailsTo } from './support/mailbox';
import { paymentPage, payWithoutComingBack } from './support/payment-page';
import { sandbox } from './support/sandbox';
import { balance, expect, test } from './support/test';

const GOOD_CARD = '4242 4242 4242 4242';
const CREDITED = { kind: 'topup', delta: '5000000000', balance_after: '5120000000' };

/** From the overview to Stripe's page, with the $50 package. */
async function goToPayment(page: Page) {
  await page.getByRole('link', { name: 'Buy credits' }).first().click();
  await page.getByRole('radio', { name: /^5,000 credits/ }).check();
  await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
  await paymentPage(page).isOpen('$50.00');
}

test('a customer buys a package and sees the credits, the entry, the invoice and the receipt', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await expect(balance(page)).toHaveText('120 credits');

  await goToPayment(page);
  const [started] = await customer.topUps();
  expect(started).toMatchObject({ status: 'open', stripe_session: expect.stringMatching(/^cs_test_/) });
  expect(await customer.entries()).toHaveLength(1);

  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();

  await page.getByRole('link', { name: 'Back to Overview' }).click();
  await expect(balance(page)).toHaveText('5,120 credits');

  const [{ stripe_invoice: invoice, status } = { stripe_invoice: null, status: '' }] =
    await customer.topUps();
  expect(status).toBe('credited');
  expect(invoice).toMatch(/^in_/);
  await page.getByRole('link', { name: 'Activity', exact: true }).first().click();
  const purchase = page.getByRole('row', { name: /Purchase/ });
  await expect(purchase).toContainText('+5,000');
  await expect(purchase).toContainText(invoice ?? '');

  const receipt = await mailTo(customer.email, /Receipt: \$50\.00 for 5,000 credits/);
  expect(receipt.text).toContain('5,120 credits');
  expect(receipt.html).toContain(invoice ?? '');
  expect(buttonOf(receipt, 'See it in Activity')).toMatch(/\/activity$/);

  expect((await customer.entries()).at(-1)).toMatchObject(CREDITED);
  expect((await sandbox.charges(await customer.stripeCustomer())).data).toHaveLength(1);
  expect(await sandbox.invoice(invoice ?? '')).toMatchObject({ status: 'paid' });
});

test('the overview in another window shows the purchase without a reload', async ({
  page,
  context,
  customer,
}) => {
  await customer.signsIn(page);
  const other = await context.newPage();
  await other.goto('/');
  await other.evaluate(() => Object.assign(window, { neverReloaded: true }));
  await expect(balance(other)).toHaveText('120 credits');

  await goToPayment(page);
  await paymentPage(page).pays(GOOD_CARD);

  await expect(balance(other)).toHaveText('5,120 credits');
  await expect(other.getByRole('row', { name: /Purchase/ })).toBeVisible();
  expect(await other.evaluate(() => 'neverReloaded' in window)).toBe(true);
});

test('a declined card is said on the payment page, and another card pays', async ({ page, customer }) => {
  await customer.signsIn(page);
  await goToPayment(page);

  await paymentPage(page).pays('4000 0000 0000 9995');
  await expect(page.getByRole('alert')).toContainText('insufficient funds');
  expect(await customer.entries()).toHaveLength(1);

  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  expect((await customer.entries()).slice(1)).toMatchObject([CREDITED]);
});

test('the way back from the payment page says that nothing was charged', async ({ page, customer }) => {
  await customer.signsIn(page);
  await goToPayment(page);

  await page.getByRole('link', { name: /^Back to / }).click();
  await expect(page.getByText('You were not charged')).toBeVisible();
  expect(await customer.entries()).toHaveLength(1);

  await page.getByRole('radio', { name: /^5,000 credits/ }).check();
  await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  expect((await sandbox.charges(await customer.stripeCustomer())).data).toHaveLength(1);
});

test('a payment that takes its time is said to be on its way, and its credits arrive by themselves', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await sandbox.delayPayments();
  await goToPayment(page);
  await paymentPage(page).pays(GOOD_CARD);
  await expect(
    page.getByRole('heading', { name: 'Your payment is being confirmed. No need to pay again.' }),
  ).toBeVisible();
  expect(await customer.entries()).toHaveLength(1);

  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible({ timeout: 20_000 });
  expect((await customer.entries()).slice(1)).toMatchObject([CREDITED]);
});

test('beginning another purchase closes the payment page that was left in another window', async ({
  page,
  context,
  customer,
}) => {
  await customer.signsIn(page);
  await goToPayment(page);
  const other = await context.newPage();
  await other.goto('/buy');
  await other.getByRole('button', { name: 'Continue to payment · $5.00' }).click();
  await paymentPage(other).isOpen('$5.00');

  await page.reload();
  await expect(page.getByText('This page has expired')).toBeVisible();
  await paymentPage(other).pays(GOOD_CARD);
  await expect(other.getByRole('heading', { name: '500 credits added' })).toBeVisible();
  expect((await sandbox.charges(await customer.stripeCustomer())).data).toHaveLength(1);
});

test('two impatient clicks are one purchase', async ({ page, customer }) => {
  await customer.signsIn(page);
  await page.goto('/buy');
  await page.getByRole('radio', { name: /^5,000 credits/ }).check();
  await page.getByRole('button', { name: 'Continue to payment · $50.00' }).dblclick();
  await paymentPage(page).isOpen('$50.00');
  expect(await customer.topUps()).toHaveLength(1);

  await paymentPage(page).fills(GOOD_CARD);
  await page.getByRole('button', { name: 'Pay $50.00' }).dblclick();
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  expect((await sandbox.charges(await customer.stripeCustomer())).data).toHaveLength(1);
  expect((await customer.entries()).slice(1)).toMatchObject([CREDITED]);
});

test('the success page credits before the webhook, and the late webhook credits nothing more', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await sandbox.holdWebhooks();
  await goToPayment(page);
  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  await sandbox.behave();
  await expect.poll(() => handled(customer, 'checkout.session.completed')).toBe(1);
  await expect.poll(sandbox.pendingDeliveries).toBe(0);
  await expect.poll(pendingEvents).toBe(0);
  expect((await customer.entries()).slice(1)).toMatchObject([CREDITED]);
});

test('the webhook credits a customer who never comes back, each delivery told twice', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await sandbox.deliverEachTwice();
  await goToPayment(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  expect(await payWithoutComingBack(page.url(), GOOD_CARD)).toBe(303);

  await expect.poll(async () => (await customer.topUps())[0]?.status).toBe('credited');
  await mailTo(customer.email, /Receipt/);
  await expect.poll(sandbox.pendingDeliveries).toBe(0);
  await expect.poll(pendingEvents).toBe(0);
  expect((await customer.entries()).slice(1)).toMatchObject([CREDITED]);
  await mailTo(customer.email, /Receipt/);
  expect((await mailsTo(customer.email)).filter(({ subject }) => subject.includes('Receipt'))).toHaveLength(
    1,
  );
});

test('leaving the page in one window after paying in another says what is true', async ({
  page,
  context,
  customer,
}) => {
  await customer.signsIn(page);
  await goToPayment(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();

  await other.getByRole('link', { name: /^Back to / }).click();
  await expect(other.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  await expect(other.getByText('You were not charged')).toBeHidden();
});

test('a forged way back credits nothing', async ({ page, customer }) => {
  await customer.signsIn(page);
  await goToPayment(page);
  const [{ stripe_session: session } = { stripe_session: '' }] = await customer.topUps();

  await page.goto('/buy/return?session_id=cs_test_forged');
  await expect(page.getByText('This account has no such purchase')).toBeVisible();
  await page.goto(`/buy/return?session_id=${session}`);
  await expect(page.getByRole('heading', { name: 'This purchase waits for your payment' })).toBeVisible();
  await expect(page.getByText('You were not charged')).toBeVisible();
  expect(await customer.entries()).toHaveLength(1);
});

test('a way back that belongs to somebody else shows and credits nothing', async ({
  page,
  customer,
  browser,
}) => {
  await customer.signsIn(page);
  await goToPayment(page);
  const [{ id, stripe_session: session } = { id: '', stripe_session: '' }] = await customer.topUps();

  const stranger = await browser.newPage();
  await (await Customer.create()).signsIn(stranger);
  await stranger.goto(`/buy/return?session_id=${session}`);
  await expect(stranger.getByText('This account has no such purchase')).toBeVisible();
  expect((await stranger.request.get(`/api/top-ups/${id}`)).status()).toBe(404);
  await stranger.close();
});

test('a bad minute at Stripe is ridden out, though Stripe repeats its own failures', async ({
  page,
  customer,
}) => {
  await customer.signsIn(page);
  await sandbox.fail({ method: 'POST', path: '/v1/checkout/sessions', fault: '500', times: 2 });
  await goToPayment(page);
  await paymentPage(page).pays(GOOD_CARD);
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  expect((await sandbox.charges(await customer.stripeCustomer())).data).toHaveLength(1);
});

test.describe('when Stripe does not answer', () => {
  test.use({ expectedComplaints: /status of 503/ });

  test('the customer is told so, and the next press goes on with the same purchase', async ({
    page,
    customer,
  }) => {
    await customer.signsIn(page);
    await page.goto('/buy');
    await page.getByRole('radio', { name: /^5,000 credits/ }).check();
    await sandbox.fail({ method: 'POST', path: '/v1/checkout/sessions', fault: 'timeout_before', times: 6 });
    await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'This click charged nothing' })).toBeVisible();

    await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
    await paymentPage(page).isOpen('$50.00');
    expect(await customer.topUps()).toHaveLength(1);
  });
});

/** How many events of a type about this customer's payment page were handled. */
const handled = async (customer: Customer, type: string) => {
  const [{ stripe_session: session } = { stripe_session: null }] = await customer.topUps();
  const { count } = await one<{ count: string }>(
    'SELECT count(*) FROM stripe_events WHERE type = $1 AND object_id = $2 AND handled_at IS NOT NULL',
    [type, session],
  );
  return Number(count);
};
const pendingEvents = async () => (await rows('SELECT 1 FROM stripe_events WHERE handled_at IS NULL')).length;
