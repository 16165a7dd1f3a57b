import { expect, test } from 'vitest';

import { aSandbox } from './testing';
import type { Switches } from './world';

const asked = async (switches: Partial<Switches>) => {
  const world = aSandbox({ switches });
  const { id: customer } = await world.stripe.customers.create({ email: 'ada@example.org' });
  return { ...world, customer };
};

test.each([
  ['cleared', null],
  ['kept', expect.stringMatching(/^pm_/)],
] as const)('a default card that is detached is %s', async (detachedDefault, left) => {
  const { customer, stripe } = await asked({ detachedDefault });
  const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  await stripe.paymentMethods.detach(id);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    invoice_settings: { default_payment_method: left },
  });
});

test.each([
  ['not_needed', 'succeeded'],
  ['required', 400],
] as const)('a return address for a card alone is %s', async (cardsOnlyReturnUrl, ends) => {
  const { customer, stripe } = await asked({ cardsOnlyReturnUrl });
  const charged = stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    customer,
    payment_method: 'pm_card_visa',
    allowed_payment_method_types: ['card'],
    confirm: true,
    off_session: true,
  });
  const how = await charged.then(
    ({ status }) => status,
    (error: { statusCode: number }) => error.statusCode,
  );
  expect(how).toBe(ends);
});

test.each([
  ['without_code', undefined],
  ['with_code', 'invoice_not_editable'],
] as const)('a paid invoice is not paid again, %s', async (paidInvoiceRefusal, code) => {
  const { customer, sandbox, stripe } = await asked({ paidInvoiceRefusal });
  const { id } = await stripe.invoices.create({ customer, rendering: { pdf: { page_size: 'a4' } } });
  await stripe.invoiceItems.create({ invoice: id, amount: 500, currency: 'usd' });
  const pay = () => stripe.invoices.pay(id, { payment_method: 'pm_card_visa' });
  expect(await pay()).toMatchObject({ status: 'paid', rendering: { pdf: { page_size: 'a4' } } });
  await expect(pay()).rejects.toMatchObject({ statusCode: 400, code, message: 'Invoice is already paid' });
  expect(sandbox.store.charges.size()).toBe(1);
});
