import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { credit } from '@/lib/db/ledger';
import { wholeCredits } from '@/lib/domain/credits';
import { leftOf } from '@/test/database/ledger-account';

import { type Customer, type SeedSystem, seedSystem } from './seed-system';

let system: SeedSystem;
beforeAll(async () => {
  system = await seedSystem('dubbing');
});
afterAll(() => system.close());

const charge = ({ post }: Customer, work: object) =>
  post('/v1/charges', { ...work, reference: randomUUID() });
const dub = (seconds: number) => ({ service: 'dubbing', quantities: { seconds } });
const training = (max_minutes: number) => ({ service: 'training', quantities: { max_minutes } });
const start = ({ post }: Customer, work: object, reference: string = randomUUID()) =>
  post('/v1/operations', { ...work, reference });
const balanceOf = async ({ get }: Customer): Promise<number> => (await get('/v1/balance')).body.balance;

describe('credit system', () => {
  test.each([
    { says: '30-second TikTok clip: 10 credits (minimum charge)', work: dub(30), credits: '10' },
    { says: '3-minute song: 30 credits', work: dub(180), credits: '30' },
    { says: '10-minute podcast segment: 100 credits', work: dub(600), credits: '100' },
    { says: '10 credits per minute of audio', work: dub(60), credits: '10' },
    { says: 'Minimum 10 credits per dub (for clips under 1 minute)', work: dub(1), credits: '10' },
    { says: '5-minute training: 50 credits', work: training(5), credits: '50' },
    { says: '10-minute training: 100 credits', work: training(10), credits: '100' },
    { says: '30-minute training: 300 credits', work: training(30), credits: '300' },
    { says: '60-minute training: 600 credits', work: training(60), credits: '600' },
    {
      says: 'a fraction of a minute is charged by the second, in whole credits',
      work: dub(90),
      credits: '15',
    },
    { says: 'rounded up to a whole credit', work: dub(61), credits: '11' },
    { says: 'a breath beyond three minutes costs nothing', work: dub(180.9), credits: '30' },
  ])('“$says”', async ({ work, credits }) => {
    const customer = await system.customer(1_000);
    const { status, body } = await charge(customer, work);
    expect(status).toBe(201);
    expect(body.amount).toBe(credits);
    expect(body.balance).toBe(`${1_000 - Number(credits)}`);
    expect(body.calculation.price_book).toBe('dubbing');
  });

  test('“Cost depends on your maxMinutes setting”, and on nothing that came out', async () => {
    const customer = await system.customer(1_000);
    expect((await start(customer, training(30), 'run')).body.amount).toBe('300');
    const done = await customer.post('/v1/operations/run/complete', { quantities: { max_minutes: 4 } });
    expect(done).toMatchObject({ status: 422, body: { error: { param: 'quantities' } } });
    expect((await customer.post('/v1/operations/run/complete', {})).body).toMatchObject({
      state: 'settled',
      amount: '300',
    });
  });

  test('a charge shows how it came about, so that “unexpected credit consumption” can be explained', async () => {
    const customer = await system.customer(1_000);
    const { body } = await charge(customer, dub(600));
    expect(body.calculation.formula).toContain('100');
    expect(body.calculation.inputs).toEqual({ milliseconds: '600000' });
    const [entry] = await system.ledger.asOwner<{ request: string }>(
      `SELECT metadata ->> 'request_id' AS request FROM entry_details WHERE account_id = $1`,
      [customer.accountId],
    );
    expect(entry?.request).toMatch(/^req_/);
  });
});

describe('credit packages ($0.01 per credit)', () => {
  const checkout = ({ post }: Customer, body: unknown) =>
    post('/v1/billing/checkout-sessions', body, { 'idempotency-key': randomUUID() });

  test.each([
    { credits: '500', says: '$5', cents: '500' },
    { credits: '5000', says: '$50', cents: '5000' },
    { credits: '50000', says: '$500', cents: '50000' },
    { credits: '125000', says: '$1250', cents: '125000' },
  ])('$credits credits for $says', async ({ credits, cents }) => {
    const { status, body } = await checkout(await system.customer(), { package: credits });
    expect(status).toBe(201);
    expect(body).toMatchObject({ package: credits, credits, amount_cents: cents, currency: 'usd' });
    expect(body.session_id).toMatch(/^cs_test_/);
    expect(body.url).toMatch(/^https?:\/\//);
  });

  test('and no other: the refusal lists them', async () => {
    const customer = await system.customer();
    for (const body of [{ package: '1000' }, { amount_cents: '700' }, { package: '500 ' }]) {
      const refused = await checkout(customer, body);
      expect(refused).toMatchObject({ status: 422, body: { error: { code: 'invalid_input' } } });
    }
    expect((await checkout(customer, { package: '1000' })).body.error.message).toBe(
      'package: only these packages are sold: 500 for $5.00, 5000 for $50.00, 50000 for $500.00, 125000 for $1,250.00.',
    );
  });

  test('“Credits never expire and can be used anytime”', async () => {
    const customer = await system.customer();
    const { body } = await checkout(customer, { package: '500' });
    await system.pay(customer, body);
    await system.at('2066-03-01T12:00:00Z');
    await system.timePasses(customer);
    expect(await balanceOf(customer)).toBe(500);
    expect((await charge(customer, dub(3_000))).body.amount).toBe('500');
    await system.at('2026-03-01T12:00:00Z');
  });
});

describe('when credits move', () => {
  test('“Real-time balance updates after each API call”', async () => {
    const customer = await system.customer(1_000);
    for (const left of [990, 980, 970]) {
      await charge(customer, dub(60));
      expect(await balanceOf(customer)).toBe(left);
    }
  });

  test('an operation is charged when it is accepted, and not again when it is done', async () => {
    const customer = await system.customer(100);
    expect(await start(customer, dub(600), 'job')).toMatchObject({
      status: 201,
      body: { state: 'running', amount: '100' },
    });
    expect(await balanceOf(customer)).toBe(0);
    await customer.post('/v1/operations/job/complete', {});
    expect(await balanceOf(customer)).toBe(0);
  });

  test('“any credits used for that operation will be automatically restored to your account”', async () => {
    const { db } = system.ledger;
    const customer = await system.customer();
    const { accountId } = customer;
    const gift = (amount: bigint, reference: string, expiresAt: Date | null) =>
      credit(db, { accountId, amount: wholeCredits(amount), kind: 'bonus', reference, expiresAt });
    await gift(60n, 'ends', new Date('2026-04-01T00:00:00Z'));
    await gift(60n, 'lasts', null);
    await start(customer, dub(600), 'job');
    expect(await leftOf(system.ledger, accountId)).toEqual([0, 20_000_000]);
    expect((await customer.post('/v1/operations/job/fail', {})).body.state).toBe('failed');
    expect(await balanceOf(customer)).toBe(120);
    expect(await leftOf(system.ledger, accountId)).toEqual([60_000_000, 60_000_000]);
    const again = await customer.post('/v1/operations/job/fail', {});
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await balanceOf(customer)).toBe(120);
    expect((await customer.post('/v1/operations/job/complete', {})).status).toBe(409);
  });

  test('too few credits are 402 with what is missing, and nothing starts', async () => {
    const customer = await system.customer(9);
    for (const refused of [await charge(customer, dub(30)), await start(customer, dub(30), 'job')])
      expect(refused).toMatchObject({
        status: 402,
        body: { error: { code: 'insufficient_credits', required: '10', available: '9', shortfall: '1' } },
      });
    expect((await customer.get('/v1/operations/job')).status).toBe(404);
    expect(await balanceOf(customer)).toBe(9);
  });

  test('“there are no hard limits on credit usage”', async () => {
    const customer = await system.customer(10_000);
    const charges = Array.from({ length: 1_000 }, (_, index) => ({ ...dub(60), reference: `dub ${index}` }));
    const { body } = await customer.post('/v1/charges/batch', { charges });
    expect(body.results.every(({ outcome }: { outcome: string }) => outcome === 'applied')).toBe(true);
    expect(await balanceOf(customer)).toBe(0);
  });
});

describe('what other seeds have works here where it makes sense', () => {
  test('balance, history, usage and multipliers', async () => {
    const customer = await system.customer(100);
    await charge(customer, dub(60));
    expect((await customer.get('/v1/credits/balance')).body).toMatchObject({ balance: 90, available: 90 });
    expect((await customer.get('/v1/credits/history')).body.data[0]).toMatchObject({
      type: 'consume',
      delta: -10,
    });
    expect((await customer.get('/v1/usage')).body.data[0]).toMatchObject({ type: 'consume', credits: -10 });
    expect((await customer.get('/api/v1/credits')).body).toMatchObject({
      credits_balance: 0,
      payg_balance: 90,
      total_available_credits: 90,
      next_reset_date: null,
      credits_per_month: 0,
    });
    expect((await customer.get('/api/v1/credits/multipliers')).body).toEqual({ dubbing: 10, training: 10 });
    expect((await customer.get('/api/v1/credits/payg/info')).body).toEqual({
      credits_per_dollar: 100,
      min_amount_usd: 5,
      max_amount_usd: 1_250,
      currency: 'USD',
    });
  });

  test('assets and ads are no services here, and it says so', async () => {
    const customer = await system.customer(100);
    for (const [address, body] of [
      ['/v1/assets', {}],
      ['/v1/ads/generate', { format: 'static' }],
    ] as const)
      expect(await customer.post(address, body)).toMatchObject({
        status: 404,
        body: { error: { code: 'unknown_service', message: 'No such service. Known: dubbing, training.' } },
      });
  });
});

test('all of this left a sound ledger', async () => {
  expect(await system.ledger.audit()).toEqual([]);
});
