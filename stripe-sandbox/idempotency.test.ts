import { describe, expect, test } from 'vitest';

import { aSandbox, ORIGIN } from './testing';

const create = (
  { sandbox }: ReturnType<typeof aSandbox>,
  key: string,
  { path = '/v1/customers', body = 'name=Ada' }: { path?: string; body?: string } = {},
) =>
  sandbox.answer(
    new Request(`${ORIGIN}${path}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer sk_test_x', 'Idempotency-Key': key },
      body,
    }),
  );

describe('the same key', () => {
  test('gets the same answer, byte for byte, and does nothing twice', async () => {
    const world = aSandbox();
    const first = await create(world, 'k1');
    const again = await create(world, 'k1');
    expect(await again.text()).toBe(await first.text());
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('original-request')).toBe(first.headers.get('request-id'));
    expect(again.headers.get('request-id')).not.toBe(first.headers.get('request-id'));
    expect(world.sandbox.store.customers.size()).toBe(1);
    expect(world.eventTypes()).toEqual(['customer.created']);
  });

  test('refuses other parameters and another endpoint', async () => {
    const world = aSandbox();
    await create(world, 'k1');
    for (const other of [{ body: 'name=Grace' }, { path: '/v1/payment_intents', body: 'name=Ada' }]) {
      const refused = await create(world, 'k1', other);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: { type: 'idempotency_error' } });
    }
    expect(world.sandbox.store.customers.size()).toBe(1);
  });

  test('does not mind the order in which a form is written', async () => {
    const world = aSandbox();
    await create(world, 'k1', { body: 'name=Ada&email=a@example.org' });
    const again = await create(world, 'k1', { body: 'email=a@example.org&name=Ada' });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  test('is free after a refusal of the parameters', async () => {
    const world = aSandbox();
    expect((await create(world, 'k1', { body: 'nome=Ada' })).status).toBe(400);
    expect((await create(world, 'k1')).status).toBe(200);
  });

  test('replays a decline: a new attempt needs a new key', async () => {
    const { stripe, sandbox } = aSandbox();
    const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'usd' });
    const confirm = (key: string) =>
      stripe.paymentIntents.confirm(
        intent.id,
        { payment_method: 'pm_card_chargeDeclined', return_url: 'http://app.test/' },
        { idempotencyKey: key },
      );
    await expect(confirm('pay/1')).rejects.toMatchObject({
      statusCode: 402,
      decline_code: 'generic_decline',
    });
    await expect(confirm('pay/1')).rejects.toMatchObject({
      statusCode: 402,
      decline_code: 'generic_decline',
    });
    expect(sandbox.store.charges.size()).toBe(1);
    await expect(confirm('pay/2')).rejects.toMatchObject({ statusCode: 402 });
    expect(sandbox.store.charges.size()).toBe(2);
  });

  test('is in use while its first request still runs', async () => {
    const world = aSandbox();
    await world.control('/faults', { method: 'POST', path: '/v1/customers', fault: 'slow', delayMs: 5 });
    const first = create(world, 'k1');
    const second = await create(world, 'k1');
    expect(second.status).toBe(409);
    expect(second.headers.get('stripe-should-retry')).toBe('true');
    expect(await second.json()).toMatchObject({ error: { code: 'idempotency_key_in_use' } });
    expect((await first).status).toBe(200);
    expect(world.sandbox.store.customers.size()).toBe(1);
  });

  test('is forgotten after a day', async () => {
    const world = aSandbox();
    await create(world, 'k1');
    world.pass(24 * 60 * 60);
    expect((await create(world, 'k1', { body: 'name=Grace' })).status).toBe(200);
    expect(world.sandbox.store.customers.size()).toBe(2);
  });
});

describe('faults', () => {
  test('an answer lost after the work was done is found again by its key', async () => {
    const world = aSandbox();
    await world.control('/faults', { method: 'POST', path: '/v1/customers', fault: 'drop_after_commit' });
    await expect(create(world, 'k1')).rejects.toThrow('dropped');
    const again = await create(world, 'k1');
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(world.sandbox.store.customers.size()).toBe(1);
  });

  test('the retry of the SDK makes one customer out of a lost answer', async () => {
    const { stripe, control, sandbox } = aSandbox();
    await control('/faults', { method: 'POST', path: '/v1/customers', fault: 'drop_after_commit' });
    const customer = await stripe.customers.create({ name: 'Ada' }, { maxNetworkRetries: 1 });
    expect([...sandbox.store.customers.oldestFirst()].map(({ id }) => id)).toEqual([customer.id]);
  });

  test('a request lost on the way there did nothing', async () => {
    const world = aSandbox();
    await world.control('/faults', { method: 'POST', path: '/v1/customers', fault: 'timeout_before' });
    await expect(create(world, 'k1')).rejects.toThrow('dropped');
    expect(world.sandbox.store.customers.size()).toBe(0);
    expect((await create(world, 'k1')).headers.get('idempotent-replayed')).toBeNull();
  });

  test.each([
    { fault: '409', status: 409, kept: false },
    { fault: '429', status: 429, kept: false },
    { fault: 'rate_limit', status: 429, kept: false },
    { fault: '500', status: 500, kept: true },
  ])('a $fault answers $status, and is kept under its key: $kept', async ({ fault, status, kept }) => {
    const world = aSandbox();
    await world.control('/faults', { method: 'POST', path: '/v1/cust*', fault });
    expect((await create(world, 'k1')).status).toBe(status);
    expect((await create(world, 'k1')).status).toBe(kept ? status : 200);
    expect((await create(world, 'k2')).status).toBe(200);
  });
});

describe('two requests for one object', () => {
  test('come one after the other: the second is told that it is locked', async () => {
    const { stripe, control } = aSandbox();
    const { id } = await stripe.customers.create({ name: 'Ada' });
    await control('/faults', { method: 'POST', path: `/v1/customers/${id}`, fault: 'slow', delayMs: 5 });
    const first = stripe.customers.update(id, { name: 'Grace' });
    await expect(stripe.customers.update(id, { name: 'Zoë' })).rejects.toMatchObject({
      statusCode: 429,
      code: 'lock_timeout',
    });
    expect(await stripe.customers.retrieve(id)).toMatchObject({ name: 'Ada' });
    expect(await first).toMatchObject({ name: 'Grace' });
    expect(await stripe.customers.update(id, { name: 'Zoë' })).toMatchObject({ name: 'Zoë' });
  });
});
