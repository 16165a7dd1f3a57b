import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import { type TestDatabase, testDatabase } from '@/test/database/test-database';

import { type Database, openDatabase } from './database';
import { forgive, giveBackOne, type Limit, takeOne } from './rate-limits';

let database: TestDatabase;
/** Two processes. */
let processes: [Database, Database];
beforeAll(async () => {
  database = await testDatabase();
  processes = [openDatabase(database.appUrl), openDatabase(database.appUrl)];
});
afterAll(async () => {
  await Promise.all(processes.map((db) => db.close()));
  await database.drop();
});

const limit: Limit = { name: 'test', most: 5, seconds: 3_600 };
const take = (who: string, times: number) =>
  Promise.all(Array.from({ length: times }, (_, n) => takeOne(processes[n % 2 === 0 ? 0 : 1], limit, who)));

test('of many at once, in two processes, no more pass than may', async () => {
  const waits = await take(randomUUID(), 40);
  expect(waits.filter((wait) => wait === null)).toHaveLength(limit.most);
});

test('whoever is refused is told how long, and somebody else is not refused', async () => {
  const [who, other] = [randomUUID(), randomUUID()];
  const waits = await take(who, 6);
  const told = waits.find((wait) => wait !== null);
  expect(told).toBeGreaterThan(3_500);
  expect(told).toBeLessThanOrEqual(3_600);
  expect(await take(other, 1)).toEqual([null]);
});

test('one that is given back may be taken again, and whoever is forgiven begins anew', async () => {
  const who = randomUUID();
  await take(who, 5);
  await giveBackOne(processes[0], limit, who);
  expect(await take(who, 1)).toEqual([null]);
  expect(await take(who, 1)).not.toEqual([null]);
  await forgive(processes[1], limit, who);
  expect(await take(who, 5)).toEqual([null, null, null, null, null]);
});

test('nobody can be read from what is kept', async () => {
  const who = `${randomUUID()}@story.example`;
  await take(who, 1);
  const { rows: kept } = await withClient(database.ownerUrl, (client) =>
    client.query<{ key: string }>('SELECT key FROM rate_limits'),
  );
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept)).not.toContain('@');
});
