import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { gift } from '@/test/database/ledger-account';

let api: ApiFixture;
beforeAll(async () => {
  api = await apiFixture('audiopod');
});
afterAll(() => api.close());

async function funded(credits: bigint): Promise<{ accountId: AccountId; key: string }> {
  const accountId = await api.ledger.newAccount();
  await gift(api.ledger, accountId, credits * 1_000_000n);
  return { accountId, key: await api.newKey(accountId) };
}
const minute = { service: 'transcription', quantities: { seconds: 60 } };

describe('an operation that is charged when it succeeds', () => {
  test('is held for, and charged what it came to', async () => {
    const { key } = await funded(1_000n);
    const started = await api.call('POST', '/v1/operations', { key, body: { ...minute, reference: 'job' } });
    expect(started).toMatchObject({
      status: 201,
      body: { id: 'job', state: 'running', amount: null, held: '660', entry: null },
    });
    const done = await api.call('POST', '/v1/operations/job/complete', {
      key,
      body: { quantities: { seconds: 30 } },
    });
    expect(done).toMatchObject({
      status: 200,
      body: { state: 'settled', amount: '330', held: null, entry: '2' },
    });
    const again = await api.call('POST', '/v1/operations/job/complete', {
      key,
      body: { quantities: { seconds: 30 } },
    });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(done.body);
    expect((await api.call('POST', '/v1/operations/job/fail', { key, body: {} })).status).toBe(409);
  });

  test('started again after it ended has the first answer', async () => {
    const { key } = await funded(1_000n);
    const asked = { key, body: { ...minute, reference: 'job' } };
    const started = await api.call('POST', '/v1/operations', asked);
    await api.call('POST', '/v1/operations/job/complete', { key, body: {} });
    const again = await api.call('POST', '/v1/operations', asked);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(started.body);
  });

  test('costs nothing when it fails', async () => {
    const { key } = await funded(700n);
    await api.call('POST', '/v1/operations', { key, body: { ...minute, reference: 'job' } });
    const failed = await api.call('POST', '/v1/operations/job/fail', { key, body: {} });
    expect(failed).toMatchObject({ status: 200, body: { state: 'failed', held: null } });
    expect((await api.call('POST', '/v1/quotes', { key, body: minute })).body.available).toBe('700');
  });

  test('does not start where the credits are short', async () => {
    const { key } = await funded(659n);
    expect(
      await api.call('POST', '/v1/operations', { key, body: { ...minute, reference: 'job' } }),
    ).toMatchObject({ status: 402, body: { error: { required: '660', shortfall: '1' } } });
    expect((await api.call('GET', '/v1/operations/job', { key })).status).toBe(404);
  });
});

test('of another account is not there', async () => {
  const [one, other] = [await funded(1_000n), await funded(1_000n)];
  await api.call('POST', '/v1/operations', { key: one.key, body: { ...minute, reference: 'mine' } });
  for (const [method, path] of [
    ['GET', '/v1/operations/mine'],
    ['POST', '/v1/operations/mine/complete'],
    ['POST', '/v1/operations/mine/fail'],
  ] as const) {
    const answer = await api.call(method, path, {
      key: other.key,
      ...(method === 'POST' ? { body: {} } : {}),
    });
    expect(answer.status).toBe(404);
  }
});

test('pages of operations meet, whatever starts in between', async () => {
  const { key } = await funded(10_000n);
  const start = (name: string) =>
    api.call('POST', '/v1/operations', { key, body: { service: 'video_download', reference: name } });
  for (let index = 0; index < 7; index++) await start(`job ${index}`);
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? 'limit=3' : `limit=3&cursor=${cursor}`;
    const { body } = await api.call('GET', `/v1/operations?${query}`, { key });
    seen.push(...body.data.map(({ id }: { id: string }) => id));
    cursor = body.next_cursor;
    await start(`later ${seen.length}`);
  }
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `job ${index}`));
  for (const wrong of ['x', 'OTk5OTk5OTk5OTk5OTk5OTk6YQ', 'MTox', '%00'])
    expect((await api.call('GET', `/v1/operations?cursor=${wrong}`, { key })).status).toBeLessThan(500);
});

test('all of this left a sound ledger', async () => {
  expect(await api.ledger.audit()).toEqual([]);
});
