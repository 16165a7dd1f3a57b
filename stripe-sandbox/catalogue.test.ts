import { describe, expect, test } from 'vitest';

import { anOrder, aSandbox } from './testing';

describe('products and prices', () => {
  test('are made, found, changed and told of', async () => {
    const { stripe, eventTypes } = aSandbox();
    const product = await stripe.products.create({ name: 'Crédits', id: 'credits', metadata: { a: '1' } });
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'USD',
      unit_amount: 1000,
      lookup_key: 'credits_100',
      tax_behavior: 'exclusive',
    });
    expect(price).toMatchObject({ currency: 'usd', unit_amount: 1000, product: 'credits', type: 'one_time' });
    await stripe.products.update('credits', { default_price: price.id, description: '' });
    const found = await stripe.prices.list({ lookup_keys: ['credits_100'], expand: ['data.product'] });
    expect(found.data).toMatchObject([{ id: price.id, product: { name: 'Crédits', description: null } }]);
    await stripe.prices.update(price.id, { active: false, nickname: 'Old' });
    expect((await stripe.prices.list({ product: 'credits', active: true })).data).toEqual([]);
    expect(eventTypes()).toEqual(['product.created', 'price.created', 'product.updated', 'price.updated']);
  });

  test('a lookup key names one price, and moves only when that is asked for', async () => {
    const { stripe } = aSandbox();
    const wanted = { product_data: { name: 'Credits' }, currency: 'usd', unit_amount: 1, lookup_key: 'k' };
    const first = await stripe.prices.create(wanted);
    await expect(stripe.prices.create(wanted)).rejects.toMatchObject({ param: 'lookup_key' });
    const second = await stripe.prices.create({ ...wanted, transfer_lookup_key: true });
    expect(second.lookup_key).toBe('k');
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  });

  test('a product with a price is archived, not deleted', async () => {
    const { stripe } = aSandbox();
    const price = await stripe.prices.create({
      product_data: { name: 'Credits' },
      currency: 'usd',
      unit_amount: 1,
    });
    await expect(stripe.products.del(price.product as string)).rejects.toMatchObject({ statusCode: 400 });
    const { id } = await stripe.products.create({ name: 'Nothing' });
    expect(await stripe.products.del(id)).toEqual({ id, object: 'product', deleted: true });
    await expect(stripe.products.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
  });

  test.each([
    [
      { currency: 'usd', unit_amount: 1 },
      { code: 'parameter_missing', param: 'product' },
    ],
    [
      { currency: 'usd', product: 'prod_x', unit_amount: 1 },
      { code: 'resource_missing', param: 'product' },
    ],
    [
      { currency: 'usd', product_data: { name: 'A' } },
      { code: 'parameter_missing', param: 'unit_amount' },
    ],
    [
      { currency: 'usd', product_data: { name: ' ' }, unit_amount: 1 },
      { code: 'parameter_invalid_string_blank', param: 'product_data[name]' },
    ],
  ])('a price of %o is refused', async (params, error) => {
    const { stripe, sandbox } = aSandbox();
    await expect(stripe.prices.create(params)).rejects.toMatchObject({ statusCode: 400, ...error });
    expect(sandbox.store.prices.size()).toBe(0);
  });

  test('a session and an invoice sell a price that stands, and no price that was archived', async () => {
    const { stripe, sandbox } = aSandbox();
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.org' });
    const price = await stripe.prices.create({
      product_data: { name: 'Crédits' },
      currency: 'usd',
      unit_amount: 700,
    });
    const order = { ...anOrder(customer), line_items: [{ price: price.id, quantity: 3 }] };
    const session = await stripe.checkout.sessions.create({ ...order, expand: ['line_items'] });
    expect(session).toMatchObject({
      amount_total: 2100,
      line_items: { data: [{ description: 'Crédits', amount_total: 2100 }] },
    });
    const draft = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({ invoice: draft.id, pricing: { price: price.id }, quantity: 2 });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
      total: 1400,
      lines: { data: [{ description: 'Crédits', quantity: 2 }] },
    });
    await stripe.prices.update(price.id, { active: false });
    const sessions = sandbox.store.checkout_sessions.size();
    await expect(stripe.checkout.sessions.create(order)).rejects.toMatchObject({ statusCode: 400 });
    expect(sandbox.store.checkout_sessions.size()).toBe(sessions);
  });
});

describe('a tax rate', () => {
  test('is made, changed, and applied to the lines that name it', async () => {
    const { stripe, eventTypes } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const vat = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 19 });
    const city = await stripe.taxRates.create({ display_name: 'City', inclusive: true, percentage: 1.5 });
    await stripe.taxRates.update(vat.id, { description: 'Value added' });
    const draft = await stripe.invoices.create({ customer, default_tax_rates: [vat.id] });
    await stripe.invoiceItems.create({ invoice: draft.id, amount: 1000, currency: 'usd' });
    await stripe.invoiceItems.create({
      invoice: draft.id,
      amount: 1015,
      currency: 'usd',
      tax_rates: [city.id],
    });
    const invoice = await stripe.invoices.retrieve(draft.id);
    expect(invoice).toMatchObject({ subtotal: 2015, total: 2205, total_excluding_tax: 2000 });
    expect(invoice.total_taxes?.map(({ amount, tax_behavior: how }) => [amount, how])).toEqual([
      [190, 'exclusive'],
      [15, 'inclusive'],
    ]);
    expect(eventTypes()).toEqual(expect.arrayContaining(['tax_rate.created', 'tax_rate.updated']));
    await expect(stripe.invoices.create({ customer, default_tax_rates: ['txr_none'] })).rejects.toMatchObject(
      { code: 'resource_missing', param: 'default_tax_rates[0]' },
    );
  });
});
