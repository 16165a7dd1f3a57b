import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { coffer } from '@/client/coffer';
import { credit } from '@/lib/db/ledger';
import { wholeCredits } from '@/lib/domain/credits';

import { type Customer, type SeedSystem, seedSystem } from './seed-system';

let system: SeedSystem;
beforeAll(async () => {
  system = await seedSystem('audiopod', '2024-01-15T10:30:00Z');
});
afterAll(() => system.close());

const charge = ({ post }: Customer, service: string, quantities = {}, metadata = {}) =>
  post('/v1/charges', { service, quantities, metadata, reference: randomUUID() });
const creditsOf = async ({ get }: Customer) => (await get('/api/v1/credits')).body;
const usageOf = async ({ get }: Customer, query = '') => (await get(`/api/v1/credits/usage${query}`)).body;
/** An account of three months: its allowances, one purchase of 1,000 credits, and 3,250 credits used. */
async function ofTheSeed(): Promise<Customer> {
  await system.at('2023-11-01T00:00:00Z');
  const customer = await system.newcomer();
  await charge(customer, 'voice_cloning_generation', { seconds: 91 });
  await system.at('2023-12-01T00:00:00Z');
  await system.timePasses(customer);
  await system.topUp(customer, 1_000);
  await charge(customer, 'voice_cloning_generation', { seconds: 409.1 });
  await system.at('2024-01-01T00:00:00Z');
  await system.timePasses(customer);
  await system.at('2024-01-15T10:30:00Z');
  await charge(customer, 'voice_cloning_generation', { seconds: 91 });
  return customer;
}

/** An account of this month, with its allowance and so many credits bought. */
async function subscribed(credits: number): Promise<Customer> {
  const customer = await system.newcomer();
  await system.topUp(customer, credits);
  return customer;
}

describe('authentication: “two authentication methods”', () => {
  test('Authorization: Bearer your_jwt_token, “via /api/v1/auth/token endpoint with email/password”', async () => {
    const { email, password, accountId } = await system.newAccount();
    const { status, body } = await system.ask('POST', '/api/v1/auth/token', { body: { email, password } });
    expect(status).toBe(200);
    expect(body.access_token.split('.')).toHaveLength(3);
    await credit(system.ledger.db, { accountId, amount: wholeCredits(5n), kind: 'bonus', reference: 'x' });
    const credits = await system.ask('GET', '/api/v1/credits', { key: body.access_token });
    expect(credits).toMatchObject({ status: 200, body: { total_available_credits: 5 } });
    const wrong = { email, password: 'wrong horse' };
    expect((await system.ask('POST', '/api/v1/auth/token', { body: wrong })).status).toBe(401);
  });

  test('Authorization: Bearer your_api_key', async () => {
    const { get, key } = await system.customer(5);
    expect(key).toMatch(/^cof_live_/);
    expect((await get('/api/v1/credits')).body.total_available_credits).toBe(5);
    for (const stranger of [{}, { key: 'cof_live_of_nobody_at_all' }])
      expect((await system.ask('GET', '/api/v1/credits', stranger)).status).toBe(401);
  });
});

describe('GET /api/v1/credits', () => {
  test('answers the seed’s own response', async () => {
    expect(await creditsOf(await ofTheSeed())).toEqual({
      credits_balance: 1_500,
      payg_balance: 750,
      total_available_credits: 2_250,
      last_reset_at: '2024-01-01T00:00:00.000Z',
      total_credits_used: 3_250,
      total_payg_credits_purchased: 1_000,
      next_reset_date: '2024-02-01T00:00:00.000Z',
      credits_per_month: 2_000,
    });
  });

  test('“Real-time Balance”: what is held for running work is not available, and taken from the allowance first', async () => {
    const customer = await subscribed(1_000);
    const minute = { service: 'transcription', quantities: { seconds: 60 }, reference: 'job' };
    await customer.post('/v1/operations', minute);
    expect(await creditsOf(customer)).toMatchObject({
      credits_balance: 1_340,
      payg_balance: 1_000,
      total_available_credits: 2_340,
      total_credits_used: 0,
    });
    await customer.post('/v1/operations/job/complete', {});
    expect(await creditsOf(customer)).toMatchObject({
      credits_balance: 1_340,
      payg_balance: 1_000,
      total_credits_used: 660,
    });
  });

  test('what is left of an allowance is gone with its month, swept or not', async () => {
    const customer = await subscribed(750);
    await system.at('2024-02-15T00:00:00Z');
    expect(await creditsOf(customer)).toMatchObject({
      credits_balance: 0,
      payg_balance: 750,
      total_available_credits: 750,
    });
    await system.timePasses(customer);
    expect(await creditsOf(customer)).toMatchObject({
      credits_balance: 2_000,
      payg_balance: 750,
      total_available_credits: 2_750,
      last_reset_at: '2024-02-15T00:00:00.000Z',
      next_reset_date: '2024-03-15T00:00:00.000Z',
    });
    await system.at('2024-01-15T10:30:00Z');
  });

  test('an account that has nothing has numbers all the same', async () => {
    expect(await creditsOf(await system.customer())).toEqual({
      credits_balance: 0,
      payg_balance: 0,
      total_available_credits: 0,
      last_reset_at: null,
      total_credits_used: 0,
      total_payg_credits_purchased: 0,
      next_reset_date: null,
      credits_per_month: 2_000,
    });
  });
});

describe('GET /api/v1/credits/usage', () => {
  test('is an array with the seed’s fields', async () => {
    const customer = await subscribed(1_320);
    const metadata = { voice_id: '123', language: 'en', quality: 'high' };
    await charge(customer, 'voice_cloning_generation', { seconds: 180 }, metadata);
    await charge(customer, 'voice_cloning_generation', { seconds: 184 });
    await charge(customer, 'music_generation', { seconds: 29.9 });
    const records = await usageOf(customer);
    expect(records.map((record: object) => Object.keys(record))).toEqual(
      records.map(() => [
        'id',
        'user_credits_id',
        'credits_used',
        'service_type',
        'audio_duration',
        'credit_source',
        'created_at',
        'usage_metadata',
      ]),
    );
    expect(records[2]).toMatchObject({
      credits_used: 990,
      service_type: 'voice_cloning_generation',
      audio_duration: 180,
      credit_source: 'subscription',
      created_at: '2024-01-15T10:30:00.000Z',
      usage_metadata: metadata,
    });
    // The allowance paid most of it, but not all.
    expect(records[1]).toMatchObject({ credits_used: 1_012, credit_source: 'payg' });
    expect(records[0]).toMatchObject({
      credits_used: 1_315,
      service_type: 'music_generation',
      audio_duration: 29.9,
      credit_source: 'payg',
    });
    expect(
      new Set(records.map(({ user_credits_id }: { user_credits_id: string }) => user_credits_id)).size,
    ).toBe(1);
    expect(new Set(records.map(({ id }: { id: string }) => id)).size).toBe(3);
    expect(await usageOf(customer)).toEqual(records);
  });

  test('adds up to total_credits_used, also after work was given back', async () => {
    const customer = await system.customer(10_000);
    for (let index = 0; index < 4; index++) await charge(customer, 'video_download');
    const sum = async () =>
      (await usageOf(customer)).reduce(
        (total: number, { credits_used }: { credits_used: number }) => total + credits_used,
        0,
      );
    expect(await sum()).toBe(24);
    expect((await creditsOf(customer)).total_credits_used).toBe(24);
    const [last] = await system.ledger.asOwner<{ reference: string }>(
      `SELECT reference FROM entries WHERE account_id = $1 AND kind = 'consume' ORDER BY seq DESC LIMIT 1`,
      [customer.accountId],
    );
    await system.ledger.asOwner('SELECT ledger.restore($1, $2)', [customer.accountId, last?.reference]);
    expect(await sum()).toBe(18);
    expect((await creditsOf(customer)).total_credits_used).toBe(18);
  });

  test('“get_usage_history(limit=1000)”, and no more at once', async () => {
    const customer = await system.customer(10_000);
    const charges = Array.from({ length: 1_000 }, (_, index) => ({
      service: 'video_download',
      reference: `download ${index}`,
    }));
    await customer.post('/v1/charges/batch', { charges });
    expect(await usageOf(customer, '?limit=1000')).toHaveLength(1_000);
    expect(await usageOf(customer)).toHaveLength(100);
    for (const query of ['limit=1001', 'limit=0', 'limit=-1', 'limit=NaN', 'cursor=x', 'cursor=0'])
      expect((await customer.get(`/api/v1/credits/usage?${query}`)).status, query).toBe(422);
  });

  test('pages meet by the header Link, whatever is charged in between', async () => {
    const customer = await system.customer(10_000);
    for (let index = 0; index < 7; index++)
      await charge(customer, 'video_download', {}, { number: `${index}` });
    const seen: string[] = [];
    let address: string | null = '/api/v1/credits/usage?limit=3';
    while (address !== null) {
      const page: Awaited<ReturnType<Customer['get']>> = await customer.get(address);
      seen.push(
        ...page.body.map((record: { usage_metadata: { number: string } }) => record.usage_metadata.number),
      );
      const [, next] = /^<(\?[^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '') ?? [];
      address = next === undefined ? null : `/api/v1/credits/usage${next}`;
      await charge(customer, 'video_download', {}, { number: 'later' });
    }
    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });

  test('shows nothing of another account', async () => {
    const [one, other] = [await system.customer(100), await system.customer(100)];
    await charge(one, 'video_download');
    expect(await usageOf(other)).toEqual([]);
    expect(await creditsOf(other)).toMatchObject({ total_credits_used: 0 });
  });
});

describe('usage analytics: what the sample counts out of the list, asked for', () => {
  const HOURS_LATER = ['2024-01-13T10:00:00Z', '2024-01-14T10:00:00Z', '2024-01-15T10:00:00Z'];

  /** Two transcriptions and a download on each of three days. */
  async function ofThreeDays(): Promise<Customer> {
    const customer = await system.customer(100_000);
    for (const moment of HOURS_LATER) {
      await system.at(moment);
      await charge(customer, 'transcription', { seconds: 60 });
      await charge(customer, 'transcription', { seconds: 120 });
      await charge(customer, 'video_download');
    }
    await system.at('2024-01-15T10:30:00Z');
    return customer;
  }

  test('“Usage by Service”: total credits, average per use, usage count and total duration, sorted by total', async () => {
    const { get } = await ofThreeDays();
    const { body } = await get('/v1/usage/summary?by=service');
    expect(body.groups).toEqual([
      {
        name: 'transcription',
        count: 6,
        used: '5940',
        returned: '0',
        spent: '5940',
        average: '990',
        duration_seconds: 540,
      },
      {
        name: 'video_download',
        count: 3,
        used: '18',
        returned: '0',
        spent: '18',
        average: '6',
        duration_seconds: 0,
      },
    ]);
  });

  test('“Daily usage tracking”', async () => {
    const { get } = await ofThreeDays();
    const { body } = await get('/v1/usage/summary?by=day&days=4');
    expect(body.groups.map(({ name, used }: { name: string; used: string }) => [name, used])).toEqual([
      ['2024-01-12', '0'],
      ['2024-01-13', '1986'],
      ['2024-01-14', '1986'],
      ['2024-01-15', '1986'],
    ]);
  });

  test('“get_usage_summary(self, days=30)”: period, total, breakdown and count', async () => {
    const { get } = await ofThreeDays();
    const { body } = await get('/v1/usage/summary');
    expect(body).toMatchObject({
      from: '2023-12-17',
      to: '2024-01-15',
      totals: { used: '5958', count: 9 },
    });
    expect((await get('/v1/usage/summary?days=1')).body.totals).toMatchObject({ used: '1986', count: 3 });
  });
});

const MULTIPLIERS = {
  voice_cloning_generation: 330,
  voice_conversion: 990,
  speech_translation: 3300,
  translation: 1650,
  speaker_diarization: 1650,
  speaker_extraction: 1650,
  denoise_audio: 330,
  spectral_denoise: 660,
  stem_extraction: 990,
  music_generation: 1320,
  transcription: 660,
  video_download: 6,
};

describe('service credit costs', () => {
  test('GET /api/v1/credits/multipliers answers the seed’s own response', async () => {
    const customer = await system.customer();
    expect((await customer.get('/api/v1/credits/multipliers')).body).toEqual(MULTIPLIERS);
  });

  const perMinute = Object.entries(MULTIPLIERS).filter(
    ([service]) => service !== 'music_generation' && service !== 'video_download',
  );
  test.each(perMinute)(
    '%s: %i credits a minute, “(duration_seconds / 60) * costs”',
    async (service, cost) => {
      const customer = await system.customer(20_000);
      for (const [seconds, credits] of [
        [60, cost],
        [120, 2 * cost],
        [30, cost / 2],
        [1, Math.floor(cost / 60)],
      ] as const)
        expect((await charge(customer, service, { seconds })).body.amount, `${seconds} s`).toBe(`${credits}`);
    },
  );

  test('music_generation: 1320 credits for 30 seconds, “(duration_seconds / 30) * costs”', async () => {
    const customer = await system.customer(10_000);
    expect((await charge(customer, 'music_generation', { seconds: 30 })).body.amount).toBe('1320');
    expect((await charge(customer, 'music_generation', { seconds: 60 })).body.amount).toBe('2640');
  });

  test('video_download: 6 credits, however long', async () => {
    const customer = await system.customer(10);
    expect((await charge(customer, 'video_download')).body.amount).toBe('6');
  });

  test.each(['voice_cloning_training', 'transcription_with_diarization', 'text_to_speech'])(
    '%s, which the samples ask for and the reply does not list, is unknown and says so',
    async (service) => {
      const customer = await system.customer(10_000);
      expect(await charge(customer, service, { characters: 5_000 })).toMatchObject({
        status: 404,
        body: { error: { code: 'unknown_service', param: 'service' } },
      });
    },
  );
});

describe('before the work: estimates and “check_sufficient_credits”', () => {
  test('sufficient, available, required and shortfall', async () => {
    const customer = await system.customer(1_000);
    const ask = (seconds: number) =>
      customer.post('/v1/quotes', { service: 'voice_cloning_generation', quantities: { seconds } });
    expect((await ask(120)).body).toMatchObject({
      sufficient: true,
      available: '1000',
      amount: '660',
      shortfall: '0',
    });
    expect((await ask(240)).body).toMatchObject({
      sufficient: false,
      available: '1000',
      amount: '1320',
      shortfall: '320',
    });
  });

  test('“Check total credit requirement first”: all files of a batch, not the first five', async () => {
    const customer = await system.customer(7_000);
    const items = Array.from({ length: 12 }, () => ({
      service: 'transcription',
      quantities: { seconds: 60 },
    }));
    expect((await customer.post('/v1/quotes', { items })).body).toMatchObject({
      amount: '7920',
      sufficient: false,
      shortfall: '920',
    });
  });
});

test('a client of one’s language: balance and usage history, with types', async () => {
  const { key } = await subscribed(1_000);
  const client = coffer({ url: system.url, key });
  const { data: credits } = await client.GET('/credits');
  expect(credits?.total_available_credits).toBe(3_000);
  await client.POST('/charges', { body: { service: 'video_download', reference: 'a video' } });
  const { data: usage = [] } = await client.GET('/credits/usage', { params: { query: { limit: 1_000 } } });
  expect(usage.map(({ service_type, credits_used }) => [service_type, credits_used])).toEqual([
    ['video_download', 6],
  ]);
});

describe('when credits move', () => {
  const minute = { service: 'transcription', quantities: { seconds: 60 } };

  test('they are taken when the work succeeded, and not when it failed', async () => {
    const customer = await system.customer(1_000);
    await customer.post('/v1/operations', { ...minute, reference: 'good' });
    expect((await creditsOf(customer)).total_credits_used).toBe(0);
    await customer.post('/v1/operations/good/complete', {});
    expect((await creditsOf(customer)).total_credits_used).toBe(660);
    await system.topUp(customer, 1_000);
    await customer.post('/v1/operations', { ...minute, reference: 'bad' });
    await customer.post('/v1/operations/bad/fail', {});
    expect(await creditsOf(customer)).toMatchObject({
      total_credits_used: 660,
      total_available_credits: 1_340,
    });
  });

  test('too few are 402 with what is missing', async () => {
    const customer = await system.customer(600);
    for (const address of ['/v1/operations', '/v1/charges'])
      expect(await customer.post(address, { ...minute, reference: randomUUID() })).toMatchObject({
        status: 402,
        body: { error: { code: 'insufficient_credits', shortfall: '60' } },
      });
  });
});

describe('pay-as-you-go credits', () => {
  const ADDRESS = '/api/v1/credits/payg/create-checkout-session';

  test('GET /api/v1/credits/payg/info answers the seed’s own response', async () => {
    const customer = await system.customer();
    expect((await customer.get('/api/v1/credits/payg/info')).body).toEqual({
      credits_per_dollar: 7_500,
      min_amount_usd: 1,
      max_amount_usd: 1_000,
      currency: 'USD',
    });
  });

  test('POST /api/v1/credits/payg/create-checkout-session: {"amount_usd": 25} → 187500 credits', async () => {
    const customer = await system.customer();
    const { status, body } = await customer.post(ADDRESS, { amount_usd: 25 });
    expect(status).toBe(200);
    expect(body).toEqual({
      session_id: expect.stringMatching(/^cs_test_/),
      credits_to_receive: 187_500,
      amount_usd: 25,
      url: expect.stringMatching(/^https?:\/\//),
      expires_at: expect.stringMatching(/Z$/),
    });
    const [topUp] = await system.ledger.asOwner<{ id: string }>(
      'SELECT id FROM top_ups WHERE stripe_session = $1',
      [body.session_id],
    );
    await system.pay(customer, { id: topUp?.id ?? '', url: body.url });
    expect(await creditsOf(customer)).toMatchObject({
      payg_balance: 187_500,
      total_payg_credits_purchased: 187_500,
    });
  });

  test.each([
    { amount: 1, credits: 7_500 },
    { amount: 1_000, credits: 7_500_000 },
    { amount: 1.01, credits: 7_575 },
    { amount: 19.99, credits: 149_925 },
  ])('$amount dollars are $credits credits', async ({ amount, credits }) => {
    const customer = await system.customer();
    expect((await customer.post(ADDRESS, { amount_usd: amount })).body).toMatchObject({
      credits_to_receive: credits,
      amount_usd: amount,
    });
  });

  test.each(['0.99', '1000.01', '0', '-25', '25.001', '1e309', '"25"', 'null', '[25]', '9007199254740993'])(
    '{"amount_usd": %s} is refused',
    async (amount) => {
      const customer = await system.customer();
      const refused = await customer.post(ADDRESS, `{"amount_usd":${amount}}`);
      expect(refused).toMatchObject({
        status: 422,
        body: { error: { code: 'invalid_input', param: 'amount_usd' } },
      });
    },
  );

  test('and says between which amounts it sells', async () => {
    const customer = await system.customer();
    expect((await customer.post(ADDRESS, { amount_usd: 0.99 })).body.error.message).toBe(
      'amount_usd: must be from $1.00 to $1,000.00, in steps of $0.01.',
    );
  });

  test('under one Idempotency-Key two clicks open one page; without one they open two', async () => {
    const customer = await system.customer();
    const press = (headers: Record<string, string>) => customer.post(ADDRESS, { amount_usd: 25 }, headers);
    const [one, other] = await Promise.all([
      press({ 'idempotency-key': 'buy' }),
      press({ 'idempotency-key': 'buy' }),
    ]);
    expect(one.body).toEqual(other.body);
    expect((await press({})).body.session_id).not.toBe((await press({})).body.session_id);
  });

  test('an account without an owner buys too: Stripe’s page asks for the address', async () => {
    const customer = await system.customer();
    await system.ledger.asOwner(
      `SET session_replication_role = replica; DELETE FROM members WHERE account_id = ${customer.accountId}`,
    );
    const { status } = await customer.post(ADDRESS, { amount_usd: 25 });
    expect(status).toBe(200);
    const [made] = system.stripe.sandbox.store.customers.newestFirst();
    expect(made).toMatchObject({ email: null, metadata: { account_id: `${customer.accountId}` } });
  });
});

test('all of this left a sound ledger', async () => {
  expect(await system.ledger.audit()).toEqual([]);
});
