import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { dueSessions } from '@/lib/db/ledger/session';
import { closeDueSessions, closeSession } from '@/lib/jobs/close-sessions';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { documentedAt, faultsOf } from '@/test/api/documented';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture('assemblyai');
  await stopClock(api.ledger.urls, new Date(START));
});
afterAll(() => api.close());

const clock = (milliseconds: number) =>
  api.ledger.asOwner('UPDATE clock SET now = $1', [new Date(START + milliseconds)]);
async function funded(dollars: bigint): Promise<{ accountId: AccountId; key: string }> {
  await clock(0);
  const accountId = await api.ledger.newAccount();
  if (dollars > 0n) await gift(api.ledger, accountId, dollars * 1_000_000n);
  return { accountId, key: await api.newKey(accountId) };
}
const open = (key: string) =>
  api.call('POST', '/v1/sessions', { key, body: { service: 'streaming', reference: 'live' } });

test('a session is charged for as long as it was open, when it is terminated', async () => {
  const { key } = await funded(1n);
  const opened = await open(key);
  expect(opened).toMatchObject({
    status: 201,
    body: { id: 'live', state: 'open', closes_at: '2026-01-01T03:00:00.000Z', seconds: 0, amount: null },
  });
  await clock(HOUR);
  expect(await api.call('POST', '/v1/sessions/live/heartbeat', { key, body: {} })).toMatchObject({
    status: 200,
    body: { state: 'open', seconds: 3_600 },
  });
  const ended = await api.call('POST', '/v1/sessions/live/terminate', { key, body: {} });
  expect(ended.body).toMatchObject({
    state: 'settled',
    closed_by: 'terminated',
    seconds: 3_600,
    amount: '0.15',
  });
  await clock(2 * HOUR);
  const again = await api.call('POST', '/v1/sessions/live/terminate', { key, body: {} });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.body).toEqual(ended.body);
  expect((await open(key)).body).toEqual(opened.body);
});

test('one that nobody terminated is closed after three hours, charged for all three, and stays closed', async () => {
  const { key, accountId } = await funded(1n);
  await open(key);
  await clock(5 * HOUR);
  for (const { reference } of await dueSessions(api.ledger.db, 100))
    await closeSession({ db: api.ledger.db, now: new Date() }, { accountId: `${accountId}`, reference });
  await closeDueSessions({ db: api.ledger.db, now: new Date() });
  expect((await api.call('POST', '/v1/sessions/live/heartbeat', { key, body: {} })).body).toMatchObject({
    state: 'settled',
    closed_by: 'auto_closed',
    seconds: 10_800,
    amount: '0.45',
  });
});

test('nothing starts on an account that has nothing left, and a debt stops all that comes after', async () => {
  const { key } = await funded(0n);
  expect((await open(key)).status).toBe(402);
  const other = await funded(1n);
  const charge = {
    service: 'llm',
    quantities: { model: 'example-large', input_tokens: 500_000, output_tokens: 0 },
    reference: 'a',
  };
  expect((await api.call('POST', '/v1/charges', { key: other.key, body: charge })).body).toMatchObject({
    amount: '1.5',
    balance: '-0.5',
    state: 'settled',
  });
  expect((await open(other.key)).status).toBe(402);
  expect(
    (await api.call('POST', '/v1/charges', { key: other.key, body: { ...charge, reference: 'b' } })).status,
  ).toBe(402);
});

test('a service that is no session is told where it starts', async () => {
  const { key } = await funded(1n);
  const ask = (service: string) =>
    api.call('POST', '/v1/sessions', { key, body: { service, reference: service } });
  expect(await ask('transcription')).toMatchObject({ status: 422, body: { error: { param: 'service' } } });
  expect(await ask('laundry')).toMatchObject({ status: 404, body: { error: { code: 'unknown_service' } } });
  expect((await api.call('POST', '/v1/sessions/nothing/terminate', { key, body: {} })).status).toBe(404);
});

test.each([
  ['POST', '/v1/sessions', { service: 'streaming', reference: 'live' }, 201],
  ['POST', '/v1/sessions/live/heartbeat', {}, 200],
  ['POST', '/v1/sessions/live/terminate', {}, 200],
] as const)('%s %s answers as documented', async (method, path, body, status) => {
  const { key } = await funded(1n);
  if (path !== '/v1/sessions') await open(key);
  const answer = await api.call(method, path, { key, body });
  expect(answer.status).toBe(status);
  const documented = documentedAt(method, path);
  expect(documented && faultsOf(documented, answer)).toBeNull();
});

test('all of this left a sound ledger', async () => {
  expect(await api.ledger.audit()).toEqual([]);
});
