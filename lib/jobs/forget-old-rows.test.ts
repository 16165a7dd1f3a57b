import { beforeEach, expect, test } from 'vitest';

import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { forgetOldRows } from './forget-old-rows';

const ledger = await ledgerOfFile();
const NOW = new Date('2026-11-22T03:37:00Z');
const left = async (table: string, name: string) =>
  (await ledger.asOwner<{ name: string }>(`SELECT ${name} AS name FROM ${table} ORDER BY 1`)).map(
    (row) => row.name,
  );
const forget = () => forgetOldRows({ db: ledger.db, now: NOW });

beforeEach(() => ledger.asOwner('TRUNCATE stripe_events, webhook_deliveries, rate_limits'));

test('an event of Stripe’s goes ninety days after it was handled, and never before it is', async () => {
  await ledger.asOwner(
    `INSERT INTO stripe_events (event_id, type, object_id, api_version, created_at, received_at, handled_at)
     SELECT id, 'customer.updated', 'cus_1', '2026', at, at, CASE WHEN is_handled THEN at END
       FROM (VALUES ('evt_day_90', interval '90 days 1 second', true), ('evt_day_89', interval '89 days', true),
                    ('evt_waits', interval '400 days', false)) AS e (id, age, is_handled)
      CROSS JOIN LATERAL (SELECT $1::timestamptz - age AS at) AS moment`,
    [NOW],
  );
  await forget();
  expect(await left('stripe_events', 'event_id')).toEqual(['evt_day_89', 'evt_waits']);
});

test('a delivery goes after thirty days, unless it waits or was tried since', async () => {
  const accountId = await ledger.newAccount();
  const [endpoint] = await ledger.asOwner<{ id: string }>(
    `INSERT INTO webhook_endpoints (account_id, id, url, topics, secret, created_by, created_at)
     VALUES ($1, gen_random_uuid(), 'https://hooks.example/', '{operation.ready}', 's', gen_random_uuid(), now()) RETURNING id`,
    [accountId],
  );
  await ledger.asOwner(
    `INSERT INTO webhook_deliveries (account_id, endpoint_id, event_id, event_name, body, state, next_at, created_at, last_at)
     SELECT $1, $2, id, 'x', '{}', state::webhook_delivery_state, CASE WHEN state = 'waiting' THEN $3::timestamptz END,
            $3::timestamptz - interval '31 days', $3::timestamptz - last
       FROM (VALUES ('delivered', 'delivered', interval '31 days'), ('failed', 'failed', interval '31 days'),
                    ('waits', 'waiting', interval '31 days'), ('sent again', 'delivered', interval '1 day')) AS d (id, state, last)`,
    [accountId, endpoint?.id, NOW],
  );
  await forget();
  expect(await left('webhook_deliveries', 'event_id')).toEqual(['sent again', 'waits']);
});

test('a count goes when its time is over, however many there are', async () => {
  await ledger.asOwner(
    `INSERT INTO rate_limits (key, points, expire)
     SELECT 'over:' || n, 1, $1::float8 - 1 FROM generate_series(1, 10001) AS n
     UNION ALL SELECT 'on', 1, $1::float8 + 1`,
    [NOW.getTime()],
  );
  await forget();
  expect(await left('rate_limits', 'key')).toEqual(['on']);
});
