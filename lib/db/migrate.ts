import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { runMigrations } from 'graphile-worker';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

const PRISMA = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../prisma');
// Any number that nothing else in the database uses: two migrations at once would meet here and queue.
const MIGRATION_LOCK = 7_209_118;

type Urls = { ownerUrl: string; appUrl: string };
export type Migrated = { migrations: string[]; functionsReplaced: boolean };

/** Brings a database to this version's schema, functions and privileges. Changes nothing when it is there already. */
export async function migrate({ ownerUrl, appUrl }: Urls): Promise<Migrated> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await letAppSignIn(owner, new URL(appUrl));
    await owner.query(KEEP_WHAT_WAS_SAID);
    const migrations = await applyMigrations(owner);
    await runMigrations({ connectionString: ownerUrl });
    const functionsReplaced = await replaceFunctions(owner);
    return { migrations, functionsReplaced };
  } finally {
    await owner.end();
  }
}

/**
 * `coffer_app` holds the privileges, and `coffer_account` those of a request for one account. The login that web and worker
 * use has the first, and takes on the second for a transaction.
 */
async function letAppSignIn(owner: Client, appUrl: URL): Promise<void> {
  const login = decodeURIComponent(appUrl.username);
  const password = decodeURIComponent(appUrl.password);
  const { rows } = await owner.query<{ rolname: string; me: boolean }>(
    `SELECT rolname, rolname = current_user AS me FROM pg_roles WHERE rolname IN ('coffer_app', 'coffer_account', $1)`,
    [login],
  );
  const known = new Set(rows.map(({ rolname }) => rolname));

  for (const role of ['coffer_app', 'coffer_account'])
    if (!known.has(role)) await owner.query(`CREATE ROLE ${role} NOLOGIN`);
  const isOwner = rows.some(({ rolname, me }) => me && rolname === login);
  if (!isOwner && !known.has(login)) {
    await owner.query(`CREATE ROLE ${escapeIdentifier(login)} LOGIN PASSWORD ${escapeLiteral(password)}`);
  }
  // Not inherited: its policies bind only whoever takes it on.
  await owner.query(`GRANT coffer_account TO ${escapeIdentifier(login)} WITH INHERIT FALSE, SET TRUE`);
  if (!isOwner) await owner.query(`GRANT coffer_app TO ${escapeIdentifier(login)}`);
}

/** Recorded as Prisma would, so that its own tools agree where they can be had. */
async function applyMigrations(owner: Client): Promise<string[]> {
  await owner.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
  const { rows } = await owner.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const folders = (await readdir(path.join(PRISMA, 'migrations'), { withFileTypes: true }))
    .filter((item) => item.isDirectory())
    .map(({ name }) => name)
    .sort();

  const fresh: string[] = [];
  for (const name of folders) {
    const script = await readFile(path.join(PRISMA, 'migrations', name, 'migration.sql'), 'utf8');
    const checksum = sha256(script);
    if (applied.get(name) === checksum) continue;
    if (applied.has(name))
      throw new Error(`Migration ${name} was edited after it was applied: add another one instead`);

    await inOneTransaction(owner, async () => {
      await owner.query(script);
      await owner.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), 1)`,
        [randomUUID(), checksum, name],
      );
    });
    fresh.push(name);
  }
  return fresh;
}

/** All functions and privileges in one transaction: callers see the old ledger or the new one, never a mixture. */
async function replaceFunctions(owner: Client): Promise<boolean> {
  const files = (await readdir(path.join(PRISMA, 'functions')))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const functions = await Promise.all(
    files.map((name) => readFile(path.join(PRISMA, 'functions', name), 'utf8')),
  );
  const privileges = await readFile(path.join(PRISMA, 'privileges.sql'), 'utf8');
  const { rows: worker } = await owner.query('SELECT max(id) AS latest FROM graphile_worker.migrations');
  const checksum = sha256(JSON.stringify([functions, privileges, worker]));

  await owner.query('CREATE TABLE IF NOT EXISTS ledger.applied_functions (checksum text PRIMARY KEY)');
  const { rowCount } = await owner.query('SELECT 1 FROM ledger.applied_functions WHERE checksum = $1', [
    checksum,
  ]);
  if (rowCount === 1) return false;

  await inOneTransaction(owner, async () => {
    // Bodies may name functions of a later file.
    await owner.query('SET LOCAL check_function_bodies = off');
    const { rows } = await owner.query<{ routine: string }>(ROUTINES);
    for (const { routine } of rows) await owner.query(`DROP ROUTINE ${routine}`);
    for (const script of functions) await owner.query(script);
    await owner.query(privileges);
    await owner.query('DELETE FROM ledger.applied_functions');
    await owner.query('INSERT INTO ledger.applied_functions VALUES ($1)', [checksum]);
  });
  return true;
}

// Without it, a crash takes back what customers were told; a server that was made fast in that way is overruled here.
const KEEP_WHAT_WAS_SAID = `
  DO $$ BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
      EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on', current_database());
    END IF;
  END $$`;

const ROUTINES = `SELECT oid::regprocedure::text AS routine FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace`;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function inOneTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
