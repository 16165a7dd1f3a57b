import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aCard, aSandbox } from './testing';

const HOME = 'http://app.test/billing';

const aPortal = async (params: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) => {
  const world = aSandbox();
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.org', name: 'Ada' });
  const { id: saved } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  const session = await stripe.billingPortal.sessions.create({ customer, return_url: HOME, ...params });
  const read = async () => (await world.open(session.url)).text();
  const standard = async () =>
    ((await stripe.customers.retrieve(customer)) as Stripe.Customer).invoice_settings.default_payment_method;
  return { ...world, customer, read, saved, session, standard };
};

const update: Partial<Stripe.BillingPortal.SessionCreateParams> = {
  flow_data: {
    type: 'payment_method_update',
    after_completion: { type: 'redirect', redirect: { return_url: `${HOME}?updated=1` } },
  },
};

describe('the portal', () => {
  test('shows cards, details and invoices, and the way back', async () => {
    const { customer, eventTypes, open, read, session, stripe } = await aPortal();
    expect(eventTypes().slice(-1)).toEqual(['billing_portal.session.created']);
    const draft = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({ invoice: draft.id, amount: 2500, currency: 'usd' });
    await stripe.invoices.finalizeInvoice(draft.id);
    const page = await read();
    expect(page).toContain('Manage your billing with Café Pénélope');
    expect(page).toContain('Mastercard •••• 4444');
    expect(page).toContain('$25.00');
    expect(page).toContain(`href="${HOME}"`);
    expect(await (await open(`${session.url}?page=card`)).text()).toContain('>Add card</button>');
  });

  test('adds a card, makes it the default and removes it', async () => {
    const { customer, eventTypes, post, saved, session, standard, stripe } = await aPortal();
    await post(session.url, { ...aCard(), do: 'add_card' });
    const { data } = await stripe.customers.listPaymentMethods(customer);
    expect(data.map(({ card }) => card?.last4)).toEqual(['4242', '4444']);
    expect(await standard()).toBe(data[0]?.id);
    await post(session.url, { do: 'default', id: saved });
    expect(await standard()).toBe(saved);
    await post(session.url, { do: 'remove', id: saved });
    expect(await standard()).toBeNull();
    expect(eventTypes().slice(-2)).toEqual(['payment_method.detached', 'customer.updated']);
  });

  test('says why a card is not added', async () => {
    const { post, session } = await aPortal();
    const refused = await post(session.url, { ...aCard('4000000000000002'), do: 'add_card' });
    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain('Your card was declined.');
    const unreadable = await post(session.url, { ...aCard('42'), do: 'add_card' });
    expect(unreadable.status).toBe(422);
  });

  test('changes what it may change', async () => {
    const { customer, post, session, stripe } = await aPortal();
    const fields = { ...aCard(), name: 'Ada King', email: 'ada@king.example', line2: 'Flat 2' };
    await post(session.url, { do: 'save_details', ...fields });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      name: 'Ada King',
      email: 'ada@king.example',
      address: { country: 'GB', line1: '12 St James’s Square', line2: 'Flat 2', postal_code: 'SW1A 1AA' },
    });
    const wrong = await post(session.url, { do: 'save_details', ...fields, email: 'nobody' });
    expect(await wrong.text()).toContain('Enter your email address.');
  });

  test('keeps tax IDs that can be numbers of their kind', async () => {
    const { customer, post, read, session, stripe } = await aPortal();
    const wrong = await post(session.url, { do: 'add_tax_id', type: 'eu_vat', value: '12' });
    expect(await wrong.text()).toContain('This is not a number of the kind EU VAT.');
    await post(session.url, { do: 'add_tax_id', type: 'eu_vat', value: 'DE123456789' });
    const [kept] = (await stripe.customers.listTaxIds(customer)).data;
    expect(kept).toMatchObject({ type: 'eu_vat', value: 'DE123456789', country: 'DE' });
    expect(await read()).toContain('DE123456789');
    await post(session.url, { do: 'remove_tax_id', id: kept?.id ?? '' });
    expect((await stripe.customers.listTaxIds(customer)).data).toEqual([]);
  });

  test('touches nothing of another customer', async () => {
    const { post, session, stripe } = await aPortal();
    const { id: other } = await stripe.customers.create({});
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer: other });
    await post(session.url, { do: 'remove', id });
    expect((await stripe.paymentMethods.retrieve(id)).customer).toBe(other);
  });

  test('is closed after an hour, and to a guessed address', async () => {
    const { open, pass, session } = await aPortal();
    expect((await open(`${session.url}x`)).status).toBe(404);
    pass(3700);
    expect((await open(session.url)).status).toBe(404);
  });
});

describe('the flow that updates the card', () => {
  test('makes the new card the default and goes back to the app', async () => {
    const { post, read, session, standard } = await aPortal(update);
    expect(await read()).toContain('Add payment method');
    const done = await post(session.url, { ...aCard(), do: 'add_card' });
    expect(done.headers.get('location')).toBe(`${HOME}?updated=1`);
    expect(await standard()).toMatch(/^pm_/);
  });

  test('goes to the bank and back', async () => {
    const { open, post, session, standard } = await aPortal(update);
    const asked = await post(session.url, { ...aCard('4000002760003184'), do: 'add_card' });
    const bank = asked.headers.get('location') ?? '';
    const failed = await post(bank, { answer: 'fail' });
    expect(await (await open(failed.headers.get('location') ?? '')).text()).toContain(
      'unable to authenticate',
    );
    expect(await standard()).toBeNull();
    const again = await post(session.url, { ...aCard('4000002760003184'), do: 'add_card' });
    const passed = await post(again.headers.get('location') ?? '', { answer: 'complete' });
    const back = await open(passed.headers.get('location') ?? '');
    expect(back.headers.get('location')).toBe(`${HOME}?updated=1`);
    expect(await standard()).toMatch(/^pm_/);
  });

  test('must be told where to go back to', async () => {
    await expect(
      aPortal({ flow_data: { type: 'payment_method_update', after_completion: { type: 'redirect' } } }),
    ).rejects.toMatchObject({ code: 'parameter_missing' });
  });
});

describe('a configuration', () => {
  test('says what the portal shows', async () => {
    const { customer, eventTypes, open, stripe } = await aPortal();
    const made = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
      business_profile: { headline: 'Café' },
      default_return_url: HOME,
    });
    expect(eventTypes().slice(-1)).toEqual(['billing_portal.configuration.created']);
    const session = await stripe.billingPortal.sessions.create({ customer, configuration: made.id });
    expect(session.return_url).toBe(HOME);
    const page = await (await open(session.url)).text();
    expect(page).toContain('Invoice history');
    expect(page).not.toContain('Payment methods');
    await stripe.billingPortal.configurations.update(made.id, {
      features: { payment_method_update: { enabled: true } },
    });
    expect(await (await open(session.url)).text()).toContain('Payment methods');
    const { data } = await stripe.billingPortal.configurations.list({ is_default: false });
    expect(data.map(({ id }) => id)).toEqual([made.id]);
  });
});

test('a tax ID made by the API is printed on the next invoice', async () => {
  const { stripe } = aSandbox();
  const { id: customer } = await stripe.customers.create({ name: 'Ada' });
  await stripe.customers.createTaxId(customer, { type: 'gb_vat', value: 'GB123456789' });
  await expect(stripe.customers.createTaxId(customer, { type: 'gb_vat', value: '1' })).rejects.toMatchObject({
    code: 'tax_id_invalid',
  });
  const draft = await stripe.invoices.create({ customer });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  expect(invoice.customer_tax_ids).toEqual([{ type: 'gb_vat', value: 'GB123456789' }]);
  const expanded = await stripe.customers.retrieve(customer, { expand: ['tax_ids'] });
  expect(expanded).toMatchObject({ tax_ids: { data: [{ value: 'GB123456789' }] } });
});
