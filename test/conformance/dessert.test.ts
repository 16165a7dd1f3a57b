import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { newKey } from '@/test/api/new-key';

import { type Customer, type SeedSystem, seedSystem } from './seed-system';

let system: SeedSystem;
beforeAll(async () => {
  system = await seedSystem('dessert');
});
afterAll(() => system.close());

const generate = ({ post }: Customer, format: string, key?: string) =>
  post('/v1/ads/generate', { format }, key === undefined ? {} : { 'idempotency-key': key });
const balanceOf = async ({ get }: Customer): Promise<number> => (await get('/v1/balance')).body.balance;
const logOf = async ({ get }: Customer, query = '') => (await get(`/v1/usage${query}`)).body;
const typesOf = async (customer: Customer): Promise<unknown[]> =>
  (await logOf(customer)).data.map(({ type, credits }: { type: string; credits: number }) => [type, credits]);

describe('per-ad pricing', () => {
  test.each([
    { format: 'static', credits: 5, says: '5 credits, $0.50', cents: 50 },
    { format: 'full', credits: 15, says: '15 credits, $1.50', cents: 150 },
  ])('$format: $says', async ({ format, credits, cents }) => {
    const customer = await system.customer(50);
    const { status, body } = await generate(customer, format);
    expect(status).toBe(202);
    expect(body).toMatchObject({ format, status: 'accepted', credits });
    expect(await balanceOf(customer)).toBe(50 - credits);
    const { pricing } = (await customer.get('/v1/balance')).body;
    expect(pricing.services[format]).toMatchObject({ form: 'flat', credits });
    const { rate } = pricing;
    expect(Math.round(((credits * rate.price) / rate.credits) * 100)).toBe(cents);
  });

  test('“Credits are deducted when POST /v1/ads/generate is accepted (202), not at completion”', async () => {
    const customer = await system.customer(50);
    const { body } = await generate(customer, 'full');
    expect(await balanceOf(customer)).toBe(35);
    await customer.post(`/v1/operations/${body.id}/complete`, {});
    expect(await balanceOf(customer)).toBe(35);
    expect(await typesOf(customer)).toEqual([
      ['Generation', -15],
      ['Purchase', 50],
    ]);
  });

  test('“If a delivery later fails, the credits are refunded automatically and logged as a Refund transaction”', async () => {
    const customer = await system.customer(50);
    const { body } = await generate(customer, 'full');
    expect((await customer.post(`/v1/operations/${body.id}/fail`, {})).body.state).toBe('failed');
    expect(await balanceOf(customer)).toBe(50);
    expect(await typesOf(customer)).toEqual([
      ['Refund', 15],
      ['Generation', -15],
      ['Purchase', 50],
    ]);
    const { data } = await logOf(customer);
    expect(data[0].reference).toBe(body.id);
    await customer.post(`/v1/operations/${body.id}/fail`, {});
    expect(await balanceOf(customer)).toBe(50);
  });

  test('an ad that was delivered is not refunded', async () => {
    const customer = await system.customer(50);
    const { body } = await generate(customer, 'static');
    await customer.post(`/v1/operations/${body.id}/complete`, {});
    expect((await customer.post(`/v1/operations/${body.id}/fail`, {})).status).toBe(409);
    expect(await balanceOf(customer)).toBe(45);
  });

  test.each(['poster', '', 'STATIC', '__proto__'])('a format “%s” does not exist', async (format) => {
    const customer = await system.customer(50);
    expect(await generate(customer, format)).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid_input', param: 'format' } },
    });
    expect(await balanceOf(customer)).toBe(50);
  });

  test('too few credits are 402 insufficient_credits, and nothing is charged', async () => {
    const customer = await system.customer(14);
    expect(await generate(customer, 'full')).toMatchObject({
      status: 402,
      body: { error: { code: 'insufficient_credits', required: '15', available: '14', shortfall: '1' } },
    });
    expect(await balanceOf(customer)).toBe(14);
    expect((await generate(customer, 'static')).status).toBe(202);
  });
});

describe('asking again', () => {
  test('under the same key is the same ad, charged once', async () => {
    const customer = await system.customer(50);
    const clicks = await Promise.all([1, 2, 3].map(() => generate(customer, 'full', 'ad-1')));
    expect(clicks.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(clicks.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await balanceOf(customer)).toBe(35);
  });

  test('after the delivery failed is the first answer again, and charges nothing', async () => {
    const customer = await system.customer(50);
    const first = await generate(customer, 'full', 'ad-2');
    await customer.post('/v1/operations/ad-2/fail', {});
    const again = await generate(customer, 'full', 'ad-2');
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await balanceOf(customer)).toBe(50);
  });

  test('for another format under the same key is refused', async () => {
    const customer = await system.customer(50);
    await generate(customer, 'full', 'ad-3');
    expect(await generate(customer, 'static', 'ad-3')).toMatchObject({
      status: 422,
      body: { error: { code: 'idempotency_key_reused' } },
    });
    expect(await balanceOf(customer)).toBe(35);
  });

  test('without a key is another ad, with an id of ours', async () => {
    const customer = await system.customer(50);
    const [one, other] = [await generate(customer, 'static'), await generate(customer, 'static')];
    expect(one.body.id).toMatch(/^ad_/);
    expect(one.body.id).not.toBe(other.body.id);
    expect(await balanceOf(customer)).toBe(40);
  });

  test('the last credits are spent once, however many ask for them at once', async () => {
    const customer = await system.customer(15);
    const clicks = await Promise.all(Array.from({ length: 8 }, () => generate(customer, 'full')));
    expect(clicks.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(clicks.filter(({ status }) => status === 402)).toHaveLength(7);
    expect(await balanceOf(customer)).toBe(0);
  });
});

describe('welcome bonus', () => {
  test('“Every new account starts with 50 credits … The bonus appears in your transaction history as Bonus”', async () => {
    const newcomer = await system.newcomer();
    expect(await balanceOf(newcomer)).toBe(50);
    expect(await typesOf(newcomer)).toEqual([['Bonus', 50]]);
  });

  test.each([
    { says: 'enough for ten static ads', format: 'static', ads: 10 },
    { says: 'or roughly three full ads', format: 'full', ads: 3 },
  ])('“$says”', async ({ format, ads }) => {
    const newcomer = await system.newcomer();
    for (let count = 0; count < ads; count++) expect((await generate(newcomer, format)).status).toBe(202);
    expect((await generate(newcomer, format)).status).toBe(402);
  });
});

describe('topping up', () => {
  const checkout = ({ post }: Customer, amount_cents: string) =>
    post('/v1/billing/checkout-sessions', { amount_cents }, { 'idempotency-key': randomUUID() });

  test.each([
    { says: '$25 = 250 credits', cents: '2500', credits: '250' },
    { says: '$100 = 1,000 credits', cents: '10000', credits: '1000' },
    { says: 'etc.', cents: '73210', credits: '7321' },
  ])('“Prices are linear: $says”', async ({ cents, credits }) => {
    const { status, body } = await checkout(await system.customer(), cents);
    expect(status).toBe(201);
    expect(body).toMatchObject({ amount_cents: cents, credits });
  });

  test('“Payment is via Stripe; we don’t store card numbers”', async () => {
    const customer = await system.customer();
    const { body } = await checkout(customer, '2500');
    await system.pay(customer, body);
    expect(await balanceOf(customer)).toBe(250);
    expect(await typesOf(customer)).toEqual([['Purchase', 250]]);
    const tables = await system.ledger.asOwner<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'ledger', 'graphile_worker') AND table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const found = await system.ledger.asOwner(
        `SELECT 1 FROM ${name} t WHERE t::text LIKE '%4242424242424242%'`,
      );
      expect(found, name).toEqual([]);
    }
  });
});

describe('checking your balance', () => {
  test('“Use GET /v1/balance to read the current balance and pricing constants”', async () => {
    const customer = await system.customer(50);
    expect((await customer.get('/v1/balance')).body).toEqual({
      balance: 50,
      available: 50,
      held: 0,
      as_of: '2026-03-01T12:00:00.000Z',
      pricing: {
        currency: 'usd',
        rate: { credits: 1, price: 0.1 },
        welcome_bonus: 50,
        services: {
          static: { title: 'Static ad', form: 'flat', credits: 5 },
          full: { title: 'Static and animated ad', form: 'flat', credits: 15 },
        },
      },
    });
  });

  test('“and GET /v1/usage for a paginated transaction log”, whose pages meet whatever is generated in between', async () => {
    const customer = await system.customer(100);
    for (let index = 0; index < 6; index++) await generate(customer, 'static', `ad-${index}`);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { data: { id: string }[]; next_cursor: string | null } = await logOf(
        customer,
        cursor === '' ? '?limit=3' : `?limit=3&cursor=${cursor}`,
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.next_cursor;
      await generate(customer, 'static');
    }
    expect(seen).toEqual(['7', '6', '5', '4', '3', '2', '1']);
    const { data } = await logOf(customer, '?limit=1&cursor=3');
    expect(data[0]).toEqual({
      id: '2',
      type: 'Generation',
      credits: -5,
      balance_after: 95,
      reference: 'ad-0',
      service: 'static',
      created_at: '2026-03-01T12:00:00.000Z',
    });
  });

  test.each(['limit=0', 'limit=201', 'cursor=x', 'cursor=-1', 'cursor=0', 'offset=1'])(
    'GET /v1/usage?%s is refused',
    async (query) => {
      const customer = await system.customer();
      expect((await customer.get(`/v1/usage?${query}`)).status).toBe(422);
    },
  );

  test('by the company’s own backend, for the account it names', async () => {
    const [one, other] = [await system.customer(50), await system.customer(70)];
    const key = await newKey(system.ledger.db, null);
    const balance = async ({ accountId }: Customer) =>
      (await system.ask('GET', '/v1/balance', { key, headers: { 'coffer-account': `${accountId}` } })).body
        .balance;
    expect([await balance(one), await balance(other)]).toEqual([50, 70]);
    expect((await system.ask('GET', '/v1/balance', { key })).status).toBe(422);
    const headers = { 'coffer-account': '999999999' };
    for (const address of ['/v1/balance', '/v1/credits/balance', '/v1/credits/history', '/api/v1/credits'])
      expect((await system.ask('GET', address, { key, headers })).status).toBe(404);
  });
});

test('all of this left a sound ledger', async () => {
  expect(await system.ledger.audit()).toEqual([]);
});
