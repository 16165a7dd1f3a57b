import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aCard, anOrder, aSandbox } from './testing';
import { formsOf, textOf } from './testing-html';

const untaxed = { automatic_tax: { enabled: false } } as const;
const place = { country: 'GB', line1: '12 St James’s Square', city: 'London', postcode: 'SW1A 1AA' };

const aPage = async (
  changes: Partial<Stripe.Checkout.SessionCreateParams> = untaxed,
  options: Parameters<typeof aSandbox>[0] = {},
) => {
  const world = aSandbox(options);
  const { customer, session } = await world.aSession(changes);
  const url = session.url ?? '';
  const read = async (query = '') => (await world.open(`${url.split('#')[0]}${query}`)).text();
  const send = async (fields: Record<string, string>) => {
    const answer = await world.post(url, fields);
    return { status: answer.status, to: answer.headers.get('location'), page: await answer.text() };
  };
  const now = () => world.stripe.checkout.sessions.retrieve(session.id);
  const charged = async () => (await world.stripe.charges.list()).data.map(({ amount }) => amount);
  return { ...world, customer, session, url, read, send, now, charged };
};

const taxed = () => aPage({}, { switches: { automaticTax: 'by_place' } });

/** The tag of a field, by its id. */
const tagOf = (page: string, id: string) =>
  new RegExp(`<(?:input|select)\\s[^>]*id="${id}"[^>]*>`).exec(page)?.[0] ?? '';

describe('a mistake', () => {
  test.each([
    { id: 'number', typed: { number: '4242' }, sentence: 'Your card number is incomplete.' },
    { id: 'expiry', typed: { expiry: '13 / 30' }, sentence: 'Your card’s expiration date is incomplete.' },
    { id: 'cvc', typed: { cvc: 'x' }, sentence: 'Your card’s security code is incomplete.' },
    { id: 'name', typed: { name: '' }, sentence: 'Enter the name on your card.' },
    { id: 'country', typed: { country: 'XX' }, sentence: 'Choose your country.' },
    { id: 'line1', typed: { line1: ' ' }, sentence: 'Enter your address.' },
    { id: 'city', typed: { city: '' }, sentence: 'Enter your city.' },
    { id: 'postcode', typed: { postcode: '' }, sentence: 'Enter your postcode.' },
    { id: 'state', typed: { country: 'US' }, sentence: 'Enter your state or province.' },
    {
      id: 'state',
      typed: { country: 'US', state: 'Bavaria' },
      sentence: 'Enter a state of the United States',
    },
  ])('in $id is said under it and tied to it: $sentence', async ({ id, typed, sentence }) => {
    const { charged, send } = await aPage();
    const { status, page } = await send(aCard('4242424242424242', typed));
    expect(status).toBe(422);
    expect(tagOf(page, id)).toMatch(/aria-invalid="true"/);
    expect(tagOf(page, id)).toContain(`aria-describedby="${id}-mistake"`);
    const said = new RegExp(`<p class="mistake" id="${id}-mistake">([^<]*)</p>`).exec(page)?.[1] ?? '';
    expect(said.replaceAll('&#39;', '’')).toContain(sentence);
    expect(textOf(page)).toContain('Please look again at the field that is marked.');
    expect(page).toContain('<title>Error: Pay');
    expect(await charged()).toEqual([]);
  });

  test('is one of several: all are marked, the cursor stands in the first', async () => {
    const { send } = await aPage({ ...untaxed, customer: undefined, customer_update: undefined } as never);
    const { page } = await send({ number: '42', country: 'GB' });
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(8);
    expect(page.match(/autofocus/g)).toHaveLength(1);
    expect(tagOf(page, 'email')).toContain('autofocus');
    expect(textOf(page)).toContain('Please look again at the 8 fields that are marked.');
  });

  test('of the bank stands before the card and is tied to its number', async () => {
    const { send } = await aPage();
    const { status, page } = await send(aCard('4000000000000002', { save: 'yes' }));
    expect(status).toBe(402);
    expect(page).toContain('<div id="refusal"><p role="alert">Your card was declined.</p></div>');
    expect(tagOf(page, 'number')).toMatch(/aria-invalid="true"[\s\S]*aria-describedby="refusal"/);
    expect(tagOf(page, 'name')).toContain('value="Ada Lovelace"');
    expect(tagOf(page, 'save')).toContain('checked');
    expect(tagOf(page, 'number')).toContain('value=""');
    expect(tagOf(page, 'cvc')).toContain('value=""');
  });
});

describe('an address', () => {
  test('is asked for whole where the session requires one, and kept whole', async () => {
    const { customer, send, now, stripe } = await aPage();
    await send(
      aCard('4242424242424242', {
        country: 'US',
        line1: '1 Main St',
        city: 'Albany',
        state: 'new york',
        postcode: '12207',
      }),
    );
    const address = { country: 'US', line1: '1 Main St', city: 'Albany', state: 'NY', postal_code: '12207' };
    expect(await now()).toMatchObject({ status: 'complete', customer_details: { address } });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ address });
  });

  test('is not asked for where the session does not', async () => {
    const { read, send } = await aPage({ ...untaxed, billing_address_collection: 'auto' });
    expect(await read()).not.toContain('id="line1"');
    const { number = '', expiry = '', cvc = '', name = '' } = aCard();
    expect((await send({ number, expiry, cvc, name })).status).toBe(303);
  });

  test('of a customer is there already', async () => {
    const { customer, read, stripe } = await aPage();
    await stripe.customers.update(customer.id, { address: { country: 'IE', line1: '1 Quay', city: 'Cork' } });
    const page = await read();
    expect(tagOf(page, 'line1')).toContain('value="1 Quay"');
    expect(page).toMatch(/<option value="IE" selected>/);
  });

  test.each([
    { country: 'IE', state: '' },
    { country: 'HK', state: '' },
  ])('in $country can do without a postcode', async (where) => {
    const { send } = await aPage();
    expect((await send(aCard('4242424242424242', { ...where, postcode: '' }))).status).toBe(303);
  });
});

describe('a saved card', () => {
  const aSaved = async (remove: 'enabled' | 'disabled') => {
    const world = await aPage();
    const { customer, stripe } = world;
    const bought = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.paymentMethods.update(bought.id, { allow_redisplay: 'always' });
    const session = await stripe.checkout.sessions.create({
      ...anOrder(customer.id),
      ...untaxed,
      saved_payment_method_options: { payment_method_remove: remove },
    });
    const cards = async () => (await stripe.customers.listPaymentMethods(customer.id)).data.length;
    const page = async () => (await world.open(session.url ?? '')).text();
    return { ...world, url: session.url ?? '', id: bought.id, cards, page };
  };

  test('is removed from the page, by a button that Enter in the form never presses', async () => {
    const { cards, id, page, post, url } = await aSaved('enabled');
    const before = await page();
    expect(before).toContain(`form="remove-card"`);
    expect(
      formsOf(before)
        .find(({ controls }) => controls.some(({ name }) => name === 'number'))
        ?.controls.at(-1)?.name,
    ).not.toBe('remove');
    expect((await post(url, { remove: id })).status).toBe(303);
    expect(await cards()).toBe(0);
    expect(await page()).not.toContain('•••• 4242');
  });

  test('is not removed where the session does not let it be', async () => {
    const { cards, id, page, post, url } = await aSaved('disabled');
    expect(await page()).not.toContain('Remove');
    await post(url, { remove: id });
    expect(await cards()).toBe(1);
  });

  test('of somebody else is not removed', async () => {
    const { post, stripe, url } = await aSaved('enabled');
    const { id: customer } = await stripe.customers.create({});
    const other = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.paymentMethods.update(other.id, { allow_redisplay: 'always' });
    await post(url, { remove: other.id });
    expect((await stripe.paymentMethods.retrieve(other.id)).customer).toBe(customer);
  });
});

describe('tax', () => {
  test('is told before a card is asked for, and is on the charge and the invoice', async () => {
    const { charged, now, read, send, stripe } = await taxed();
    const first = await read();
    expect(textOf(first)).toContain('Tax follows your address');
    expect(first).not.toContain('id="number"');
    expect((await send({ do: 'place', ...place })).status).toBe(303);

    const second = await read();
    expect(textOf(second)).toContain('VAT (20%) $10.00');
    expect(textOf(second)).toContain('Pay $60.00');
    expect(textOf(second)).toContain('12 St James’s Square London, SW1A 1AA United Kingdom');
    const { number = '', expiry = '', cvc = '', name = '' } = aCard();
    expect((await send({ agreed: '6000', number, expiry, cvc, name })).status).toBe(303);
    expect(await charged()).toEqual([6000]);
    const { invoice, total_details: details } = await now();
    expect(details?.amount_tax).toBe(1000);
    expect(await stripe.invoices.retrieve(invoice as string)).toMatchObject({
      total: 6000,
      amount_paid: 6000,
    });
  });

  test('that changes what was agreed charges nothing, and asks again', async () => {
    const { charged, send } = await taxed();
    const { status, page } = await send({ ...aCard(), agreed: '5000' });
    expect(status).toBe(409);
    expect(textOf(page)).toContain('The total is $60.00 now. Nothing was charged: look again, and pay.');
    expect(textOf(page)).toContain('Pay $60.00');
    expect(await charged()).toEqual([]);
    expect((await send({ ...aCard(), agreed: '6000' })).status).toBe(303);
    expect(await charged()).toEqual([6000]);
  });

  test('follows an address that is changed', async () => {
    const { read, send } = await taxed();
    await send({ do: 'place', ...place });
    expect(await read('?step=address')).toContain('value="London"');
    await send({ do: 'place', ...place, country: 'DE', city: 'Berlin', postcode: '10115' });
    expect(textOf(await read())).toContain('VAT (19%) $9.50');
  });

  test('asks for the place alone where nothing was said of it', async () => {
    const { send } = await taxed();
    const { page } = await send({ number: '42' });
    expect(textOf(page)).toContain('Please look again at the field that is marked.');
    expect(tagOf(page, 'country')).toContain('country-mistake');
  });

  test('says what is missing of an address', async () => {
    const { read, send } = await taxed();
    const { status, page } = await send({ do: 'place', ...place, city: '' });
    expect(status).toBe(422);
    expect(tagOf(page, 'city')).toContain('aria-describedby="city-mistake"');
    expect(textOf(await read())).toContain('Tax follows your address');
  });

  test('of a saved card is that of the place the page shows, not of the card', async () => {
    const { charged, customer, send, stripe } = await taxed();
    const address = { country: 'DE', line1: '1 Allee', city: 'Berlin', postal_code: '10115' };
    await stripe.customers.update(customer.id, { address });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.paymentMethods.update(card.id, {
      allow_redisplay: 'always',
      billing_details: { address: { country: 'GB', line1: '1 Road', city: 'Leeds', postal_code: 'LS1 1AA' } },
    });
    expect((await send({ method: card.id })).status).toBe(303);
    expect(await charged()).toEqual([5950]);
  });
});

test('a card to keep is a new one, whatever is kept already', async () => {
  const { customer, stripe, open } = await aPage();
  const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.paymentMethods.update(id, { allow_redisplay: 'always' });
  const setup = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    success_url: 'http://app.test/ok',
  });
  const page = await (await open(setup.url ?? '')).text();
  expect(page).not.toContain('•••• 4242');
  expect(page).toContain('id="number"');
});

describe('a business', () => {
  const business = {
    business: 'yes',
    business_name: 'Analytical Engines',
    type: 'eu_vat',
    value: 'DE123456789',
  };
  const berlin = { ...place, country: 'DE', city: 'Berlin', postcode: '10115' };

  test('owes the tax itself in another country of the union, and its number is kept', async () => {
    const { charged, customer, now, read, send, stripe } = await taxed();
    await send({ do: 'place', ...berlin, ...business });
    expect(textOf(await read())).toContain('Tax: reverse charge $0.00');
    expect(textOf(await read())).toContain('EU VAT DE123456789');
    const { number = '', expiry = '', cvc = '', name = '' } = aCard();
    await send({ agreed: '5000', number, expiry, cvc, name });
    expect(await charged()).toEqual([5000]);
    expect(await now()).toMatchObject({
      customer_details: {
        business_name: 'Analytical Engines',
        tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
      },
    });
    expect((await stripe.customers.listTaxIds(customer.id)).data).toMatchObject([{ value: 'DE123456789' }]);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Analytical Engines' });
  });

  test.each([
    {
      typed: { ...business, value: 'DE12' },
      id: 'value',
      sentence: 'This is not a number of the kind EU VAT.',
    },
    { typed: { ...business, value: '' }, id: 'value', sentence: 'Enter your tax ID.' },
    {
      typed: { ...business, business_name: '' },
      id: 'business_name',
      sentence: 'Enter the name of your business.',
    },
    { typed: { ...business, type: 'moon_vat' }, id: 'type', sentence: 'Choose the kind of your tax ID.' },
  ])('is told what is wrong: $sentence', async ({ typed, id, sentence }) => {
    const { send } = await taxed();
    const { status, page } = await send({ do: 'place', ...berlin, ...typed });
    expect(status).toBe(422);
    expect(tagOf(page, id)).toContain(`${id}-mistake`);
    expect(textOf(page)).toContain(sentence);
  });

  test('that is none any more has no number and no name', async () => {
    const { read, send } = await taxed();
    await send({ do: 'place', ...berlin, ...business });
    const { business: _ticked, ...unticked } = business;
    await send({ do: 'place', ...berlin, ...unticked });
    expect(textOf(await read())).toContain('VAT (19%)');
    expect(await read()).not.toContain('Analytical Engines');
  });

  test('must give its number where the session requires one', async () => {
    const { read, send } = await aPage({
      ...untaxed,
      tax_id_collection: { enabled: true, required: 'if_supported' },
    });
    expect(await read()).not.toContain('id="business"');
    const { status, page } = await send({ ...aCard(), type: 'eu_vat', value: '', business_name: '' });
    expect(status).toBe(422);
    expect(tagOf(page, 'value')).toContain('value-mistake');
    expect((await send({ ...aCard(), ...business, business: '' })).status).toBe(303);
  });
});

describe('a promotion code', () => {
  const withCode = async (percent: number) => {
    const world = await aPage();
    const coupon = await world.stripe.coupons.create({
      percent_off: percent,
      duration: 'once',
      name: 'Welcome',
    });
    await world.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'WELCOME',
    });
    return world;
  };

  test('is taken off, shown, charged less, and can be taken back', async () => {
    const { charged, read, send } = await withCode(20);
    await send({ do: 'code', code: 'welcome' });
    expect(textOf(await read())).toContain('Discount WELCOME −$10.00');
    expect(textOf(await read())).toContain('Pay $40.00');
    await send({ do: 'leave_code' });
    expect(textOf(await read())).toContain('Pay $50.00');
    await send({ do: 'code', code: 'WELCOME' });
    await send({ ...aCard(), agreed: '4000' });
    expect(await charged()).toEqual([4000]);
  });

  test.each([
    { code: 'NOPE', sentence: 'This promotion code does not exist.' },
    { code: '', sentence: 'Enter a promotion code.' },
  ])('that is $code is refused under its box', async ({ code, sentence }) => {
    const { send } = await withCode(20);
    const { status, page } = await send({ do: 'code', code });
    expect(status).toBe(422);
    expect(tagOf(page, 'code')).toContain('aria-describedby="code-mistake"');
    expect(textOf(page)).toContain(sentence);
  });

  test('for everything asks for no card', async () => {
    const { charged, now, read, send } = await withCode(100);
    await send({ do: 'code', code: 'WELCOME' });
    const page = await read();
    expect(textOf(page)).toContain('Complete order');
    expect(page).not.toContain('id="number"');
    expect((await send({ agreed: '0' })).status).toBe(303);
    expect(await now()).toMatchObject({ status: 'complete', payment_status: 'no_payment_required' });
    expect(await charged()).toEqual([]);
  });

  test('has no box where the session takes none', async () => {
    const { read, send } = await aPage({ ...untaxed, allow_promotion_codes: false });
    expect(await read()).not.toContain('id="code"');
    expect((await send({ do: 'code', code: 'X' })).page).toContain('Error: Pay');
  });
});

test('the button says the app’s deed, and beside it the app’s words', async () => {
  const { read } = await aPage({
    ...untaxed,
    submit_type: 'donate',
    custom_text: { submit: { message: 'Merci pour votre don.' } },
  });
  expect(textOf(await read())).toContain('Donate $50.00 Merci pour votre don.');
});

test('a payment that comes later is not called paid', async () => {
  const { open, send, url } = await aPage(untaxed, { switches: { delayedPayment: 'succeeds' } });
  await send(aCard());
  expect(textOf(await (await open(url)).text())).toContain('Your payment is on its way');
});

test('no page runs a script, is kept or is framed', async () => {
  const { open, url } = await aPage();
  const answer = await open(url);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.text()).not.toContain('<script');
});
