import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import type { Calculation } from '@/lib/domain/calculation';
import { credits } from '@/lib/domain/credits';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { gift } from '@/test/database/ledger-account';

import { requestHash } from './request-hash';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture('dubbing');
});
afterAll(() => api.close());

/** An account with so many credits, and a key of it. */
async function funded(credits: bigint): Promise<{ accountId: AccountId; key: string }> {
  const accountId = await api.ledger.newAccount();
  if (credits > 0n) await gift(api.ledger, accountId, credits * 1_000_000n);
  return { accountId, key: await api.newKey(accountId) };
}
const CALCULATION_OF_OLD: Calculation = {
  priceBook: { id: 'dubbing', version: 'of old' },
  service: 'dubbing',
  inputs: { milliseconds: '60000' },
  lines: [],
  rounding: { direction: 'up', step: '1' },
  minimum: '30000000',
  quoted: null,
  formula: '30 credits',
};
const dub = (seconds: number) => ({ service: 'dubbing', quantities: { seconds } });

describe('a charge', () => {
  test('is priced by the book and explained', async () => {
    const { key } = await funded(100n);
    const { status, body } = await api.call('POST', '/v1/charges', {
      key,
      body: { ...dub(90), reference: 'job 1', metadata: { project: 'spring' } },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      reference: 'job 1',
      service: 'dubbing',
      state: 'settled',
      amount: '15',
      entry: '2',
      balance: '85',
      metadata: { project: 'spring' },
    });
    expect(body.calculation.formula).toContain('15');
  });

  test('repeated has the same answer, word for word, and charges nothing', async () => {
    const { key } = await funded(100n);
    const asked = { key, headers: { 'idempotency-key': 'k-1' }, body: dub(60) };
    const first = await api.call('POST', '/v1/charges', asked);
    const again = await api.call('POST', '/api/v1/charges', asked);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(again.status).toBe(201);
  });

  test('repeated after its price has changed has the first answer', async () => {
    const { accountId, key } = await funded(100n);
    const asked = { ...dub(60), reference: 'dear' };
    // As an older price book would have charged it: 30 credits, where it would be 10 by now.
    const { reference, ...rest } = asked;
    const hash = requestHash('POST /charges', rest);
    await charge(api.ledger.db, {
      accountId,
      reference,
      hash,
      amount: credits(30_000_000n),
      calculation: CALCULATION_OF_OLD,
    });

    const again = await api.call('POST', '/v1/charges', { key, body: asked });
    expect(again).toMatchObject({ status: 201, body: { amount: '30', entry: '2', balance: '70' } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.calculation).toMatchObject({ price_book_version: 'of old' });
    const batch = await api.call('POST', '/v1/charges/batch', { key, body: { charges: [asked] } });
    expect(batch.body.results).toMatchObject([{ outcome: 'replayed', charge: { amount: '30' } }]);
  });

  test('with the fields in another order is the same request, with another number it is not', async () => {
    const { key } = await funded(100n);
    const headers = { 'idempotency-key': 'k-2' };
    await api.call('POST', '/v1/charges', {
      key,
      headers,
      body: '{"service":"dubbing","quantities":{"seconds":60},"metadata":{"a":"1","b":"2"}}',
    });
    const again = await api.call('POST', '/v1/charges', {
      key,
      headers,
      body: '{"metadata":{"b":"2","a":"1"},"quantities":{"seconds":60},"service":"dubbing"}',
    });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await api.call('POST', '/v1/charges', { key, headers, body: dub(61) });
    expect(other).toMatchObject({ status: 422, body: { error: { code: 'idempotency_key_reused' } } });
  });

  test('needs a key or a reference', async () => {
    const { key } = await funded(100n);
    expect(await api.call('POST', '/v1/charges', { key, body: dub(60) })).toMatchObject({
      status: 400,
      body: { error: { code: 'idempotency_key_required' } },
    });
  });

  test('under one key with two references is refused the second time', async () => {
    const { key } = await funded(100n);
    const headers = { 'idempotency-key': 'k-3' };
    const first = { ...dub(60), reference: 'first' };
    expect((await api.call('POST', '/v1/charges', { key, headers, body: first })).status).toBe(201);
    expect((await api.call('POST', '/v1/charges', { key, headers, body: first })).status).toBe(201);
    expect(
      (await api.call('POST', '/v1/charges', { key, headers, body: { ...first, reference: 'second' } }))
        .status,
    ).toBe(422);
  });

  test('that cannot be paid is 402 with the numbers, is not remembered, and goes through once there is enough', async () => {
    const { accountId, key } = await funded(4n);
    const asked = { key, body: { ...dub(30), reference: 'short' } };
    expect(await api.call('POST', '/v1/charges', asked)).toMatchObject({
      status: 402,
      body: {
        error: { code: 'insufficient_credits', required: '10', available: '4', shortfall: '6' },
      },
    });
    await gift(api.ledger, accountId, 6_000_000n);
    expect(await api.call('POST', '/v1/charges', asked)).toMatchObject({
      status: 201,
      body: { balance: '0' },
    });
  });

  test('of a service that the book does not have is 404 with its name', async () => {
    const { key } = await funded(10n);
    const body = { service: 'laundry', reference: 'x' };
    expect(await api.call('POST', '/v1/charges', { key, body })).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_service', param: 'service' } },
    });
  });
});

describe('a batch', () => {
  test('gives each charge its own outcome, in its order', async () => {
    const { key } = await funded(25n);
    const { status, body } = await api.call('POST', '/v1/charges/batch', {
      key,
      body: {
        charges: [
          { ...dub(60), reference: 'a' },
          { ...dub(60), reference: 'a' },
          { ...dub(61), reference: 'a' },
          { ...dub(600), reference: 'b' },
          { service: 'dubbing', quantities: { seconds: -1 }, reference: 'c' },
          { service: 'laundry', reference: 'd' },
          'nonsense',
          dub(60),
          { ...dub(60), reference: 'e' },
        ],
      },
    });
    expect(status).toBe(200);
    const outcomes = body.results.map(
      (result: { outcome: string; error?: { code: string } }) => result.error?.code ?? result.outcome,
    );
    expect(outcomes).toEqual([
      'applied',
      'replayed',
      'idempotency_key_reused',
      'insufficient_credits',
      'invalid_input',
      'unknown_service',
      'invalid_input',
      'invalid_input',
      'applied',
    ]);
  });

  test('holds a thousand and no more', async () => {
    const { key } = await funded(10_000n);
    const charges = Array.from({ length: 1_001 }, (_, index) => ({ ...dub(1), reference: `job ${index}` }));
    expect((await api.call('POST', '/v1/charges/batch', { key, body: { charges } })).status).toBe(422);
    const { body } = await api.call('POST', '/v1/charges/batch', {
      key,
      body: { charges: charges.slice(1) },
    });
    expect(body.results.at(-1)).toMatchObject({ outcome: 'applied', charge: { balance: '0' } });
  });
});

describe('a quote', () => {
  test('says what is missing, and a charge by it costs no more', async () => {
    const { key } = await funded(12n);
    const { status, body } = await api.call('POST', '/v1/quotes', { key, body: dub(90) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ amount: '15', available: '12', sufficient: false, shortfall: '3' });
    expect(
      await api.call('POST', '/v1/charges', {
        key,
        body: { ...dub(60), reference: 'q', quote: body.items[0].quote },
      }),
    ).toMatchObject({ status: 201, body: { amount: '10' } });
  });

  test('covers no more work than was quoted, and no other account', async () => {
    const [one, other] = [await funded(100n), await funded(100n)];
    const { body } = await api.call('POST', '/v1/quotes', { key: one.key, body: dub(60) });
    const { quote } = body.items[0];
    const more = { ...dub(61), reference: 'more', quote };
    expect((await api.call('POST', '/v1/charges', { key: one.key, body: more })).status).toBe(422);
    const theirs = { ...dub(60), reference: 'theirs', quote };
    expect((await api.call('POST', '/v1/charges', { key: other.key, body: theirs })).status).toBe(422);
  });

  test('of a list adds up, and names the item that is wrong', async () => {
    const { key } = await funded(100n);
    const items = [dub(60), dub(120), { service: 'training', quantities: { max_minutes: 5 } }];
    expect((await api.call('POST', '/v1/quotes', { key, body: { items } })).body).toMatchObject({
      amount: '80',
      sufficient: true,
      shortfall: '0',
    });
    const wrong = { items: [dub(60), { service: 'training' }] };
    expect((await api.call('POST', '/v1/quotes', { key, body: wrong })).body.error.param).toBe(
      'items.1.quantities.max_minutes',
    );
  });
});

describe('a caller', () => {
  test('without a key, or with one that is not ours, is told so', async () => {
    for (const key of [undefined, 'cof_live_nonsense_nonsense', 'eyJhbGciOiJub25lIn0.e30.']) {
      const answer = await api.call('GET', '/v1/operations', key === undefined ? {} : { key });
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('whose key lacks the scope is refused', async () => {
    const { accountId } = await funded(10n);
    const key = await api.newKey(accountId, ['read']);
    const body = { ...dub(1), reference: 'x' };
    expect((await api.call('POST', '/v1/charges', { key, body })).status).toBe(403);
    expect((await api.call('GET', '/v1/operations', { key })).status).toBe(200);
  });

  test('whose key was revoked is out with the next request', async () => {
    const { accountId, key } = await funded(10n);
    await api.call('GET', '/v1/operations', { key });
    await api.ledger.asOwner('UPDATE api_keys SET revoked_at = now() WHERE account_id = $1', [accountId]);
    expect((await api.call('GET', '/v1/operations', { key })).status).toBe(401);
  });

  test('whose key was revoked is out, however many requests ask for that key together', async () => {
    const { accountId, key } = await funded(100n);
    const asked = (reference: string) => ({ key, body: { ...dub(60), reference } });
    const underWay = Array.from({ length: 40 }, (_, index) =>
      api.call('POST', '/v1/charges', asked(`under way ${index}`)),
    );
    await api.ledger.asOwner('UPDATE api_keys SET revoked_at = now() WHERE account_id = $1', [accountId]);
    expect((await api.call('POST', '/v1/charges', asked('after'))).status).toBe(401);
    for (const { status } of await Promise.all(underWay)) expect([201, 401, 402]).toContain(status);
  });

  test('with a service key acts for the account it names, and for none that is not there', async () => {
    const { accountId } = await funded(10n);
    const key = await api.newKey(null);
    const body = { ...dub(1), reference: 'x' };
    const as = (account: string) =>
      api.call('POST', '/v1/charges', { key, headers: { 'coffer-account': account }, body });
    expect((await as(`${accountId}`)).status).toBe(201);
    expect((await as('999999')).status).toBe(404);
    expect((await as('1e3')).status).toBe(404);
    expect((await api.call('POST', '/v1/charges', { key, body })).status).toBe(422);
  });

  test('with a service key finds nothing at any address for an account that is not there', async () => {
    const key = await api.newKey(null);
    const headers = { 'coffer-account': '999999', 'idempotency-key': 'k' };
    for (const address of [
      '/v1/credits',
      '/v1/credits/usage',
      '/v1/credits/history',
      '/v1/usage',
      '/v1/operations',
    ])
      expect((await api.call('GET', address, { key, headers })).status, address).toBe(404);
    for (const [address, body] of [
      ['/v1/operations', { ...dub(1), reference: 'x' }],
      ['/v1/billing/checkout-sessions', { package: '500' }],
      ['/v1/billing/portal-sessions', {}],
      ['/v1/credits/payg/create-checkout-session', { amount_usd: 5 }],
    ] as const)
      expect((await api.call('POST', address, { key, headers, body })).status, address).toBe(404);
  });

  test('of an account that is stopped can look, and nothing is charged', async () => {
    const { accountId, key } = await funded(10n);
    const service = await api.newKey(null);
    await api.ledger.asOwner(
      `UPDATE accounts SET frozen_at = now(), frozen_because = 'audit' WHERE account_id = $1`,
      [accountId],
    );
    const body = { ...dub(1), reference: 'x' };
    const headers = { 'coffer-account': `${accountId}` };
    for (const asked of [{ key }, { key: service, headers }]) {
      expect(await api.call('POST', '/v1/charges', { ...asked, body })).toMatchObject({
        status: 423,
        body: { error: { code: 'account_frozen' } },
      });
      expect((await api.call('GET', '/v1/operations', asked)).status).toBe(200);
    }
  });

  test('with an account key cannot act for another account', async () => {
    const [one, other] = [await funded(10n), await funded(10n)];
    const headers = { 'coffer-account': `${other.accountId}` };
    expect((await api.call('GET', '/v1/operations', { key: one.key, headers })).status).toBe(404);
  });
});

test('an address without the method says which it takes', async () => {
  const answer = await api.call('DELETE', '/v1/charges');
  expect(answer).toMatchObject({ status: 405, body: { error: { code: 'method_not_allowed' } } });
  expect(answer.headers.get('allow')).toBe('POST');
});

test('all of this left a sound ledger', async () => {
  expect(await api.ledger.audit()).toEqual([]);
});
