import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { Customer } from './support/customer';
import { rows } from './support/database';
import { buttonOf, mailsTo, mailTo } from './support/mailbox';
import { paymentPage } from './support/payment-page';
import { sandbox } from './support/sandbox';
import { stripe } from './support/stripe';
import {
  isStuck,
  mailsAnOldLink,
  recoveryOf,
  ruleOf,
  savesCard,
  waitsForCredits,
} from './support/stuck-payment';
import { balance, expect, test } from './support/test';
import { withoutLive } from './support/without-live';

const CHALLENGED = 'pm_card_authenticationRequired';
const DECLINED = 'pm_card_chargeCustomerFail';
const BOUGHT = { kind: 'topup', delta: '2000000000' };

const linkFrom = async ({ email }: Customer) => {
  const mail = await mailTo(email, /payment of \$20\.00/);
  return buttonOf(mail, / declined/.test(mail.subject) ? 'See to this payment' : 'Confirm this payment');
};
const succeeded = async (customer: Customer) =>
  (await sandbox.charges(await customer.stripeCustomer())).data.filter(
    ({ status }) => status === 'succeeded',
  );
const invoiceOf = async (customer: Customer) =>
  sandbox.invoice((await customer.topUps()).at(-1)?.stripe_invoice ?? '');

async function isPaidOnce(page: Page, customer: Customer) {
  await expect(page.getByRole('heading', { name: 'Your payment of $20.00 is made' })).toBeVisible();
  expect(await succeeded(customer)).toHaveLength(1);
  expect((await customer.entries()).filter(({ kind }) => kind === 'topup')).toMatchObject([BOUGHT]);
  expect(await recoveryOf(customer)).toBe('paid');
}

async function isWellMade(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const [needed, given] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  expect(needed).toBeLessThanOrEqual(given ?? 0);
  if (before !== null) await page.setViewportSize(before);
}

for (const variant of ['requires_action', 'requires_payment_method'] as const) {
  test(`a payment that the bank wants confirmed is confirmed from the mail, without signing in: ${variant}`, async ({
    page,
    customer,
  }) => {
    await sandbox.leaveChallengesIn(variant);
    await isStuck(customer, CHALLENGED);
    expect(await ruleOf(customer)).toEqual({ paused_because: 'authentication-required' });
    const link = await linkFrom(customer);

    await page.goto(link);
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Confirm your payment of $20.00' })).toBeVisible();
    await expect(page.getByText('2,000 credits for Story Works')).toBeVisible();
    await expect(page.getByText('Visa ·3184')).toBeVisible();
    await isWellMade(page);

    await page.getByRole('button', { name: 'Confirm $20.00 with your bank' }).click();
    await page.getByRole('button', { name: 'Complete authentication' }).click();
    await isPaidOnce(page, customer);
    expect(await ruleOf(customer)).toEqual({ paused_because: null });
    await isWellMade(page);
    await mailTo(customer.email, /Automatic top-up: \$20\.00 for 2,000 credits/);

    await page.goto(link);
    await isPaidOnce(page, customer);
    expect((await mailsTo(customer.email)).filter(({ subject }) => /payment of/.test(subject))).toHaveLength(
      1,
    );
  });
}

test('the mail says what happened, what waits, and what to do, and the page what is released', async ({
  page,
  customer,
}) => {
  await waitsForCredits(customer);
  await isStuck(customer, DECLINED);
  const mail = await mailTo(customer.email, /^Your payment of \$20\.00 was declined$/);
  for (const said of [
    '2,000 credits were to be bought for $20.00 with Visa ·0341',
    'Nothing was charged.',
    '3 finished pieces of work wait to be paid for, the oldest for 3 days more.',
    'This payment releases the first 2.',
    'automatic top-up is paused',
  ]) {
    expect(mail.text.replace(/\s+/g, ' ')).toContain(said);
  }
  expect(mail.text).not.toMatch(/generic_decline|card_declined/);

  await page.goto(await linkFrom(customer));
  const waiting = page.getByRole('region', { name: 'Waiting for credits · 3' });
  await expect(waiting.getByRole('listitem')).toHaveText([
    /interview-7\.mp4.*500 credits.*Released by this payment.*3 more days/,
    /podcast-112\.wav.*1,200 credits.*Released by this payment.*20 more days/,
    /keynote\.mov.*900 credits.*waiting.*30 more days/i,
  ]);
  await expect(waiting.getByText('The next one needs 480 credits more.')).toBeVisible();
  await expect(page.getByText('2 of 3 that wait are released, the oldest first.')).toBeVisible();
  await isWellMade(page);

  await savesCard(customer, 'pm_card_mastercard');
  await page.reload();
  await page.getByRole('button', { name: 'Pay $20.00 with Mastercard ·4444' }).click();
  await isPaidOnce(page, customer);
  // The card that was refused is still the one that would be charged.
  expect(await ruleOf(customer)).not.toEqual({ paused_because: null });
  expect(
    await rows('SELECT reference FROM operations WHERE account_id = $1 AND state = $2', [
      customer.accountId,
      'pending_payment',
    ]),
  ).toEqual([{ reference: 'keynote.mov' }]);
});

test('what declines usually come from, when banks ask, and what helps stand on the page', async ({
  page,
  customer,
}) => {
  await isStuck(customer, CHALLENGED);
  await savesCard(customer, DECLINED);
  await page.goto(await linkFrom(customer));
  await page.getByText('When banks ask for this').click();
  await expect(page.getByText(/Strong Customer Authentication/)).toBeVisible();

  await page.getByRole('button', { name: 'Pay $20.00 with Visa ·0341' }).click();
  await expect(page.getByText('Contact your bank and ask it to allow the payment.')).toBeVisible();
  await page.getByText('What declines usually come from').click();
  await expect(page.getByText(/The card has expired/)).toBeVisible();
  await expect(page.getByText(/protect you from fraud/)).toBeVisible();
});

test('a challenge that failed is told, and a new card pays', async ({ page, customer }) => {
  await isStuck(customer, CHALLENGED);
  await page.goto(await linkFrom(customer));
  await page.getByRole('button', { name: 'Confirm $20.00 with your bank' }).click();
  await page.getByRole('button', { name: 'Fail authentication' }).click();
  await expect(page.getByText('The payment was not confirmed with your bank.')).toBeVisible();
  expect(await succeeded(customer)).toEqual([]);

  await expect(page.getByText(/Where no default card is left, it becomes the default/)).toBeVisible();
  await page.getByRole('button', { name: 'Use a new card' }).click();
  await paymentPage(page).fills('5555 5555 5555 4444');
  await page.getByRole('button', { name: 'Save card' }).click();
  await expect(page.getByText('Nothing is charged until you press Pay')).toBeVisible();
  expect(await succeeded(customer)).toEqual([]);
  await page.getByRole('button', { name: 'Pay $20.00 with Mastercard ·4444' }).click();
  await isPaidOnce(page, customer);
});

test('a member finds it on every page, and two impatient clicks, a reload and the back button pay once', async ({
  page,
  context,
  customer,
}) => {
  await isStuck(customer, DECLINED);
  await savesCard(customer, 'pm_card_visa');
  await withoutLive(page);
  await customer.signsIn(page);
  const strip = page.getByRole('status').filter({ hasText: 'Your payment of $20.00 was declined' });
  await expect(strip).toBeVisible();
  await page.goto('/activity');
  await strip.getByRole('link', { name: 'See to it' }).click();
  await expect(page.getByRole('heading', { name: 'Your payment of $20.00 was declined' })).toBeVisible();
  await isWellMade(page);

  // A page that was there before the attempt, as the back button shows it, begins no other one.
  const before = await context.newPage();
  await before.goto(page.url());
  const failed = async () =>
    (await sandbox.charges(await customer.stripeCustomer())).data.filter(({ status }) => status === 'failed');
  for (const pressed of [page, before]) {
    await pressed.getByRole('button', { name: 'Try Visa ·0341 again for $20.00' }).click();
    await expect(pressed.locator('input[name="attempt"][value="3"]').first()).toBeAttached();
    expect(await failed()).toHaveLength(2);
  }
  await page.reload();
  // Whatever the router still fetches for the page it came back to would be cut off by going on.
  await page.goBack({ waitUntil: 'networkidle' });
  await page.goForward({ waitUntil: 'networkidle' });
  expect(await failed()).toHaveLength(2);

  await page.getByRole('button', { name: 'Pay $20.00 with Visa ·4242' }).dblclick();
  await isPaidOnce(page, customer);
  await page.reload();
  await isPaidOnce(page, customer);
  await before.getByRole('button', { name: 'Pay $20.00 with Visa ·4242' }).click();
  await isPaidOnce(before, customer);
  await page.getByRole('link', { name: 'Go to Overview' }).click();
  await expect(balance(page)).toHaveText('2,120 credits');
  await page.reload();
  await expect(balance(page)).toHaveText('2,120 credits');
  await expect(strip).toHaveCount(0);
});

test('another card that paid is charged from now on when its owner says so, and not before', async ({
  page,
  customer,
}) => {
  await isStuck(customer, DECLINED);
  await savesCard(customer, 'pm_card_visa');
  await customer.signsIn(page);
  await page.getByRole('link', { name: 'See to it' }).click();
  await page.getByRole('button', { name: 'Pay $20.00 with Visa ·4242' }).click();
  await isPaidOnce(page, customer);
  await isWellMade(page);
  expect((await ruleOf(customer)).paused_because).toBe('card-declined');

  await page.getByRole('button', { name: 'Go on with Visa ·4242' }).click();
  await expect(page.getByText('Automatic top-up is on again.')).toBeVisible();
  expect((await ruleOf(customer)).paused_because).toBeNull();
  await page.goto('/payment-methods');
  await expect(page.getByRole('listitem').filter({ hasText: 'Visa ·4242' })).toContainText('Default');
});

test('a payment that is given up is voided, and can no longer be paid', async ({ page, customer }) => {
  await isStuck(customer, DECLINED);
  const link = await linkFrom(customer);
  await page.goto(link);
  await page.getByText('Give this payment up').click();
  await expect(page.getByText('Automatic top-up stays paused until you let it go on.')).toBeVisible();
  await isWellMade(page);
  await page.getByRole('button', { name: 'Void the invoice of $20.00' }).click();
  await expect(page.getByRole('heading', { name: 'The payment of $20.00 was given up' })).toBeVisible();
  await expect.poll(async () => (await invoiceOf(customer)).status).toBe('void');
  await expect.poll(async () => (await customer.topUps())[0]?.status).toBe('failed');
  await page.goto(link);
  await expect(page.getByRole('button', { name: /Pay|Try/ })).toHaveCount(0);
  expect(await succeeded(customer)).toEqual([]);
});

test('what was paid on Stripe’s own page is known here too', async ({ page, customer }) => {
  await isStuck(customer, DECLINED);
  const link = await linkFrom(customer);
  await savesCard(customer, 'pm_card_visa');
  const [topUp] = await customer.topUps();
  const [card] = (await stripe.customers.listPaymentMethods(await customer.stripeCustomer())).data;
  await stripe.invoices.pay(topUp?.stripe_invoice ?? '', { payment_method: card?.id ?? '' });
  await page.goto(link);
  await isPaidOnce(page, customer);
});

test('an old link shows nothing and brings a new one, a wrong one leads to signing in', async ({
  page,
  customer,
}) => {
  await isStuck(customer, DECLINED);
  const fresh = await linkFrom(customer);
  await page.goto(`${fresh.slice(0, -1)}${fresh.endsWith('A') ? 'B' : 'A'}`);
  await expect(page.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible();
  await expect(page.getByText('$20.00')).toHaveCount(0);
  await isWellMade(page);

  await mailsAnOldLink(customer);
  const links = async () =>
    (await mailsTo(customer.email))
      .filter(({ subject }) => subject.includes('was declined'))
      .map((mail) => buttonOf(mail, 'See to this payment'));
  await expect.poll(async () => (await links()).length).toBe(2);
  await page.goto((await links()).find((link) => link !== fresh) ?? '');
  await expect(page.getByRole('heading', { name: 'This link is too old' })).toBeVisible();
  await expect(page.getByText('$20.00')).toHaveCount(0);
  await isWellMade(page);
  await page.getByRole('button', { name: 'Mail a new link to the owner' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your inbox' })).toBeVisible();
  await expect.poll(async () => new Set(await links()).size).toBe(3);
  await page.goto((await links()).at(-1) ?? '');
  await expect(page.getByRole('heading', { name: 'Your payment of $20.00 was declined' })).toBeVisible();
});

test('when Stripe is silent the page says so, and the next press goes on with the same attempt', async ({
  page,
  customer,
}) => {
  await isStuck(customer, DECLINED);
  await savesCard(customer, 'pm_card_visa');
  await page.goto(await linkFrom(customer));
  await sandbox.fail({
    method: 'POST',
    path: '/v1/payment_intents/*/confirm',
    fault: 'timeout_before',
    times: 2,
  });
  await page.getByRole('button', { name: 'Pay $20.00 with Visa ·4242' }).click();
  await expect(page.getByText('The payment service did not answer')).toBeVisible();
  await page.getByRole('button', { name: 'Pay $20.00 with Visa ·4242' }).click();
  await isPaidOnce(page, customer);
});

test('a viewer sees what waits and cannot pay, and a stranger sees nothing', async ({
  page,
  customer,
  browser,
}) => {
  await isStuck(customer, DECLINED);
  const [topUp] = await customer.topUps();
  await (await Customer.create()).joins(customer, 'owner');
  await rows(`UPDATE members SET role = 'viewer' WHERE account_id = $1 AND user_id = $2`, [
    customer.accountId,
    customer.userId,
  ]);
  await customer.signsIn(page);
  await page.goto(`/recoveries/${topUp?.id}`);
  await expect(page.getByText('Your role in this account does not allow payments.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Pay|Try|Void|new card/ })).toHaveCount(0);
  const refused = await page.request.post('/api/recovery/give-up', {
    form: { top_up: topUp?.id ?? '' },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(refused.status()).toBe(403);
  const foreign = await page.request.post('/api/recovery/give-up', { form: { top_up: topUp?.id ?? '' } });
  expect(foreign.status()).toBe(403);
  await rows(`UPDATE members SET role = 'owner' WHERE account_id = $1`, [customer.accountId]);

  const stranger = await browser.newPage();
  await (await Customer.create()).signsIn(stranger);
  expect((await stranger.goto(`/recoveries/${topUp?.id}`))?.status()).toBe(404);
  const stolen = await stranger.request.post('/api/recovery/give-up', {
    form: { top_up: topUp?.id ?? '' },
    headers: { origin: new URL(stranger.url()).origin },
  });
  expect(stolen.status()).toBe(404);
  await stranger.close();
  expect(await recoveryOf(customer)).toBe('declined');
});

test.describe('without any script', () => {
  test.use({ javaScriptEnabled: false });

  test('a payment is confirmed, refused, and made with a new card', async ({ page, customer }) => {
    await isStuck(customer, CHALLENGED);
    await page.goto(await linkFrom(customer));
    await page.getByRole('button', { name: 'Confirm $20.00 with your bank' }).click();
    await page.getByRole('button', { name: 'Fail authentication' }).click();
    await page.getByRole('button', { name: 'Use a new card' }).click();
    await paymentPage(page).fills('4242 4242 4242 4242');
    await page.getByRole('button', { name: 'Save card' }).click();
    await page.getByRole('button', { name: 'Pay $20.00 with Visa ·4242' }).click();
    await isPaidOnce(page, customer);
  });
});
