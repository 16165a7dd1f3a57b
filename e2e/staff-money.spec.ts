import { paymentPage } from './support/payment-page';
import { Colleague } from './support/staff';
import { expect, test } from './support/test';

test('staff answer where the money is, by the payment or the invoice that a customer sent', async ({
  page,
  customer,
  browser,
}) => {
  await customer.signsIn(page);
  await page.goto('/buy');
  await page.getByRole('radio', { name: /^5,000 credits/ }).check();
  await page.getByRole('button', { name: 'Continue to payment · $50.00' }).click();
  await paymentPage(page).isOpen('$50.00');

  const theirs = await browser.newPage();
  const joan = await Colleague.create('support');
  await joan.signsIn(theirs);
  const asks = async (sent: string) => {
    await theirs.goto('/staff/money');
    await theirs.getByLabel('Payment, invoice, receipt or purchase').fill(sent);
    await theirs.getByRole('button', { name: 'Find the money' }).click();
  };
  const [{ id, stripe_session: session } = { id: '', stripe_session: '' }] = await customer.topUps();
  await asks(session ?? '');
  await expect(theirs.getByText('Stripe has no money for this purchase')).toBeVisible();

  await paymentPage(page).pays('4242 4242 4242 4242');
  await expect(page.getByRole('heading', { name: '5,000 credits added' })).toBeVisible();
  const [{ stripe_payment: payment } = { stripe_payment: '' }] = await customer.topUps();
  await asks(payment ?? '');
  await expect(theirs.getByText('the credits are on the ledger')).toBeVisible();
  await expect(theirs.getByRole('heading', { name: `Purchase ${id}` })).toBeVisible();
  await theirs.getByRole('link', { name: 'Line 2' }).click();
  await expect(theirs.getByRole('heading', { name: 'Line 2', level: 1 })).toBeVisible();

  expect((await joan.lines()).map(({ action, object }) => [action, object])).toEqual([
    ['locate-payment', session],
    ['locate-payment', payment],
    ['read-account', 'activity'],
  ]);
  await theirs.close();
});
