import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { coffer } from '@/client/coffer';
import { hashPassword } from '@/lib/auth/password';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { gift } from '@/test/database/ledger-account';

import { openApiDocument } from './open-api';

type Documented = {
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } };
  responses: Record<string, { content: { 'application/json': { schema: object } } }>;
};

const { paths = {}, components } = openApiDocument();
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Documented>).map(([method, documented]) => ({
    method: method.toUpperCase(),
    path,
    ...documented,
  })),
);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
/** What is wrong with an answer by the document; null where nothing is. */
function faultsOf(schema: object, answer: unknown): unknown {
  const validate = ajv.compile({ ...schema, components });
  return validate(answer) ? null : validate.errors;
}

let api: ApiFixture;
let key: string;
beforeAll(async () => {
  api = await apiFixture('dubbing');
  const accountId = await api.ledger.newAccount();
  await gift(api.ledger, accountId, 1_000_000_000n);
  key = await api.newKey(accountId);
  await api.ledger.asOwner(
    `WITH person AS (INSERT INTO users (email, password_hash) VALUES ('ada@example.com', $1) RETURNING id)
     INSERT INTO members (account_id, user_id, role) SELECT $2, id, 'owner' FROM person`,
    [await hashPassword('correct horse'), accountId],
  );
});
afterAll(() => api.close());

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

test.each(operations)(
  '$method $path answers its example as documented',
  async ({ method, path, requestBody, responses }) => {
    const name = requestBody?.content['application/json'].schema.$ref.replace('#/components/schemas/', '');
    const schema = name === undefined ? undefined : components?.schemas?.[name];
    const example = (schema as { example?: unknown } | undefined)?.example;
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const answer = await api.call(method, await addressOf(path), {
      key,
      headers,
      ...(example === undefined ? {} : { body: example }),
    });
    const documented = responses[`${answer.status}`]?.content['application/json'].schema;
    expect(documented, `${answer.status} ${JSON.stringify(answer.body)}`).toBeDefined();
    expect(faultsOf(documented ?? {}, answer.body)).toBeNull();
  },
);

test.each(operations)(
  '$method $path refuses a stranger as documented',
  async ({ method, path, responses }) => {
    const answer = await api.call(
      method,
      `/v1${path.replace('{id}', 'x')}`,
      method === 'GET' ? {} : { body: {} },
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(faultsOf(responses['default']?.content['application/json'].schema ?? {}, answer.body)).toBeNull();
  },
);

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
