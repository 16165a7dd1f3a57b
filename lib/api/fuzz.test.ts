import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { documentedOperations, exampleOf } from '@/test/api/documented';
import { BROKEN_BODIES, HOSTILE_AMOUNTS, type Json, leavesOf } from '@/test/api/hostile-json';
import { everyRow, gift } from '@/test/database/ledger-account';

type Documented = { method: string; path: string; example: Json | null };

/** Every operation of the document, with the body that it shows. */
const operations: Documented[] = documentedOperations.map((one) => ({
  method: one.method,
  path: one.path,
  example: (exampleOf(one) as Json | undefined) ?? null,
}));
const withBody = operations.filter(({ example }) => example !== null);

let api: ApiFixture;
let accountId: AccountId;
let key: string;
beforeAll(async () => {
  api = await apiFixture('dubbing');
  accountId = await api.ledger.newAccount();
  await gift(api.ledger, accountId, 1_000_000_000n);
  key = await api.newKey(accountId);
  await api.call('POST', '/v1/operations', {
    key,
    body: { service: 'dubbing', quantities: { seconds: 60 }, reference: 'job' },
  });
});
afterAll(() => api.close());

const addressOf = (path: string) => `/v1${path.replace('{id}', 'job')}`;

/** Sends each body, and says which were answered with anything but a refusal. */
async function accepted(
  { method, path }: Documented,
  bodies: readonly string[],
  headers = {},
): Promise<string[]> {
  const before = await everyRow(api.ledger, accountId);
  const wrong: string[] = [];
  for (const body of bodies) {
    const { status } = await api.call(method, addressOf(path), {
      key,
      headers: { 'idempotency-key': crypto.randomUUID(), ...headers },
      body,
    });
    if (status < 400 || status >= 500) wrong.push(`${status} ${body.slice(0, 120)}`);
  }
  expect(await everyRow(api.ledger, accountId)).toBe(before);
  return wrong;
}

test.each(withBody)('$method $path refuses what is no request, and nothing changes', async (operation) => {
  const text = JSON.stringify(operation.example);
  const twice = text === '{}' ? [] : [text.replace('{', `{${text.slice(1, text.indexOf(','))},`)];
  const unknown = text.replace(/\}$/, `${text === '{}' ? '' : ','}"surprise":1}`);
  expect(await accepted(operation, [...BROKEN_BODIES, ...twice, unknown])).toEqual([]);
  expect(await accepted(operation, [text], { 'content-type': 'text/plain' })).toEqual([]);
  expect(await accepted(operation, [text], { 'idempotency-key': 'a'.repeat(201) })).toEqual([]);
});

const numbers = withBody
  .flatMap((operation) =>
    leavesOf(operation.example)
      .filter(({ isNumber }) => isNumber)
      .map((leaf) => ({ ...operation, leaf })),
  )
  .filter(({ path }) => path !== '/charges/batch');
test.each(numbers)('$method $path refuses every hostile amount in $leaf.path', async (operation) => {
  const bodies = HOSTILE_AMOUNTS.map((amount) => operation.leaf.with(amount));
  expect(await accepted(operation, bodies)).toEqual([]);
});

test('a hostile amount in a batch is refused in its place', async () => {
  const before = await everyRow(api.ledger, accountId);
  const charges = HOSTILE_AMOUNTS.map(
    (amount, index) => `{"reference":"b${index}","service":"dubbing","quantities":{"seconds":${amount}}}`,
  );
  const { body } = await api.call('POST', '/v1/charges/batch', {
    key,
    body: `{"charges":[${charges.join(',')}]}`,
  });
  expect(body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
    charges.map(() => 'refused'),
  );
  expect(await everyRow(api.ledger, accountId)).toBe(before);
});

const texts = withBody.flatMap((operation) =>
  leavesOf(operation.example).map((leaf) => ({ ...operation, leaf })),
);
test.each(texts)(
  '$method $path answers whatever stands in $leaf.path, and never with a failure',
  async (operation) => {
    const penniless = await api.newKey(await api.ledger.newAccount());
    // A password is hashed at every try, which is slow on purpose.
    const amounts = operation.path === '/auth/token' ? HOSTILE_AMOUNTS.slice(0, 3) : HOSTILE_AMOUNTS;
    for (const json of [...amounts, `"${'x'.repeat(100_000)}"`, '"\\u0000"', '"\\udc00"', '"\\u0007"']) {
      const { status, body } = await api.call(operation.method, addressOf(operation.path), {
        key: penniless,
        body: operation.leaf.with(json),
      });
      expect(status, `${operation.leaf.path}: ${json.slice(0, 60)}`).toBeLessThan(500);
      expect(status < 400 || typeof body.error.request_id === 'string').toBe(true);
    }
  },
);

test.each(operations)(
  '$method $path answers hostile addresses, and never with a failure',
  async ({ method, path }) => {
    const hostile = [
      '%00',
      '%ff',
      '..%2f..%2fetc',
      "'%20OR%201=1",
      'x'.repeat(5_000),
      '%F0%9F%98%80',
      '-1',
      '9'.repeat(40),
    ];
    for (const text of hostile) {
      for (const query of [
        `limit=${text}`,
        `cursor=${text}`,
        `offset=${text}`,
        `surprise=${text}`,
        'limit=1&limit=2',
      ]) {
        const at = `/v1${path.replace('{id}', text)}?${query}`;
        const { status } = await api.call(method, at, { key, ...(method === 'GET' ? {} : { body: '[]' }) });
        expect(status, at.slice(0, 80)).toBeLessThan(500);
      }
    }
  },
);

test('all of this left a sound ledger', async () => {
  expect(await api.ledger.audit()).toEqual([]);
});
