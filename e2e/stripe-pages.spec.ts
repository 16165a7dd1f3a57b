import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type Stripe from 'stripe';

import { sandboxUrl } from './support/addresses';
import { paymentPage } from './support/payment-page';
import { sandbox } from './support/sandbox';
import { stripe } from './support/stripe';
import { balance, expect, test } from './support/test';

const BACK = `${sandboxUrl}/_sandbox?bought`;
/** No page may become wider for a name, a street or a mail address of any length. */
const LONG = {
  email: 'augusta.ada.king.countess.of.lovelace.and.her.analytical.engine@computing-machinery.example',
  name: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
  address: {
    country: 'DE',
    line1: 'Donaudampfschifffahrtsgesellschaftskapitänswitwenstraße 1234567890',
    city: 'Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu',
    postal_code: '10115',
  },
};

/** Somebody at Stripe whom the app does not know. */
const somebody = async (details: Stripe.CustomerCreateParams = {}) => {
  const { id } = await stripe.customers.create({
    email: 'ada@example.org',
    name: 'Ada Lovelace',
    ...details,
  });
  const card = async (name: string) => {
    const method = await stripe.paymentMethods.attach(`pm_card_${name}`, { customer: id });
    await stripe.paymentMethods.update(method.id, { allow_redisplay: 'always' });
    return method.id;
  };
  const session = (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({
      mode: 'payment',
      customer: id,
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'usd', unit_amount: 5000, product_data: { name: '5,000 credits' } },
        },
      ],
      saved_payment_method_options: { payment_method_save: 'enabled', payment_method_remove: 'enabled' },
      success_url: BACK,
      cancel_url: `${sandboxUrl}/_sandbox?canceled`,
      ...changes,
    });
  const invoice = async (changes: Partial<Stripe.InvoiceCreateParams> = {}) => {
    const draft = await stripe.invoices.create({ customer: id, ...changes });
    await stripe.invoiceItems.create({
      customer: id,
      invoice: draft.id,
      amount: 2500,
      currency: 'usd',
      description: '2,500 credits',
    });
    return stripe.invoices.finalizeInvoice(draft.id);
  };
  return { id, card, session, invoice };
};

const taxed: Partial<Stripe.Checkout.SessionCreateParams> = {
  automatic_tax: { enabled: true },
  allow_promotion_codes: true,
  billing_address_collection: 'required',
  customer_update: { address: 'auto', name: 'auto' },
  tax_id_collection: { enabled: true },
};
const widthOf = (page: Page) =>
  page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const);

async function isWellMade(page: Page, name: string) {
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    expect(faults, `${name}, ${colorScheme}, ${width} px`).toEqual([]);
    const [needed, given] = await widthOf(page);
    expect(needed, `${name}, ${width} px`).toBeLessThanOrEqual(given);
  }
}

test('every page of Checkout can be used by everyone, in light and dark, on a phone, with the longest address', async ({
  page,
}) => {
  const { card, session } = await somebody(LONG);
  await card('visa');
  await page.goto((await session(taxed)).url ?? '');
  await isWellMade(page, 'a taxed session');
  await page.getByLabel('Promotion code').fill('NONE');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('This promotion code does not exist.')).toBeVisible();
  await isWellMade(page, 'a code that is none');
  await page.getByText('Remove', { exact: true }).click();
  await isWellMade(page, 'a card about to be removed');
  await page.getByRole('link', { name: 'Change address or tax ID' }).click();
  await page.getByLabel('I am buying as a business').check();
  await page.getByLabel('Address').fill('');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await isWellMade(page, 'a place with mistakes');

  const stranger = await somebody();
  const open = await stranger.session({ billing_address_collection: 'required' });
  await page.goto(open.url ?? '');
  await page.getByRole('button', { name: 'Pay $50.00' }).click();
  await expect(page.getByText('Your card number is incomplete.')).toBeVisible();
  await isWellMade(page, 'a form full of mistakes');
  await page.goto(
    (await stranger.session({ mode: 'setup', currency: 'usd', line_items: undefined } as never)).url ?? '',
  );
  await isWellMade(page, 'a card to keep');
  await stripe.checkout.sessions.expire(open.id);
  await page.goto(`${sandboxUrl}/c/pay/${open.id}`);
  await expect(page.getByRole('heading', { name: 'This page has expired' })).toBeVisible();
  await isWellMade(page, 'an expired session');
});

test('every page of the portal and of invoices can be used by everyone, in light and dark, on a phone', async ({
  page,
}) => {
  const { card, id, invoice } = await somebody(LONG);
  const visa = await card('visa');
  await stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE123456789' });
  const open = await invoice({ footer: LONG.address.city });
  const waiting = await invoice();
  const asking = await card('authenticationRequired');
  await expect(stripe.invoices.pay(waiting.id, { payment_method: asking })).rejects.toMatchObject({
    statusCode: 402,
  });
  const paid = await invoice();
  await stripe.invoices.pay(paid.id, { payment_method: visa });
  const voided = await invoice();
  await stripe.invoices.voidInvoice(voided.id);
  for (const [name, { hosted_invoice_url: url }] of Object.entries({ open, waiting, paid, voided })) {
    await page.goto(url ?? '');
    await isWellMade(page, `an invoice that is ${name}`);
  }
  await page.goto(paid.hosted_invoice_url ?? '');
  await page.getByRole('link', { name: 'View receipt' }).click();
  await expect(page.getByRole('heading', { name: /^Receipt from / })).toBeVisible();
  await isWellMade(page, 'a receipt');

  const portal = await stripe.billingPortal.sessions.create({ customer: id, return_url: BACK });
  await page.goto(portal.url);
  await isWellMade(page, 'the portal');
  for (const link of ['Add payment method', 'Update information', 'Add tax ID']) {
    await page.goto(portal.url);
    await page.getByRole('link', { name: link }).click();
    await isWellMade(page, link);
  }
  await page.goto(waiting.hosted_invoice_url ?? '');
  await page.getByRole('button', { name: 'Confirm payment' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm your payment' })).toBeVisible();
  await isWellMade(page, 'the page of the bank');
});

test('the control page can be used by everyone, in light and dark, on a phone', async ({ page }) => {
  const { card, id, invoice } = await somebody(LONG);
  const visa = await card('visa');
  const { id: paid } = await invoice();
  await stripe.invoices.pay(paid, { payment_method: visa });
  // The lists are one table with other columns, so the widest stand for all.
  for (const path of [
    '',
    '/browse/payment_methods',
    '/browse/deliveries',
    '/browse/requests',
    `/browse/customers/${id}`,
    `/browse/invoices/${paid}`,
  ]) {
    await page.goto(`${sandboxUrl}/_sandbox${path}`);
    await isWellMade(page, path);
  }
});

test('Enter in the card form pays, and neither removes a card nor applies a code', async ({ page }) => {
  const { card, id, session } = await somebody();
  await card('visa');
  await page.goto((await session({ allow_promotion_codes: true })).url ?? '');
  await expect(page.getByLabel('Card number')).toBeHidden();
  await page.getByRole('radio', { name: 'A new card' }).check();
  await paymentPage(page).fills('5555 5555 5555 4444');
  await page.getByLabel('Name on card').press('Enter');
  await page.waitForURL(/bought/);
  expect((await stripe.customers.listPaymentMethods(id)).data).toHaveLength(1);
  expect((await sandbox.charges(id)).data).toMatchObject([{ amount: 5000, status: 'succeeded' }]);
});

test('a mistake puts the cursor into the first field that is wrong', async ({ page }) => {
  const { session } = await somebody();
  await page.goto((await session()).url ?? '');
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByRole('button', { name: 'Pay $50.00' }).click();
  const expiry = page.getByLabel('Expiry (MM / YY)');
  await expect(expiry).toBeFocused();
  await expect(expiry).toHaveAccessibleDescription("Your card's expiration date is incomplete.");
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a business says where it is, sees the tax, uses a code, fails and passes 3-D Secure, and has paid', async ({
    page,
  }) => {
    const { id, session } = await somebody();
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
    const { code } = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } });
    const bought = await session(taxed);
    await page.goto(bought.url ?? '');
    await page.getByLabel('Promotion code').fill(code);
    await page.getByRole('button', { name: 'Apply' }).click();

    await page.getByLabel('Country').selectOption('Germany');
    await page.getByLabel('Address').fill('Unter den Linden 6');
    await page.getByLabel('City').fill('Berlin');
    await page.getByLabel('Postcode').fill('10117');
    await page.getByLabel('I am buying as a business').check();
    await page.getByLabel('Business name').fill('Analytical Engines');
    await page.getByRole('textbox', { name: 'Tax ID' }).fill('DE123456789');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await expect(page.getByText('EU VAT DE123456789')).toBeVisible();

    await paymentPage(page).isOpen('$40.00');
    await paymentPage(page).pays('4000 0027 6000 3184');
    await page.getByRole('button', { name: 'Fail authentication' }).click();
    await expect(page.getByRole('alert')).toContainText('unable to authenticate');
    await paymentPage(page).pays('4000 0027 6000 3184');
    await expect(page.getByText('paying $40.00')).toBeVisible();
    await page.getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(/bought/);
    expect((await sandbox.charges(id)).data).toMatchObject([{ amount: 4000, status: 'succeeded' }]);
    expect((await stripe.checkout.sessions.retrieve(bought.id)).customer_details).toMatchObject({
      business_name: 'Analytical Engines',
      tax_ids: [{ value: 'DE123456789' }],
    });
  });

  test('a card is added, made the default and removed in the portal', async ({ page }) => {
    const { card, id } = await somebody();
    await card('mastercard');
    const { url } = await stripe.billingPortal.sessions.create({ customer: id, return_url: BACK });
    await page.goto(url);
    await page.getByRole('link', { name: 'Add payment method' }).click();
    await paymentPage(page).fills('4242 4242 4242 4242');
    await page.getByRole('button', { name: 'Add card' }).click();
    await expect(page.getByRole('status')).toHaveText('Your card was added.');
    await page.getByRole('button', { name: 'Make default: Mastercard •••• 4444' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Mastercard' })).toContainText('Default');
    await page.getByText('Remove', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Remove card: Visa •••• 4242' }).click();
    await expect(page.getByRole('status')).toHaveText('The card was removed.');
    const { data } = await stripe.customers.listPaymentMethods(id);
    expect(data.map((kept) => kept.card?.last4)).toEqual(['4444']);
    await page.getByRole('link', { name: /^Return to / }).click();
    await page.waitForURL(/bought/);
  });

  test('whoever tries the demo makes a card fail, and makes it work again', async ({ page }) => {
    const { card, id, invoice } = await somebody({ email: `${Date.now()}@demo.example` });
    const visa = await card('visa');
    const { hosted_invoice_url: url } = await invoice();
    const bankSays = async (outcome: string) => {
      await page.goto(`${sandboxUrl}/_sandbox/browse/payment_methods/${visa}`);
      await page.getByLabel('What the bank of Visa •••• 4242 says').selectOption(outcome);
      await page.getByRole('button', { name: 'Set: Visa •••• 4242' }).click();
      await expect(page.getByRole('status')).toBeVisible();
      await page.goto(url ?? '');
      await page.getByRole('button', { name: 'Pay $25.00' }).click();
    };
    await bankSays('not enough funds');
    await expect(page.getByRole('alert')).toContainText('insufficient funds');
    await bankSays('ask the holder (3-D Secure)');
    await page.getByRole('button', { name: 'Fail authentication' }).click();
    await expect(page.getByRole('alert')).toContainText('unable to authenticate');
    await bankSays('what its number says');
    await expect(page.getByText('Paid on')).toBeVisible();
    expect((await sandbox.charges(id)).data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  });
});

test('webhooks are held and released on the control page while the app copes', async ({
  page,
  context,
  customer,
}) => {
  const levers = await context.newPage();
  const press = async (name: string, sentence: string) => {
    await levers.goto(`${sandboxUrl}/_sandbox`);
    await levers.getByRole('button', { name, exact: true }).click();
    await expect(levers.getByRole('status')).toContainText(sentence);
  };
  await press('Hold', 'Deliveries are held.');
  await customer.signsIn(page);
  await page.getByRole('link', { name: 'Buy credits' }).first().click();
  await page.getByRole('radio', { name: /^5,000 credits/ }).check();
  await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
  await paymentPage(page).pays('4242 4242 4242 4242');
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  await press('Release what is held', 'What was held goes out');
  await expect.poll(sandbox.pendingDeliveries).toBe(0);
  await page.getByRole('link', { name: 'Back to Overview' }).click();
  await expect(balance(page)).toHaveText('5,120 credits');
  expect((await customer.entries()).slice(1)).toHaveLength(1);
});
