import { readFileSync } from 'node:fs';

import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import { inDatabase } from '@/test/database/database-url';
import { type TestDatabase, testDatabase } from '@/test/database/test-database';

import { type Catalogue, catalogueOf } from './catalogue';
import { sqlOfSchema } from './sql-of-schema';

/** What the migrations add on purpose, because schema.prisma has no words for it. */
const BEYOND_PRISMA = [
  'CREATE INDEX accounts_name ON public.accounts USING btree (lower(name) text_pattern_ops)',
  'CREATE INDEX allocations_of_grant ON public.allocations USING btree (account_id, grant_id)',
  'CREATE INDEX entries_answers ON public.entries USING btree (account_id, of_seq) WHERE (of_seq IS NOT NULL)',
  'CREATE INDEX grants_due ON public.grants USING btree (expires_at) WHERE ((remaining > 0) AND (expires_at IS NOT NULL))',
  'CREATE INDEX grants_live ON public.grants USING btree (account_id, expires_at, priority, grant_id) WHERE (remaining > 0)',
  'CREATE INDEX cards_default_expiry ON public.cards USING btree (exp_year, exp_month) WHERE is_default',
  'CREATE UNIQUE INDEX cards_one_default ON public.cards USING btree (account_id) WHERE is_default',
  "CREATE INDEX holds_due ON public.holds USING btree (expires_at) WHERE (state = 'open'::hold_state)",
  "CREATE INDEX holds_open ON public.holds USING btree (account_id, created_at) WHERE (state = 'open'::hold_state)",
  'CREATE INDEX invitations_to ON public.invitations USING btree (email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL))',
  'CREATE UNIQUE INDEX invitations_one_pending ON public.invitations USING btree (account_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL))',
  'CREATE INDEX money_back_frozen ON public.money_back USING btree (account_id) WHERE (frozen > 0)',
  "CREATE INDEX operations_closing ON public.operations USING btree (COALESCE(closed_at, closes_at)) WHERE ((state = 'running'::operation_state) AND (closes_at IS NOT NULL))",
  "CREATE INDEX operations_due ON public.operations USING btree (purge_at) WHERE (state = 'pending_payment'::operation_state)",
  "CREATE INDEX operations_pending ON public.operations USING btree (account_id, finished_at, reference) WHERE (state = 'pending_payment'::operation_state)",
  'CREATE INDEX outbox_unsent ON public.outbox USING btree (created_at) WHERE (sent_at IS NULL)',
  "CREATE INDEX staff_actions_open ON public.staff_actions USING btree (asked_at) WHERE (state = ANY (ARRAY['waiting'::staff_action_state, 'doing'::staff_action_state]))",
  'CREATE INDEX stripe_events_unhandled ON public.stripe_events USING btree (received_at) WHERE (handled_at IS NULL)',
  'CREATE INDEX top_ups_recent ON public.top_ups USING btree (created_at)',
  "CREATE INDEX top_ups_stuck ON public.top_ups USING btree (created_at) WHERE ((status = 'processing'::top_up_status) OR ((origin = 'auto'::top_up_origin) AND (status = 'started'::top_up_status)))",
  "CREATE INDEX top_ups_one_auto_a_window ON public.top_ups USING gist (account_id, tstzrange(claimed_at, window_end)) WHERE ((origin = 'auto'::top_up_origin) AND (status <> ALL (ARRAY['failed'::top_up_status, 'abandoned'::top_up_status])))",
  "CREATE UNIQUE INDEX top_ups_one_auto_live ON public.top_ups USING btree (account_id) WHERE ((origin = 'auto'::top_up_origin) AND (status = ANY (ARRAY['started'::top_up_status, 'open'::top_up_status, 'processing'::top_up_status])))",
  "CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (account_id, endpoint_id, next_at) WHERE (state = 'waiting'::webhook_delivery_state)",
  'grants grants_opened_by_entry FOREIGN KEY (account_id, grant_id) REFERENCES entries(account_id, seq)',
  'stripe_payments stripe_payments_of_top_up FOREIGN KEY (account_id, top_up_id) REFERENCES top_ups(account_id, id)',
];

const SCHEMA = 'prisma/schema.prisma';
const tables = [...readFileSync(SCHEMA, 'utf8').matchAll(/^model [\s\S]*?^}/gm)].map(
  ([model]) => /@@map\("(\w+)"\)/.exec(model)?.[1] ?? '',
);

let migrated: TestDatabase;
let described: { url: string; drop: () => Promise<void> };

beforeAll(async () => {
  migrated = await testDatabase();
  described = await emptyDatabaseBeside(migrated);
  const script = await sqlOfSchema(SCHEMA, described.url);
  await withClient(described.url, (client) => client.query(script));
});
afterAll(async () => {
  await Promise.all([migrated.drop(), described.drop()]);
});

const read = (url: string) => withClient(url, (client) => catalogueOf(client, tables));

test.each<keyof Catalogue>(['columns', 'keys', 'indexes', 'enums'])(
  'schema.prisma and the migrations agree on %s',
  async (part) => {
    const [fromMigrations, fromSchema] = await Promise.all([read(migrated.ownerUrl), read(described.url)]);
    expect(tables.length).toBeGreaterThan(10);
    expect(fromMigrations[part].filter((line) => !BEYOND_PRISMA.includes(line))).toEqual(fromSchema[part]);
  },
);

test('a column that only one of them has is noticed', async () => {
  await withClient(migrated.ownerUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('ALTER TABLE accounts ADD COLUMN forgotten text');
    const { columns } = await catalogueOf(client, tables);
    await client.query('ROLLBACK');
    expect(columns).not.toEqual((await read(described.url)).columns);
  });
});

async function emptyDatabaseBeside({ ownerUrl }: TestDatabase) {
  const name = `${new URL(ownerUrl).pathname.slice(1)}_described`;
  const server = inDatabase(ownerUrl, 'postgres');
  const run = (statement: string) => withClient(server, (client: Client) => client.query(statement));
  await run(`CREATE DATABASE ${name}`);
  return {
    url: inDatabase(ownerUrl, name),
    drop: async () => {
      await run(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
