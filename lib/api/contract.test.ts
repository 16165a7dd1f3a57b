import { afterAll, beforeAll, expect, test } from 'vitest';

import { coffer } from '@/client/coffer';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { documentedOperations, exampleOf, faultsOf } from '@/test/api/documented';
import { newMember } from '@/test/api/new-member';
import { gift } from '@/test/database/ledger-account';
import { stripeFixture, type StripeFixture } from '@/test/stripe/stripe-fixture';

let api: ApiFixture;
let stripe: StripeFixture;
let key: string;
beforeAll(async () => {
  api = await apiFixture('dubbing');
  stripe = await stripeFixture(api.ledger.urls.appUrl);
  const accountId = await api.ledger.newAccount();
  await gift(api.ledger, accountId, 1_000_000_000n);
  key = await api.newKey(accountId);
  await newMember(api.ledger, accountId, 'owner', 'ada@example.com');
});
afterAll(async () => {
  await api.close();
  await stripe.close();
});

/** Where the document's address leads, once there is an operation. */
async function addressOf(path: string): Promise<string> {
  if (!path.includes('{id}')) return `/v1${path}`;
  const reference = crypto.randomUUID();
  await api.call('POST', '/v1/operations', {
    key,
    body: { service: 'dubbing', quantities: { seconds: 60 }, reference },
  });
  return `/v1${path.replace('{id}', reference)}`;
}

// Held to the document under the price books that have their services: test/conformance.
const ELSEWHERE = [
  '/assets',
  '/assets/{id}',
  '/ads/generate',
  '/sessions',
  '/sessions/{id}/heartbeat',
  '/sessions/{id}/terminate',
];
const operations = documentedOperations.filter(({ path }) => !ELSEWHERE.includes(path));

test.each(operations)('$method $path answers its example as documented', async (documented) => {
  const { method, path } = documented;
  const body = exampleOf(documented);
  const answer = await api.call(method, await addressOf(path), {
    key,
    headers: { 'idempotency-key': crypto.randomUUID() },
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(400);
  expect(faultsOf(documented, answer)).toBeNull();
});

test.each(documentedOperations)('$method $path refuses a stranger as documented', async (documented) => {
  const { method, path } = documented;
  const asked = method === 'GET' ? {} : { body: {} };
  const answer = await api.call(method, `/v1${path.replace('{id}', 'x')}`, asked);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(faultsOf(documented, answer)).toBeNull();
});

test('the client charges, quotes and reads with the types of the document', async () => {
  const client = coffer({ url: api.url, key });
  const work = { service: 'dubbing', quantities: { seconds: 180 } };
  const { data: quote } = await client.POST('/quotes', { body: work });
  expect(quote).toMatchObject({ amount: '30', sufficient: true });
  const { data: charge } = await client.POST('/charges', { body: { ...work, reference: 'by the client' } });
  expect(charge?.amount).toBe('30');
  const { error } = await client.GET('/operations/{id}', { params: { path: { id: 'nothing' } } });
  expect(error?.error.code).toBe('not_found');
});
