/**
 * Workers of pg-boss's users ended when PostgreSQL was restarted, and nobody's jobs were done after that (its own chaos
 * tests). Here a worker connects again, and one that could not write down what it had done ends with an error, so that
 * its supervisor starts another, which does it again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { withoutOurNames } from '@/bin/support/environment';
import { withClient } from '@/bin/support/postgres';
import { Processes } from '@/bin/support/processes';
import { waiting } from '@/test/database/at-once';
import { inDatabase } from '@/test/database/database-url';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

const PATIENCE = { timeout: 60_000, interval: 100 };

const ledger = await ledgerOfFile();
let name: string;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  name = new URL(ledger.urls.ownerUrl).pathname.slice(1);
});
afterAll(async () => {
  await stop?.();
});

/** The worker's own process, started again whenever it ends. */
function supervise() {
  const env = {
    ...withoutOurNames('test'),
    DATABASE_URL: ledger.urls.appUrl,
    APP_URL: 'http://app.test',
    AUTH_SECRET: 'a secret of these tests, 32 characters',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'billing@app.test',
    STRIPE_SECRET_KEY: 'sk_test_of_these_tests',
    STRIPE_WEBHOOK_SECRETS: 'whsec_of_these_tests',
    LOG_LEVEL: 'silent',
  };
  const logs = mkdtempSync(path.join(tmpdir(), 'coffer-worker-'));
  const processes = new Processes({ logs, onDeath: () => undefined });
  const command = {
    name: 'worker',
    command: process.execPath,
    args: ['--import', 'tsx', 'bin/worker.ts'],
    env,
  };
  const stopping = new AbortController();
  const run = (async () => {
    while (!stopping.signal.aborted) {
      await processes.run(command).catch(() => undefined);
      await sleep(100);
    }
  })();
  return async () => {
    stopping.abort();
    await processes.stop();
    await run;
    rmSync(logs, { recursive: true });
  };
}

/** As for a restart: every connection of this database ends, and none is let in until it is back. */
const ofServer = (statement: string) =>
  withClient(
    inDatabase(ledger.urls.ownerUrl, 'postgres'),
    async (client) => (await client.query(statement)).rows,
  );
async function goAway(): Promise<void> {
  await ofServer(`ALTER DATABASE ${escapeIdentifier(name)} WITH ALLOW_CONNECTIONS false`);
  await ofServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  await expect.poll(() => ofServer(`SELECT FROM pg_stat_activity WHERE datname = '${name}'`)).toEqual([]);
}
const comeBack = () => ofServer(`ALTER DATABASE ${escapeIdentifier(name)} WITH ALLOW_CONNECTIONS true`);

const keepEvent = (id: string) =>
  ledger.asOwner(
    `INSERT INTO stripe_events (event_id, type, object_id, api_version, created_at) VALUES ($1, 'customer.updated', 'cus_1', '1', now())`,
    [id],
  );
const queueEvent = (id: string) =>
  ledger.asOwner(
    `SELECT graphile_worker.add_job('handle-stripe-event', json_build_object('eventId', $1::text))`,
    [id],
  );
async function addEvent(id: string): Promise<void> {
  await keepEvent(id);
  await queueEvent(id);
}
const handled = async () =>
  (
    await ledger.asOwner<{ id: string }>(
      'SELECT event_id AS id FROM stripe_events WHERE handled_at IS NOT NULL ORDER BY 1',
    )
  ).map(({ id }) => id);
const left = async () => (await ledger.asOwner('SELECT FROM graphile_worker.jobs')).length;

test('jobs go on after the database was away, and the one in the middle of which it went is done', async () => {
  stop = supervise();
  await addEvent('evt_1');
  await expect.poll(handled, PATIENCE).toEqual(['evt_1']);

  await withClient(ledger.urls.ownerUrl, async (holder) => {
    await keepEvent('evt_2');
    await holder.query('BEGIN');
    await holder.query(`SELECT FROM stripe_events WHERE event_id = 'evt_2' FOR UPDATE`);
    await queueEvent('evt_2');
    await expect.poll(() => waiting(ledger), PATIENCE).toBe(1);
    await goAway();
  });
  await comeBack();
  // A minute is what a worker is given before it is taken for gone.
  await ledger.asOwner(
    `UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '5 minutes'`,
  );
  await ledger.asOwner(`UPDATE worker_presence SET seen_at = seen_at - interval '5 minutes'`);
  await addEvent('evt_3');

  await expect.poll(handled, PATIENCE).toEqual(['evt_1', 'evt_2', 'evt_3']);
  await expect.poll(left, PATIENCE).toBe(0);
}, 120_000);

test('the scenario bites: a loop over one connection ends with it, and its jobs stay', async () => {
  const client = new Client({ connectionString: ledger.urls.appUrl });
  client.on('error', () => undefined);
  await client.connect();
  const loop = (async () => {
    for (;;) {
      await client.query('SELECT pg_sleep(0.01)');
      await client.query('DELETE FROM graphile_worker._private_jobs');
    }
  })();
  const ended = loop.catch((error: unknown) => String(error));
  await goAway();
  await comeBack();
  expect(await ended).toMatch(/terminat|connection/i);
  await addEvent('evt_4');
  expect(await left()).toBe(1);
});
