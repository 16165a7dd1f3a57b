import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { credit } from '@/lib/db/ledger';
import { adjust, refund } from '@/lib/db/ledger/correction';
import { wholeCredits } from '@/lib/domain/credits';
import { EVENT_TOPICS } from '@/lib/domain/event-topic';
import { wireEventOf } from '@/lib/domain/price-book';
import { roughy } from '@/price-books/roughy';
import { newKey } from '@/test/api/new-key';

import { type Customer, type SeedSystem, seedSystem } from './seed-system';

let system: SeedSystem;
beforeAll(async () => {
  system = await seedSystem('roughy');
});
afterAll(() => system.close());

const upload = async ({ post }: Customer, reference: string = randomUUID()): Promise<string> => {
  const { status, body } = await post('/v1/assets', { reference });
  expect(status).toBe(201);
  return body.id;
};
const processed = ({ post }: Customer, id: string, seconds: number) =>
  post(`/v1/operations/${id}/complete`, { quantities: { seconds } });
const assetOf = async ({ get }: Customer, id: string) => (await get(`/v1/assets/${id}`)).body;
const balanceOf = async ({ get }: Customer): Promise<number> =>
  (await get('/v1/credits/balance')).body.balance;
const historyOf = async ({ get }: Customer, query = '') => (await get(`/v1/credits/history${query}`)).body;

/** What the account's systems are told, under the names that this price book gives to events. */
async function eventsOf({ accountId }: Customer): Promise<string[]> {
  const rows = await system.ledger.asOwner<{ topic: string; key: string }>(
    'SELECT topic, key FROM outbox WHERE account_id = $1 ORDER BY key',
    [accountId],
  );
  return rows.map(({ topic, key }) => {
    const known = EVENT_TOPICS.find((one) => one === topic);
    return `${known === undefined ? topic : wireEventOf(roughy, known)} ${key}`;
  });
}

describe('one charge, per asset', () => {
  test.each([
    { says: 'A 10-minute podcast costs 10 credits', seconds: 600, credits: 10 },
    { says: 'a 90-second clip costs 2', seconds: 90, credits: 2 },
    { says: '1 credit per started minute of source media', seconds: 1, credits: 1 },
    { says: 'a minute exactly is one minute', seconds: 60, credits: 1 },
    { says: 'rounded up', seconds: 60.001, credits: 2 },
  ])('“$says”: $seconds s → $credits', async ({ seconds, credits }) => {
    const customer = await system.customer(50);
    const id = await upload(customer);
    await processed(customer, id, seconds);
    expect(await assetOf(customer, id)).toMatchObject({
      state: 'ready',
      credits,
      duration_seconds: seconds,
      bytes_kept: true,
    });
    expect(await balanceOf(customer)).toBe(50 - credits);
  });

  test('“The charge settles after the asset is processed”', async () => {
    const customer = await system.customer(50);
    const id = await upload(customer);
    expect(await assetOf(customer, id)).toMatchObject({ state: 'processing', credits: null });
    expect(await balanceOf(customer)).toBe(50);
    await processed(customer, id, 600);
    expect(await balanceOf(customer)).toBe(40);
  });

  test('“so a file that can’t be processed is never charged”', async () => {
    const customer = await system.customer(50);
    const id = await upload(customer);
    expect((await customer.post(`/v1/operations/${id}/fail`, {})).status).toBe(200);
    expect(await assetOf(customer, id)).toMatchObject({ state: 'failed', credits: null, bytes_kept: false });
    expect((await processed(customer, id, 600)).status).toBe(409);
    expect(await balanceOf(customer)).toBe(50);
    expect((await historyOf(customer)).total).toBe(1);
  });

  test('“You pay for the source asset once and operate on it as much as you like”', async () => {
    const customer = await system.customer(50);
    const id = await upload(customer);
    await processed(customer, id, 600);
    const again = await processed(customer, id, 600);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await processed(customer, id, 601)).status).toBe(409);
    expect(await balanceOf(customer)).toBe(40);
  });

  test.each(['cut', 're_cut', 'render', 'format_export'])(
    '“Everything downstream is free”: there is no price for a %s',
    async (service) => {
      const customer = await system.customer(50);
      const body = { service, quantities: { seconds: 600 }, reference: randomUUID() };
      for (const address of ['/v1/charges', '/v1/operations'])
        expect(await customer.post(address, body)).toMatchObject({
          status: 404,
          body: { error: { code: 'unknown_service' } },
        });
      expect(await balanceOf(customer)).toBe(50);
    },
  );

  test('“the price is predictable from the file’s duration alone”', async () => {
    const customer = await system.customer();
    const { body } = await customer.post('/v1/quotes', { service: 'asset', quantities: { seconds: 600 } });
    expect(body).toMatchObject({ amount: '10', sufficient: false, shortfall: '10' });
    expect(body.items[0].calculation.inputs).toEqual({ milliseconds: '600000' });
  });
});

describe('“A positive credit balance is required to start an upload”', () => {
  test.each([
    { rule: 'zero', credits: 0 },
    { rule: 'below', credits: -5 },
  ])('POST /v1/assets rejects a balance of $rule with 402 (insufficient_credits)', async ({ credits }) => {
    const customer = await system.customer();
    if (credits < 0)
      await adjust(system.ledger.db, {
        accountId: customer.accountId,
        delta: wholeCredits(BigInt(credits)),
        reference: 'a correction',
        reason: 'Counted twice',
      });
    const refused = await customer.post('/v1/assets', { reference: 'podcast' });
    expect(refused).toMatchObject({ status: 402, body: { error: { code: 'insufficient_credits' } } });
    expect((await customer.get('/v1/assets/podcast')).status).toBe(404);
  });

  test('one credit is enough to start whatever it will cost', async () => {
    const customer = await system.customer(1);
    expect((await customer.post('/v1/assets', {})).status).toBe(201);
  });

  test('what was refused may be asked again under the same key once there are credits', async () => {
    const customer = await system.customer();
    const ask = () => customer.post('/v1/assets', {}, { 'idempotency-key': 'upload-1' });
    expect((await ask()).status).toBe(402);
    await system.topUp(customer, 10);
    expect(await ask()).toMatchObject({ status: 201, body: { id: 'upload-1', state: 'processing' } });
  });

  test('two impatient clicks are one asset', async () => {
    const customer = await system.customer(10);
    const ask = () => customer.post('/v1/assets', {}, { 'idempotency-key': 'upload-2' });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one.body).toEqual(other.body);
    const [first, second] = await Promise.all([
      customer.post('/v1/assets', {}),
      customer.post('/v1/assets', {}),
    ]);
    expect(first.body.id).not.toBe(second.body.id);
  });
});

describe('pending payment', () => {
  test('“the asset doesn’t fail — it lands in pending_payment. The bytes are kept”', async () => {
    const customer = await system.customer(5);
    const id = await upload(customer);
    expect((await processed(customer, id, 600)).body).toMatchObject({
      state: 'pending_payment',
      entry: null,
    });
    expect(await assetOf(customer, id)).toMatchObject({
      state: 'pending_payment',
      credits: 10,
      bytes_kept: true,
      purge_at: '2026-03-31T12:00:00.000Z',
    });
    expect(await balanceOf(customer)).toBe(5);
    expect(await eventsOf(customer)).toEqual([]);
  });

  test('“activates automatically (oldest first) on your next top-up, transitioning to ready and firing asset.ready”', async () => {
    const customer = await system.customer(1);
    const waiting = ['a oldest', 'b second', 'c third'];
    for (const name of waiting) await upload(customer, name);
    for (const [index, seconds] of [600, 1_200, 60].entries()) {
      await system.at(`2026-03-01T12:0${index}:00Z`);
      await processed(customer, waiting[index] ?? '', seconds);
    }
    // The third is covered by what is there when it is done.
    const states = async () =>
      Promise.all(waiting.map(async (name) => (await assetOf(customer, name)).state));
    await system.at('2026-03-01T12:00:00Z');
    expect(await states()).toEqual(['pending_payment', 'pending_payment', 'ready']);
    await system.topUp(customer, 10);
    expect(await states()).toEqual(['ready', 'pending_payment', 'ready']);
    expect(await eventsOf(customer)).toEqual(['asset.ready a oldest', 'asset.ready c third']);
    await system.topUp(customer, 25);
    expect(await states()).toEqual(['ready', 'ready', 'ready']);
    expect(await eventsOf(customer)).toEqual(waiting.map((name) => `asset.ready ${name}`));
    expect(await balanceOf(customer)).toBe(5);
  });

  test('nothing that waits is overtaken by what came later and costs less', async () => {
    const customer = await system.customer(1);
    for (const name of ['a', 'b']) await upload(customer, name);
    await processed(customer, 'a', 1_200);
    await processed(customer, 'b', 600);
    await system.topUp(customer, 15);
    expect((await assetOf(customer, 'a')).state).toBe('pending_payment');
    expect((await assetOf(customer, 'b')).state).toBe('pending_payment');
    expect(await balanceOf(customer)).toBe(16);
  });

  test('“Unredeemed pending_payment assets are purged after 30 days”, and never charged after', async () => {
    const customer = await system.customer(1);
    const id = await upload(customer);
    await processed(customer, id, 600);
    await system.at('2026-03-31T11:59:59Z');
    await system.timePasses(customer);
    expect(await assetOf(customer, id)).toMatchObject({ state: 'pending_payment', bytes_kept: true });
    await system.at('2026-03-31T12:00:00Z');
    await system.timePasses(customer);
    expect(await assetOf(customer, id)).toMatchObject({ state: 'purged', bytes_kept: false });
    await system.topUp(customer, 100);
    expect(await assetOf(customer, id)).toMatchObject({ state: 'purged' });
    expect(await balanceOf(customer)).toBe(101);
    expect(await eventsOf(customer)).toEqual([]);
    await system.at('2026-03-01T12:00:00Z');
  });

  test('a top-up on the last day still redeems it', async () => {
    const customer = await system.customer(1);
    const id = await upload(customer);
    await processed(customer, id, 600);
    await system.at('2026-03-31T11:59:59Z');
    await system.topUp(customer, 100);
    expect(await assetOf(customer, id)).toMatchObject({ state: 'ready', purge_at: null });
    await system.at('2026-03-01T12:00:00Z');
  });
});

describe('the ledger', () => {
  /** An account on whose ledger every type stands. */
  async function everyType() {
    const { db } = system.ledger;
    const customer = await system.customer(20);
    const { accountId } = customer;
    const asset = await upload(customer);
    await processed(customer, asset, 600);
    await refund(db, { accountId, charge: asset, amount: wholeCredits(4n), reference: 'refund 1' });
    await adjust(db, { accountId, delta: wholeCredits(3n), reference: 'up', reason: 'Forgotten' });
    await adjust(db, { accountId, delta: wholeCredits(-2n), reference: 'down', reason: 'Given twice' });
    const granted = await credit(db, {
      accountId,
      amount: wholeCredits(7n),
      kind: 'bonus',
      reference: 'for the fair',
      expiresAt: new Date('2026-03-02T00:00:00Z'),
    });
    await system.at('2026-03-02T00:00:00Z');
    await system.timePasses(customer);
    await system.at('2026-03-01T12:00:00Z');
    return { customer, asset, grantId: `${granted.seq}` };
  }

  test('“balance is the sum of every entry’s delta”', async () => {
    const { customer } = await everyType();
    const { data } = await historyOf(customer);
    const sum = data.reduce((total: number, { delta }: { delta: number }) => total + delta, 0);
    expect(await balanceOf(customer)).toBe(sum);
    expect(sum).toBe(20 - 10 + 4 + 3 - 2);
  });

  test('its entries have the seed’s five types, each with its sign', async () => {
    const { customer } = await everyType();
    const { data } = await historyOf(customer);
    const lines = data.map(({ type, delta }: { type: string; delta: number }) => [type, delta]).toReversed();
    expect(lines).toEqual([
      ['topup', 20],
      ['consume_asset', -10],
      ['refund', 4],
      ['adjustment', 3],
      ['adjustment', -2],
      ['topup', 7],
      ['expiry', -7],
    ]);
  });

  test('“Each entry carries id, type, delta, asset_id (for consume_asset), grant_id (grant-issued topups / expiry), stripe_invoice_id (billing topups), and created_at”', async () => {
    const { customer, asset, grantId } = await everyType();
    const { data } = await historyOf(customer);
    for (const entry of data)
      expect(Object.keys(entry)).toEqual([
        'id',
        'type',
        'delta',
        'asset_id',
        'grant_id',
        'stripe_invoice_id',
        'created_at',
      ]);
    const facts = data.map((entry: { asset_id: string | null; grant_id: string | null }) => [
      entry.asset_id,
      entry.grant_id,
    ]);
    expect(facts.toReversed()).toEqual([
      [null, null],
      [asset, null],
      [null, null],
      [null, null],
      [null, null],
      [null, grantId],
      [null, grantId],
    ]);
    expect(data[0]).toMatchObject({ delta: -7, created_at: '2026-03-02T00:00:00.000Z' });
  });

  test('“paginated ledger, newest first (limit + offset)”', async () => {
    const customer = await system.customer();
    for (let index = 1; index <= 7; index++) await system.topUp(customer, index);
    const page = async (query: string) =>
      (await historyOf(customer, query)).data.map(({ id }: { id: string }) => Number(id));
    expect(await page('')).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await page('?limit=3')).toEqual([7, 6, 5]);
    expect(await page('?limit=3&offset=3')).toEqual([4, 3, 2]);
    expect(await page('?limit=3&offset=6')).toEqual([1]);
    expect(await historyOf(customer, '?limit=3&offset=7')).toEqual({
      data: [],
      total: 7,
      limit: 3,
      offset: 7,
    });
    expect(await page('?offset=9007199254740991')).toEqual([]);
  });

  test.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=x',
    'offset=-1',
    'offset=1.5',
    'offset=9007199254740993',
    'offset=NaN',
    'page=2',
    'limit=1&limit=2',
  ])('GET /v1/credits/history?%s is refused', async (query) => {
    const customer = await system.customer();
    expect((await customer.get(`/v1/credits/history?${query}`)).status).toBe(422);
  });

  test('shows an account nothing of another', async () => {
    const [one, other] = [await system.customer(10), await system.customer(20)];
    const id = await upload(one, 'mine');
    expect((await other.get(`/v1/assets/${id}`)).status).toBe(404);
    expect((await processed(other, id, 60)).status).toBe(404);
    expect((await historyOf(other)).total).toBe(1);
    const charge = await upload(other, 'mine');
    expect(charge).toBe('mine');
    expect((await historyOf(one)).data[0].delta).toBe(10);
  });
});

describe('topping up: “checkout sessions and customer-portal links are exposed via the billing endpoints”', () => {
  const checkout = (customer: Customer, body: unknown, key: string = randomUUID()) =>
    customer.post('/v1/billing/checkout-sessions', body, { 'idempotency-key': key });

  test('“Successful payments land as topup entries and immediately trigger recovery of any pending_payment assets”', async () => {
    const customer = await system.customer(1);
    const asset = await upload(customer);
    await processed(customer, asset, 600);
    const { status, body } = await checkout(customer, { amount_cents: '500' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ credits: '50', amount_cents: '500', currency: 'usd' });
    await system.pay(customer, body);
    expect((await assetOf(customer, asset)).state).toBe('ready');
    expect(await balanceOf(customer)).toBe(41);
    const { data } = await historyOf(customer);
    expect(data[1]).toMatchObject({
      type: 'topup',
      delta: 50,
      grant_id: null,
      stripe_invoice_id: expect.stringMatching(/^in_/),
    });
    expect(data[0]).toMatchObject({ type: 'consume_asset', delta: -10, asset_id: asset });
  });

  test('one key is one purchase, whatever became of it since', async () => {
    const customer = await system.customer();
    const [one, other] = await Promise.all([
      checkout(customer, { amount_cents: '500' }, 'buy-1'),
      checkout(customer, { amount_cents: '500' }, 'buy-1'),
    ]);
    expect(one.body).toEqual(other.body);
    await system.pay(customer, one.body);
    const again = await checkout(customer, { amount_cents: '500' }, 'buy-1');
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(one.body);
    expect(await checkout(customer, { amount_cents: '510' }, 'buy-1')).toMatchObject({
      status: 422,
      body: { error: { code: 'idempotency_key_reused' } },
    });
    expect(await balanceOf(customer)).toBe(50);
    const next = await checkout(customer, { amount_cents: '500' }, 'buy-2');
    expect(next.body.session_id).not.toBe(one.body.session_id);
  });

  test('the same key of another account is another purchase', async () => {
    const [one, other] = [await system.customer(), await system.customer()];
    const [mine, theirs] = [
      await checkout(one, { amount_cents: '500' }, 'buy'),
      await checkout(other, { amount_cents: '500' }, 'buy'),
    ];
    expect(mine.body.id).not.toBe(theirs.body.id);
    expect(mine.body.session_id).not.toBe(theirs.body.session_id);
  });

  test.each([
    { body: { amount_cents: '490' }, param: 'amount_cents' },
    { body: { amount_cents: '100010' }, param: 'amount_cents' },
    { body: { amount_cents: '505' }, param: 'amount_cents' },
    { body: { amount_cents: '-500' }, param: 'amount_cents' },
    { body: { amount_cents: '5e2' }, param: 'amount_cents' },
    { body: { amount_cents: 500 }, param: 'amount_cents' },
    { body: { package: '500' }, param: 'package' },
    { body: { package: 'amount-500', amount_cents: '500' }, param: undefined },
    { body: {}, param: undefined },
    { body: { amount_cents: '500', credits: '5000' }, param: undefined },
  ])('$body is not sold', async ({ body, param }) => {
    const refused = await checkout(await system.customer(), body);
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'invalid_input' } } });
    expect(refused.body.error.param).toBe(param);
  });

  test('says what is sold', async () => {
    const { body } = await checkout(await system.customer(), { amount_cents: '490' });
    expect(body.error.message).toBe('amount_cents: must be from $5.00 to $1,000.00, in steps of $0.10.');
  });

  test('without a key nothing is opened, and neither by who may not spend money', async () => {
    const customer = await system.customer();
    expect(await customer.post('/v1/billing/checkout-sessions', { amount_cents: '500' })).toMatchObject({
      status: 400,
      body: { error: { code: 'idempotency_key_required' } },
    });
    const key = await newKey(system.ledger.db, customer.accountId, ['read', 'meter']);
    for (const address of ['/v1/billing/checkout-sessions', '/v1/billing/portal-sessions'])
      expect((await system.ask('POST', address, { key, body: {} })).status).toBe(403);
  });

  test('a portal link is made for each call and kept nowhere', async () => {
    const customer = await system.customer();
    const [one, other] = [
      await customer.post('/v1/billing/portal-sessions', {}),
      await customer.post('/v1/billing/portal-sessions', {}),
    ];
    expect(one.status).toBe(201);
    expect(one.body.url).toMatch(/^http/);
    expect(one.body.url).not.toBe(other.body.url);
    expect(Object.keys(one.body)).toEqual(['url']);
  });
});

test('all of this left a sound ledger', async () => {
  expect(await system.ledger.audit()).toEqual([]);
});
