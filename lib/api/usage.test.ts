import { afterAll, beforeAll, expect, test } from 'vitest';

import { type ApiFixture, apiFixture } from '@/test/api/api-fixture';
import { gift } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';

let api: ApiFixture;
let key: string;
beforeAll(async () => {
  api = await apiFixture('dubbing');
  // Late in the evening in UTC is the next day in Berlin.
  await stopClock(api.ledger.urls, new Date('2026-03-10T23:30:00Z'));
  const accountId = await api.ledger.newAccount();
  await gift(api.ledger, accountId, 1_000_000_000n);
  key = await api.newKey(accountId);
  for (const [reference, seconds] of [
    ['a', 60],
    ['b', 120],
  ] as const)
    await api.call('POST', '/v1/charges', {
      key,
      body: { reference, service: 'dubbing', quantities: { seconds }, metadata: { project: 'spring' } },
    });
  await api.ledger.asOwner(`UPDATE clock SET now = '2026-03-11T12:00:00Z'`);
  const training = { reference: 'c', service: 'training', quantities: { max_minutes: 5 } };
  await api.call('POST', '/v1/charges', { key, body: training });
});
afterAll(() => api.close());

const summary = async (query: string) => (await api.call('GET', `/v1/usage/summary?${query}`, { key })).body;

test('usage is summed by service, most used first', async () => {
  expect(await summary('days=7')).toMatchObject({
    to: '2026-03-11',
    totals: { count: 3, used: '80', spent: '80' },
    groups: [
      { name: 'training', count: 1, used: '50' },
      { name: 'dubbing', count: 2, used: '30', average: '15', duration_seconds: 180 },
    ],
  });
});

test('a day is a day of the time zone', async () => {
  const used = (groups: { name: string; used: string }[]) =>
    groups.map(({ name, used }) => `${name} ${used}`);
  expect(used((await summary('days=2&by=day')).groups)).toEqual(['2026-03-10 30', '2026-03-11 50']);
  expect(used((await summary('days=2&by=day&time_zone=Europe/Berlin')).groups)).toEqual([
    '2026-03-10 0',
    '2026-03-11 80',
  ]);
  expect((await api.call('GET', '/v1/usage/summary?time_zone=Mars/Olympus', { key })).status).toBe(422);
});

test('by key, the key that was used is named', async () => {
  const { groups } = await summary('by=key');
  expect(groups).toHaveLength(1);
  expect(groups[0].name).toMatch(/^[0-9a-f-]{36}$/);
});

test('single charges come in pages that meet', async () => {
  const first = await api.call('GET', '/v1/usage/events?limit=2', { key });
  expect(first.body.data.map(({ reference }: { reference: string }) => reference)).toEqual(['c', 'b']);
  expect(first.body.data[1]).toMatchObject({ amount: '20', metadata: { project: 'spring' } });
  expect(first.body.data[1].request_id).toMatch(/^req_/);
  const second = await api.call('GET', `/v1/usage/events?limit=2&cursor=${first.body.next_cursor}`, { key });
  expect(second.body).toMatchObject({ data: [{ reference: 'a' }], next_cursor: null });
  expect((await api.call('GET', '/v1/usage/events?service=training', { key })).body.data).toHaveLength(1);
});

test.each([
  'from=2026-02-30',
  'from=2026-03-02&to=2026-03-01',
  'from=2020-01-01',
  'days=0',
  'days=401',
  'by=moon',
])('a range that is none is refused: %s', async (query) => {
  expect((await api.call('GET', `/v1/usage/summary?${query}`, { key })).status).toBe(422);
});
