import { describe, expect, test } from 'vitest';

import { anOrder, aSandbox, ORIGIN } from './testing';

const ask = (
  { sandbox }: ReturnType<typeof aSandbox>,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) =>
  sandbox.answer(
    new Request(`${ORIGIN}${path}`, {
      method,
      headers: { Authorization: 'Bearer sk_test_x', ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  );

describe('the door', () => {
  test.each([
    { headers: { Authorization: '' }, status: 401, message: 'You did not provide an API key.' },
    {
      headers: { Authorization: 'Bearer sk_live_1234567890' },
      status: 401,
      message: 'Invalid API Key provided: sk_live_',
    },
    { headers: { Authorization: 'Bearer rk_test_1' }, status: 200, message: '' },
    { headers: { Authorization: `Basic ${btoa('sk_test_1:')}` }, status: 200, message: '' },
    { headers: { 'Stripe-Version': '2026-10-28.endive' }, status: 200, message: '' },
    {
      headers: { 'Stripe-Version': '2025-10-29.clover' },
      status: 400,
      message: 'Invalid Stripe API version',
    },
  ])('answers $headers with $status', async ({ headers, status, message }) => {
    const response = await ask(aSandbox(), '/v1/customers', { headers });
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(message);
    expect(response.headers.get('request-id')).toMatch(/^req_\w{14}$/);
  });

  test('does not know what Stripe does not know', async () => {
    const response = await ask(aSandbox(), '/v1/nothing');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('Unrecognized request URL (GET: /v1/nothing)') as string },
    });
  });

  test('prints objects over lines, and errors with their keys in order', async () => {
    const world = aSandbox();
    const customer = await world.stripe.customers.create({});
    const shown = await (await ask(world, `/v1/customers/${customer.id}`)).text();
    expect(shown).toContain('{\n  "id": "cus_');
    const { error } = (await (await ask(world, '/v1/customers/cus_none')).json()) as { error: object };
    expect(Object.keys(error)).toEqual(Object.keys(error).toSorted());
    expect(error).toMatchObject({
      code: 'resource_missing',
      message: "No such customer: 'cus_none'",
      param: 'id',
    });
  });

  test('refuses an expired card before the retry of the SDK would, saying so in a header', async () => {
    const world = aSandbox();
    const intent = await world.stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
    const declined = await ask(world, `/v1/payment_intents/${intent.id}/confirm`, {
      method: 'POST',
      body: 'payment_method=pm_card_chargeDeclined&return_url=http://app.test/',
    });
    expect(declined.status).toBe(402);
    expect(declined.headers.get('stripe-should-retry')).toBe('false');
  });
});

describe('parameters', () => {
  const order = { ...anOrder('cus_x') };
  const wrong = (changes: Record<string, unknown>) => changes;

  test.each([
    { changes: wrong({ colour: 'red' }), error: { code: 'parameter_unknown', param: 'colour' } },
    {
      changes: wrong({ line_items: [{ quantity: 1, price_data: { currency: 'usd', unitAmount: 1 } }] }),
      error: { code: 'parameter_unknown', param: 'line_items[0][price_data][unitAmount]' },
    },
    {
      changes: wrong({ payment_method_types: ['card'] }),
      error: { code: 'parameter_unknown', param: 'payment_method_types' },
    },
    {
      changes: wrong({ ui_mode: 'hosted' }),
      error: { param: 'ui_mode', message: expect.stringContaining('must be one of hosted_page') as string },
    },
    { changes: wrong({ mode: undefined }), error: { code: 'parameter_missing', param: 'mode' } },
    { changes: wrong({ line_items: undefined }), error: { code: 'parameter_missing', param: 'line_items' } },
    { changes: wrong({ success_url: '/relative' }), error: { code: 'url_invalid', param: 'success_url' } },
    { changes: wrong({ expires_at: 60 }), error: { param: 'expires_at' } },
    {
      changes: wrong({ expires_at: 'soon' }),
      error: { code: 'parameter_invalid_integer', param: 'expires_at' },
    },
    {
      changes: wrong({ client_reference_id: '' }),
      error: { code: 'parameter_invalid_empty', param: 'client_reference_id' },
    },
    { changes: wrong({ customer: 'cus_none' }), error: { code: 'resource_missing', param: 'customer' } },
    {
      changes: wrong({ customer_update: { name: 'auto' } }),
      error: { code: 'customer_tax_location_invalid' },
    },
    { changes: wrong({ customer_update: { address: 'auto' } }), error: { param: 'customer_update' } },
    {
      changes: wrong({ discounts: [{ coupon: 'x' }] }),
      error: { param: 'allow_promotion_codes' },
    },
    {
      changes: wrong({ optional_items: [{ price: 'price_1', quantity: 1 }] }),
      error: { code: 'sandbox_unmodelled_parameter', param: 'optional_items' },
    },
    {
      changes: wrong({
        line_items: [
          { quantity: 1, price_data: { currency: 'usd', unit_amount: 49, product_data: { name: 'x' } } },
        ],
      }),
      error: { code: 'amount_too_small' },
    },
  ])('a session with $changes is refused and not made', async ({ changes, error }) => {
    const { stripe, sandbox } = aSandbox();
    const customer = await stripe.customers.create({ email: 'a@example.org' });
    const params = { ...order, customer: customer.id, ...changes };
    await expect(stripe.checkout.sessions.create(params)).rejects.toMatchObject({
      statusCode: 400,
      ...error,
    });
    expect(sandbox.store.checkout_sessions.size()).toBe(0);
  });

  test('a payment intent says which parameter took the place of the removed one', async () => {
    const { stripe } = aSandbox();
    const params = { amount: 1000, currency: 'usd', payment_method_types: ['card'] };
    await expect(stripe.paymentIntents.create(params)).rejects.toMatchObject({
      code: 'payment_method_types_no_longer_supported',
    });
  });

  test('metadata merges, deletes by an empty value and is cleared by an empty whole', async () => {
    const { stripe } = aSandbox();
    const { id } = await stripe.customers.create({ metadata: { a: '1', b: '2' } });
    expect((await stripe.customers.update(id, { metadata: { b: '', c: '3' } })).metadata).toEqual({
      a: '1',
      c: '3',
    });
    expect((await stripe.customers.update(id, { name: 'Ada' })).metadata).toEqual({ a: '1', c: '3' });
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
  });

  test('an update tells what it changed, and none is told when nothing did', async () => {
    const { stripe, sandbox } = aSandbox();
    const { id } = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.update(id, { name: 'Ada' });
    await stripe.customers.update(id, { name: 'Grace' });
    const updates = [...sandbox.store.events.oldestFirst()].filter(({ type }) => type === 'customer.updated');
    expect(updates.map((event) => event.data.previous_attributes)).toEqual([{ name: 'Ada' }]);
  });
});

describe('lists', () => {
  const made = async (count: number) => {
    const world = aSandbox();
    const ids: string[] = [];
    for (let i = 0; i < count; i += 1) {
      if (i === count - 2) world.pass(10);
      ids.push((await world.stripe.customers.create({ email: `${i}@example.org` })).id);
    }
    return { ...world, newest: ids.toReversed() };
  };

  test('run newest first, a page at a time, with nothing lost between pages', async () => {
    const { stripe, newest } = await made(7);
    const first = await stripe.customers.list({ limit: 3 });
    expect(first.data.map(({ id }) => id)).toEqual(newest.slice(0, 3));
    expect(first.has_more).toBe(true);
    expect((await stripe.customers.list({ limit: 7 })).has_more).toBe(false);
    const all: string[] = [];
    for await (const { id } of stripe.customers.list({ limit: 3 })) all.push(id);
    expect(all).toEqual(newest);
    const back = await stripe.customers.list({ limit: 2, ending_before: newest[4] ?? '' });
    expect(back.data.map(({ id }) => id)).toEqual(newest.slice(2, 4));
    expect(back.has_more).toBe(true);
  });

  test('are cut by time of creation', async () => {
    const { stripe, newest } = await made(5);
    const created = (await stripe.customers.retrieve(newest[0] ?? '')) as { created: number };
    const recent = await stripe.customers.list({ created: { gte: created.created } });
    expect(recent.data.map(({ id }) => id)).toEqual(newest.slice(0, 2));
    const older = await stripe.customers.list({ created: { lt: created.created } });
    expect(older.data.map(({ id }) => id)).toEqual(newest.slice(2));
  });

  test('refuse two cursors, and one that names nothing', async () => {
    const { stripe, newest } = await made(2);
    const [a = '', b = ''] = newest;
    await expect(stripe.customers.list({ starting_after: a, ending_before: b })).rejects.toThrow(
      'Please pass in only one',
    );
    await expect(stripe.customers.list({ starting_after: 'cus_none' })).rejects.toMatchObject({
      statusCode: 400,
      code: 'resource_missing',
      param: 'starting_after',
    });
  });
});

describe('events', () => {
  test('are picked by type, by family and by twenty types at most', async () => {
    const { buy, stripe } = aSandbox();
    await buy();
    const typesOf = async (params: { type?: string; types?: string[] }) =>
      (await stripe.events.list(params)).data.map(({ type }) => type);
    expect(await typesOf({ type: 'invoice.*' })).toEqual([
      'invoice.payment_succeeded',
      'invoice.paid',
      'invoice.finalized',
      'invoice.created',
    ]);
    expect(await typesOf({ types: ['invoice.paid', 'charge.succeeded'] })).toEqual([
      'invoice.paid',
      'charge.succeeded',
    ]);
    await expect(typesOf({ types: Array<string>(21).fill('invoice.paid') })).rejects.toMatchObject({
      param: 'types',
    });
  });

  test('are forgotten after thirty days, as Stripe forgets them', async () => {
    const { stripe, pass } = aSandbox();
    await stripe.customers.create({});
    expect((await stripe.events.list()).data).toHaveLength(1);
    pass(30 * 24 * 60 * 60 + 1);
    expect((await stripe.events.list()).data).toEqual([]);
  });
});

describe('expand', () => {
  test('puts objects in place of ids, down to four levels', async () => {
    const { buy, stripe } = aSandbox();
    await buy();
    const { data } = await stripe.invoices.list({ expand: ['data.payments'] });
    expect(data[0]?.payments?.data[0]?.payment.payment_intent).toMatch(/^pi_/);
    const deep = await stripe.invoices.retrieve(data[0]?.id ?? '', {
      expand: ['payments.data.payment.payment_intent'],
    });
    expect(deep.payments?.data[0]?.payment.payment_intent).toMatchObject({ status: 'succeeded' });
    await expect(
      stripe.invoices.retrieve(deep.id, { expand: ['payments.data.payment.payment_intent.latest_charge'] }),
    ).rejects.toMatchObject({ code: 'property_expansion_max_depth' });
  });

  test('refuses a wrong path before anything is made', async () => {
    const { stripe, sandbox } = aSandbox();
    await expect(stripe.customers.create({ expand: ['metadata'] })).rejects.toThrow(
      'This property cannot be expanded (metadata).',
    );
    expect(sandbox.store.customers.size()).toBe(0);
  });

  test('shows what is left out otherwise', async () => {
    const { aSession, stripe } = aSandbox();
    const { session } = await aSession();
    expect(session.line_items).toBeUndefined();
    const lines = await stripe.checkout.sessions.listLineItems(session.id);
    expect(lines.data.map((line) => line.amount_total)).toEqual([5000]);
  });
});

describe('payment methods', () => {
  test('a magic id becomes a new card at each use, with one fingerprint', async () => {
    const { stripe } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const one = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const two = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect(one.id).not.toBe(two.id);
    expect(one.card?.fingerprint).toBe(two.card?.fingerprint);
  });

  test('a detached card is no default any more and can never come back', async () => {
    const { stripe } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    await stripe.paymentMethods.detach(card.id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    await expect(stripe.paymentMethods.attach(card.id, { customer })).rejects.toThrow(
      'It may not be used again.',
    );
  });
});
