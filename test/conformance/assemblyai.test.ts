import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { adjust } from '@/lib/db/ledger/correction';
import { wholeCredits } from '@/lib/domain/credits';

import { type Customer, type SeedSystem, seedSystem } from './seed-system';

let system: SeedSystem;
beforeAll(async () => {
  system = await seedSystem('assemblyai');
});
afterAll(() => system.close());

const charge = ({ post }: Customer, service: string, quantities: object) =>
  post('/v1/charges', { service, quantities, reference: randomUUID() });
const balanceOf = async ({ get }: Customer): Promise<number> =>
  (await get('/v1/credits/balance')).body.balance;
const owing = async (dollars: bigint): Promise<Customer> => {
  const customer = await system.customer();
  const { accountId } = customer;
  const delta = wholeCredits(-dollars);
  await adjust(system.ledger.db, { accountId, delta, reference: 'open stream', reason: 'Left open' });
  return customer;
};

describe('pricing structure (pre-recorded audio); the rates are examples of ours', () => {
  test.each([
    { says: 'Rates are listed per hour', seconds: 3_600, dollars: '0.27' },
    { says: 'we pro-rate to the exact second', seconds: 1, dollars: '0.000075' },
    { says: 'the actual duration of your audio/video files in seconds', seconds: 754, dollars: '0.05655' },
    { says: 'a started second is a second', seconds: 753.001, dollars: '0.05655' },
  ])('“$says”: $seconds s', async ({ seconds, dollars }) => {
    const customer = await system.customer(10);
    expect((await charge(customer, 'transcription', { seconds })).body.amount).toBe(dollars);
  });

  test('“Additional features (like Entity Detection) are also charged at their respective hourly rates, pro-rated to the exact second”', async () => {
    const customer = await system.customer(10);
    const amount = async (features: string[]) =>
      (await charge(customer, 'transcription', { seconds: 1_800, features })).body.amount;
    expect(await amount([])).toBe('0.135');
    expect(await amount(['entity_detection'])).toBe('0.175');
    expect(await amount(['entity_detection', 'summarization'])).toBe('0.19');
    expect(await amount(['entity_detection', 'entity_detection'])).toBe('0.175');
    expect(
      await charge(customer, 'transcription', { seconds: 60, features: ['mind_reading'] }),
    ).toMatchObject({
      status: 422,
      body: { error: { param: 'quantities.features' } },
    });
  });

  test('“For LLM Gateway, pricing is based on the size of input and output tokens and the model used”', async () => {
    const customer = await system.customer(100);
    const amount = async (model: string, input_tokens: number, output_tokens: number) =>
      (await charge(customer, 'llm', { model, input_tokens, output_tokens })).body.amount;
    expect(await amount('example-large', 1_000_000, 0)).toBe('3');
    expect(await amount('example-large', 0, 1_000_000)).toBe('15');
    expect(await amount('example-small', 1_000, 500)).toBe('0.00125');
    expect(
      (await charge(customer, 'llm', { model: 'other', input_tokens: 1, output_tokens: 1 })).status,
    ).toBe(422);
  });
});

describe('credit system', () => {
  const hour = { service: 'transcription', quantities: { seconds: 3_600 } };

  test('“Credits are deducted only after successful transcription completion”', async () => {
    const customer = await system.customer(10);
    await customer.post('/v1/operations', { ...hour, reference: 'transcript' });
    expect(await balanceOf(customer)).toBe(10);
    const done = await customer.post('/v1/operations/transcript/complete', {});
    expect(done.body).toMatchObject({ state: 'settled', amount: '0.27' });
    expect(await balanceOf(customer)).toBe(9.73);
  });

  test('“Failed transcripts are not charged”', async () => {
    const customer = await system.customer(10);
    await customer.post('/v1/operations', { ...hour, reference: 'transcript' });
    expect((await customer.post('/v1/operations/transcript/fail', {})).body).toMatchObject({
      state: 'failed',
      amount: null,
    });
    expect(await balanceOf(customer)).toBe(10);
    expect((await customer.get('/v1/usage')).body.data).toHaveLength(1);
  });

  test('“Add credits to your account balance”: in dollars, any amount from ten', async () => {
    const customer = await system.customer();
    const buy = (amount_cents: string) =>
      customer.post('/v1/billing/checkout-sessions', { amount_cents }, { 'idempotency-key': randomUUID() });
    const { body } = await buy('1234');
    expect(body).toMatchObject({ credits: '12.34', amount_cents: '1234' });
    await system.pay(customer, body);
    expect(await balanceOf(customer)).toBe(12.34);
    expect((await buy('999')).body.error.message).toBe(
      'amount_cents: must be from $10.00 to $999,999.00, in steps of $0.01.',
    );
  });

  test('“we only charge you for what you use”: nothing is taken as time passes', async () => {
    const customer = await system.customer(10);
    await system.at('2036-03-01T12:00:00Z');
    await system.timePasses(customer);
    expect(await balanceOf(customer)).toBe(10);
    await system.at('2026-03-01T12:00:00Z');
  });

  test('the exact price of small things is on the ledger, and adds up', async () => {
    const customer = await system.customer(1);
    for (let count = 0; count < 7; count++) await charge(customer, 'transcription', { seconds: 1 });
    expect(await balanceOf(customer)).toBe(0.999475);
    const { body } = await customer.get('/v1/credits/history');
    expect(body.data[0].delta).toBe(-0.000075);
  });
});

describe('“If your account balance becomes negative, API requests will return an error until you add more credits”', () => {
  const SECOND = { service: 'transcription', quantities: { seconds: 1 } };

  test('work that succeeded is charged though it takes the balance below zero', async () => {
    const customer = await system.customer(1);
    const tenHours = { seconds: 36_000 };
    await customer.post('/v1/operations', { service: 'transcription', reference: 'long' });
    const done = await customer.post('/v1/operations/long/complete', { quantities: tenHours });
    expect(done.body).toMatchObject({ state: 'settled', amount: '2.7' });
    expect(await balanceOf(customer)).toBe(-1.7);
    const late = await system.customer(1);
    const charged = await charge(late, 'transcription', tenHours);
    expect(charged).toMatchObject({
      status: 201,
      body: { state: 'settled', amount: '2.7', balance: '-1.7' },
    });
    expect(await balanceOf(late)).toBe(-1.7);
  });

  test('nothing starts below zero, and everything does again once it is paid', async () => {
    const customer = await owing(3n);
    expect(await balanceOf(customer)).toBe(-3);
    const start = (reference: string) => customer.post('/v1/operations', { ...SECOND, reference });
    for (const refused of [await start('one'), await charge(customer, 'transcription', { seconds: 1 })])
      expect(refused).toMatchObject({ status: 402, body: { error: { code: 'insufficient_credits' } } });
    await system.topUp(customer, 2);
    expect((await start('one')).status).toBe(402);
    await system.topUp(customer, 2);
    expect((await start('one')).status).toBe(201);
    expect(await balanceOf(customer)).toBe(1);
  });
});

/** Opens a session, and says under which id. */
async function streaming({ post }: Customer): Promise<string> {
  const { status, body } = await post('/v1/sessions', { service: 'streaming', reference: randomUUID() });
  expect(status).toBe(201);
  return body.id;
}
const terminate = ({ post }: Customer, session: string) => post(`/v1/sessions/${session}/terminate`, {});

describe('pricing structure (streaming audio)', () => {
  test('“We charge based on the duration of the created session”', async () => {
    const customer = await system.customer(10);
    const session = await streaming(customer);
    await system.at('2026-03-01T12:20:00Z');
    expect(await balanceOf(customer)).toBe(10);
    expect((await terminate(customer, session)).body).toMatchObject({
      state: 'settled',
      closed_by: 'terminated',
      seconds: 1_200,
      amount: '0.05',
    });
    expect(await balanceOf(customer)).toBe(9.95);
    expect((await customer.get(`/v1/operations/${session}`)).body).toMatchObject({
      service: 'streaming',
      state: 'settled',
      amount: '0.05',
    });
    await system.at('2026-03-01T12:00:00Z');
  });

  test('“Sessions must be properly closed by sending a session termination message to end billing”', async () => {
    const customer = await system.customer(10);
    const session = await streaming(customer);
    await system.at('2026-03-01T13:00:00Z');
    const ended = await terminate(customer, session);
    await system.at('2026-03-01T20:00:00Z');
    const again = await terminate(customer, session);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(ended.body);
    await system.sessionsClose();
    expect(await balanceOf(customer)).toBe(9.85);
    await system.at('2026-03-01T12:00:00Z');
  });

  test('“it will automatically close after 3 hours and you will be charged for the full 3-hour duration”', async () => {
    const customer = await system.customer(10);
    const session = await streaming(customer);
    await system.at('2026-03-01T14:59:59.999Z');
    await customer.post(`/v1/sessions/${session}/heartbeat`, {});
    await system.sessionsClose();
    expect(await balanceOf(customer)).toBe(10);
    // However late anyone looks, and though it was kept alive to the last moment.
    await system.at('2026-03-01T23:00:00Z');
    await system.sessionsClose();
    expect(await balanceOf(customer)).toBe(9.55);
    expect((await customer.post(`/v1/sessions/${session}/heartbeat`, {})).body).toMatchObject({
      state: 'settled',
      closed_by: 'auto_closed',
      closed_at: '2026-03-01T15:00:00.000Z',
      seconds: 10_800,
      amount: '0.45',
    });
    expect((await customer.get('/v1/usage')).body.data[0]).toMatchObject({
      service: 'streaming',
      credits: -0.45,
      reference: session,
    });
    await system.at('2026-03-01T12:00:00Z');
  });

  test('a session of another account is not there', async () => {
    const [one, other] = [await system.customer(10), await system.customer(10)];
    const session = await streaming(one);
    expect((await terminate(other, session)).status).toBe(404);
    expect((await terminate(one, session)).status).toBe(200);
  });

  test('“Improperly closed streaming sessions are a common cause of unexpected charges that lead to negative balances”', async () => {
    const customer = await system.customer(1);
    for (let count = 0; count < 3; count++) await streaming(customer);
    await system.at('2026-03-01T15:00:00Z');
    await system.sessionsClose();
    expect(await balanceOf(customer)).toBe(-0.35);
    expect((await charge(customer, 'transcription', { seconds: 1 })).status).toBe(402);
    await system.at('2026-03-01T12:00:00Z');
  });
});

test('all of this left a sound ledger', async () => {
  expect(await system.ledger.audit()).toEqual([]);
});
