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

describe('the home of the portal', () => {
  test('says what was just done, in words of its own only', async () => {
    const { open, post, saved, session } = await aPortal();
    const done = await post(session.url, { do: 'default', id: saved });
    const to = done.headers.get('location') ?? '';
    expect(to).toContain('?page=home&done=default');
    const page = await (await open(new URL(to, session.url).href)).text();
    expect(page).toContain('<p role="status">This card is charged from now on.</p>');
    expect(page).toContain('>Default</span>');
    const forged = await (await open(`${session.url}?done=constructor`)).text();
    expect(forged).not.toContain('role="status"');
  });

  test('asks before a card is removed, and names each button by its card', async () => {
    const { read } = await aPortal();
    const page = await read();
    expect(page).toContain('aria-label="Make default: Mastercard •••• 4444"');
    expect(page).toMatch(
      /<details class="remove">[\s\S]*can not be undone[\s\S]*aria-label="Remove card: Mastercard •••• 4444"/,
    );
  });

  test('marks a card that has expired', async () => {
    const { customer, control, open, read, stripe } = await aPortal();
    expect(await read()).not.toContain('>Expired</span>');
    await control('/clock', { advance: 2 * 365 * 24 * 60 * 60 });
    const { url } = await stripe.billingPortal.sessions.create({ customer });
    expect(await (await open(url)).text()).toContain('>Expired</span>');
  });

  test('shows a year of invoices, and all of them when asked', async () => {
    const { customer, open, read, session, stripe } = await aPortal();
    for (let i = 0; i < 14; i += 1) {
      const draft = await stripe.invoices.create({ customer });
      await stripe.invoices.finalizeInvoice(draft.id);
    }
    const links = (page: string) => page.match(/aria-label="PDF of invoice/g)?.length;
    const page = await read();
    expect(links(page)).toBe(12);
    expect(page).toContain('Show all 14 invoices');
    expect(links(await (await open(`${session.url}?page=invoices`)).text())).toBe(14);
  });

  test('says under each field what is wrong with an address', async () => {
    const { customer, post, session, stripe } = await aPortal();
    const fields = { ...aCard(), do: 'save_details', email: 'ada@example.org', line1: '', city: '' };
    const answer = await post(session.url, fields);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('id="line1-mistake"');
    expect(page).toContain('id="city-mistake"');
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ address: null });
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

  test('ends with a word, or in the whole portal, where it is not told to go back', async () => {
    const confirmed = await aPortal({
      flow_data: {
        type: 'payment_method_update',
        after_completion: {
          type: 'hosted_confirmation',
          hosted_confirmation: { custom_message: 'À bientôt' },
        },
      },
    });
    const word = await (await confirmed.post(confirmed.session.url, { ...aCard(), do: 'add_card' })).text();
    expect(word).toContain('À bientôt');
    expect(word).toContain(`<a href="${HOME}">Return to Café Pénélope</a>`);

    const portal = await aPortal({ flow_data: { type: 'payment_method_update' } });
    const home = await portal.post(portal.session.url, { ...aCard(), do: 'add_card' });
    expect(home.headers.get('location')).toContain('?page=home&done=card');
    expect(await portal.standard()).toMatch(/^pm_/);
  });

  test('does not make a card the default that was removed since', async () => {
    const { open, post, session, standard, stripe } = await aPortal(update);
    const asked = await post(session.url, { ...aCard('4000002760003184'), do: 'add_card' });
    const passed = await post(asked.headers.get('location') ?? '', { answer: 'complete' });
    const back = passed.headers.get('location') ?? '';
    await open(back);
    await stripe.paymentMethods.detach((await standard()) as string);
    await open(back);
    expect(await standard()).toBeNull();
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

test('the flow that updates the details goes back to the app', async () => {
  const { post, read, session } = await aPortal({
    flow_data: {
      type: 'customer_update',
      after_completion: { type: 'redirect', redirect: { return_url: `${HOME}?saved=1` } },
    },
  });
  expect(await read()).toContain('Billing information');
  const done = await post(session.url, { ...aCard(), email: 'ada@example.org', do: 'save_details' });
  expect(done.headers.get('location')).toBe(`${HOME}?saved=1`);
});

test.each([
  { doing: 'add_card', features: { invoice_history: { enabled: true } } },
  { doing: 'default', features: { invoice_history: { enabled: true } } },
  { doing: 'remove', features: { invoice_history: { enabled: true } } },
  { doing: 'save_details', features: { invoice_history: { enabled: true } } },
  {
    doing: 'add_tax_id',
    features: { customer_update: { enabled: true, allowed_updates: ['email' as const] } },
  },
  { doing: 'remove_tax_id', features: { customer_update: { enabled: false } } },
  { doing: 'nothing', features: { payment_method_update: { enabled: true } } },
])('a portal that does not offer $doing does not do it', async ({ doing, features }) => {
  const { customer, post, saved, stripe } = await aPortal();
  const configuration = await stripe.billingPortal.configurations.create({ features });
  const { url } = await stripe.billingPortal.sessions.create({ customer, configuration: configuration.id });
  const answer = await post(url, { ...aCard(), do: doing, id: saved });
  expect(answer.status).toBe(403);
  expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([saved]);
});

test('a portal changes only what its configuration allows', async () => {
  const { customer, open, post, stripe } = await aPortal();
  const configuration = await stripe.billingPortal.configurations.create({
    features: { customer_update: { enabled: true, allowed_updates: ['email'] } },
    business_profile: { headline: 'Les crédits', terms_of_service_url: 'http://app.test/terms' },
  });
  const { url } = await stripe.billingPortal.sessions.create({ customer, configuration: configuration.id });
  const home = await (await open(url)).text();
  expect(home).toContain('Les crédits');
  expect(home).toContain('<a href="http://app.test/terms">Terms of service</a>');
  expect(await (await open(`${url}?page=details`)).text()).not.toContain('id="line1"');
  await post(url, { do: 'save_details', email: 'ada@king.example', name: 'Mallory', country: 'GB' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    email: 'ada@king.example',
    name: 'Ada',
    address: null,
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
