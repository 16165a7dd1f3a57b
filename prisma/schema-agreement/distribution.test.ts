import { afterAll, beforeAll, expect, test } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import { type TestDatabase, testDatabase } from '@/test/database/test-database';

/** What every machine needs whole: people, what they did lately, and the routers from Stripe's ids to the account that owns them. */
const GLOBAL = [
  '_prisma_migrations',
  'api_keys',
  'audit_log',
  'authenticators',
  'backup_codes',
  'event_catch_up',
  'mailed_codes',
  'rate_limits',
  'reconciliation_findings',
  'sign_in_sessions',
  'sign_in_tokens',
  'stripe_customers',
  'stripe_events',
  'stripe_payments',
  'users',
  'worker_presence',
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Keys of tables that are not global, each with the column that it begins with. */
const KEYS = `
  SELECT t.relname AS "table", i.indexrelid::regclass::text AS key, a.attname AS first
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
   WHERE t.relnamespace = 'public'::regnamespace AND i.indisunique AND t.relname <> ALL ($1)
  UNION ALL
  SELECT t.relname, c.conname, a.attname
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
   WHERE t.relnamespace = 'public'::regnamespace AND c.contype IN ('f', 'x') AND t.relname <> ALL ($1)
     AND c.confrelid <> ALL (SELECT oid FROM pg_class WHERE relname = ANY ($1) AND relnamespace = 'public'::regnamespace)
   ORDER BY 1, 2`;
type Key = { table: string; key: string; first: string | null };

const keys = () =>
  withClient(database.ownerUrl, async (client) => (await client.query<Key>(KEYS, [GLOBAL])).rows);

test('every key of an account’s tables begins with the account, so that they can be spread over machines', async () => {
  const found = await keys();
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter(({ first }) => first !== 'account_id')).toEqual([]);
});

test('a key of another kind is noticed', async () => {
  await withClient(database.ownerUrl, (client) =>
    client.query('CREATE UNIQUE INDEX stray ON entries (reference)'),
  );
  expect(await keys()).toContainEqual({ table: 'entries', key: 'stray', first: 'reference' });
});

test('what is called global is there', async () => {
  const { rows } = await withClient(database.ownerUrl, (client) =>
    client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY ($1) ORDER BY 1`,
      [GLOBAL],
    ),
  );
  expect(rows.map(({ name }) => name)).toEqual(GLOBAL);
});
