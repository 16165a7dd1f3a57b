import { raw } from 'sql-template-tag';
import { beforeAll, describe, expect, inject, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { everyRow, gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { inTransaction } from '../database';
import { ofAccount } from '../of-account';
import { charge } from './charge';
import { adjust } from './correction';
import { hold } from './hold';
import { finishOperation, startOperation } from './operation';

const TABLES = [
  'accounts',
  'balances',
  'entries',
  'entry_details',
  'grants',
  'allocations',
  'holds',
  'operations',
  'outbox',
] as const;

const ledger = await ledgerOfFile();
let accountId: AccountId;
let before: string;
beforeAll(async () => {
  accountId = await ledger.newAccount();
  await topUp(ledger, accountId, 100n);
  await gift(ledger, accountId, 5n);
  await charge(ledger.db, { ...request(accountId, 'spans', 103n), metadata: { project: 'spring' } });
  await gift(ledger, accountId, 50n);
  await hold(ledger.db, { ...request(accountId, 'held', 5n), seconds: 600 });
  await startOperation(ledger.db, { ...request(accountId, 'work', 0n), start: { by: 'gate' } });
  await finishOperation(ledger.db, request(accountId, 'work', 3n));
  await adjust(ledger.db, { accountId, delta: credits(-1n), reference: 'a-1', reason: 'Counted twice' });
  before = await everything();
});

/** All that an attack may be after: rows, definitions, who may do what, and what is switched on. */
async function everything(): Promise<string> {
  const definitions = await ledger.asOwner(
    `
    SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
      SELECT format('%s %s %s %s %s %s', oid::regclass, relkind, relowner, relacl, relrowsecurity, relpersistence) FROM pg_class
       WHERE relnamespace IN ('public'::regnamespace, 'ledger'::regnamespace)
      UNION ALL SELECT format('%s %s %s %s %s', oid::regprocedure, proowner, proacl, prosecdef, md5(prosrc)) FROM pg_proc
       WHERE pronamespace IN ('public'::regnamespace, 'ledger'::regnamespace)
      UNION ALL SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
      UNION ALL SELECT format('%s %s %s', attrelid::regclass, attname, attnotnull) FROM pg_attribute WHERE attnum > 0
      UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
      UNION ALL SELECT format('%s %s', enumtypid::regtype, enumlabel) FROM pg_enum
      UNION ALL SELECT format('%s %s', nspname, nspacl) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
      UNION ALL SELECT format('%s %s %s %s', rolname, rolsuper, rolbypassrls, rolcreaterole) FROM pg_roles
       WHERE rolname IN ('coffer_app', 'coffer_account', $1)
      UNION ALL SELECT format('%s %s', roleid, m.member) FROM pg_auth_members m WHERE m.member::regrole::text IN ('coffer_app', $1)
      UNION ALL SELECT format('%s %s %s', setdatabase, setrole, setconfig) FROM pg_db_role_setting s
       WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS seen (line)`,
    [inject('postgres').login.name],
  );
  return JSON.stringify([definitions, await everyRow(ledger, accountId)]);
}

const asApp = (statement: string) => ledger.db.pool.query(statement);
/** As a request for one account does. */
const asAccount = (statement: string) =>
  inTransaction(ofAccount(ledger.db, accountId), (tx) => tx.query(raw(statement)));
const REFUSED =
  /permission denied|must be owner|must be superuser|must have|must be able to|inside a transaction block/i;

describe.each(TABLES)('%s', (table) => {
  const columns: Record<string, string> = { accounts: 'name', outbox: 'key', entry_details: 'metadata' };
  const column = columns[table] ?? 'account_id';
  const attacks = [
    `INSERT INTO ${table} SELECT * FROM ${table}`,
    `INSERT INTO ${table} SELECT * FROM ${table} ON CONFLICT DO NOTHING`,
    `UPDATE ${table} SET ${column} = ${column}`,
    `DELETE FROM ${table}`,
    `WITH gone AS (DELETE FROM ${table} RETURNING 1) SELECT count(*) FROM gone`,
    `MERGE INTO ${table} t USING ${table} s ON t.account_id = s.account_id WHEN MATCHED THEN DELETE`,
    `EXPLAIN ANALYZE DELETE FROM ${table}`,
    `PREPARE attack AS DELETE FROM ${table}; EXECUTE attack`,
    `DO $$ BEGIN DELETE FROM ${table}; END $$`,
    `COPY ${table} FROM STDIN`,
    `COPY ${table} TO PROGRAM 'cat'`,
    `COPY ${table} TO '/tmp/stolen'`,
    `TRUNCATE ${table} CASCADE`,
    `DO $$ BEGIN LOCK TABLE ${table} IN EXCLUSIVE MODE; END $$`,
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    `ALTER TABLE ${table} DROP COLUMN account_id CASCADE`,
    `ALTER TABLE ${table} ADD COLUMN attack text`,
    `ALTER TABLE ${table} OWNER TO CURRENT_USER`,
    `ALTER TABLE ${table} RENAME TO attacked`,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} SET UNLOGGED`,
    `ALTER TABLE ${table} SET SCHEMA ledger`,
    `DROP TABLE ${table} CASCADE`,
    `DROP INDEX ${table}_pkey CASCADE`,
    `CREATE TRIGGER attack BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
    `CREATE RULE attack AS ON INSERT TO ${table} DO INSTEAD NOTHING`,
    `CREATE POLICY attack ON ${table} USING (false)`,
    `CREATE INDEX attack ON ${table} (account_id)`,
    `CREATE STATISTICS attack ON account_id, ${column === 'account_id' ? 'xmin' : column} FROM ${table}`,
    `CREATE TABLE attack () INHERITS (${table})`,
    `CREATE TABLE attack AS SELECT * FROM ${table}`,
    `COMMENT ON TABLE ${table} IS 'attacked'`,
    `REINDEX TABLE ${table}`,
  ];
  test.each(attacks)('%s', async (attack) => {
    await expect(asApp(attack)).rejects.toThrow(REFUSED);
    await expect(asAccount(attack)).rejects.toThrow(REFUSED);
  });
});

// All but the outbox, whose rows are locked by whoever sends them.
describe.each(TABLES.filter((table) => table !== 'outbox'))('%s', (table) => {
  test.each(['UPDATE', 'NO KEY UPDATE', 'SHARE', 'KEY SHARE'])('SELECT … FOR %s', async (strength) => {
    await expect(asApp(`SELECT FROM ${table} FOR ${strength}`)).rejects.toThrow(REFUSED);
  });
});

describe('the house', () => {
  const body = `RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'`;
  const attacks = [
    // Another one's power.
    'SET ROLE postgres',
    'SET SESSION AUTHORIZATION postgres',
    'ALTER ROLE CURRENT_USER SUPERUSER',
    'ALTER ROLE coffer_app BYPASSRLS',
    'CREATE ROLE attack LOGIN',
    'GRANT postgres TO CURRENT_USER',
    'GRANT pg_write_all_data TO coffer_app',
    'REASSIGN OWNED BY postgres TO CURRENT_USER',
    'DROP OWNED BY postgres',
    // Switches.
    'SET session_replication_role = replica',
    `SELECT set_config('session_replication_role', 'replica', false)`,
    `SET allow_system_table_mods = on`,
    `UPDATE pg_settings SET setting = 'replica' WHERE name = 'session_replication_role'`,
    `ALTER SYSTEM SET fsync = off`,
    'ALTER ROLE coffer_app SET session_replication_role = replica',
    'ALTER ROLE ALL SET synchronous_commit = off',
    `UPDATE pg_trigger SET tgenabled = 'D'`,
    `DELETE FROM pg_proc`,
    'SELECT pg_reload_conf()',
    // Functions and types.
    `CREATE FUNCTION ledger.attack() ${body}`,
    `CREATE FUNCTION public.now() ${body}`,
    `CREATE OR REPLACE FUNCTION ledger.now() ${body}`,
    'ALTER FUNCTION ledger.now() SECURITY DEFINER',
    'ALTER FUNCTION ledger.now() OWNER TO CURRENT_USER',
    'DROP FUNCTION ledger.now() CASCADE',
    'DROP FUNCTION refuse_change() CASCADE',
    'DROP SCHEMA ledger CASCADE',
    'CREATE SCHEMA attack',
    'CREATE TYPE ledger.attack AS (balance bigint)',
    `ALTER TYPE entry_kind ADD VALUE 'attack'`,
    'DROP TYPE entry_kind CASCADE',
    'ALTER TYPE ledger.outcome ADD ATTRIBUTE attack text',
    'CREATE VIEW public.attack AS SELECT 1',
    'CREATE OPERATOR public.- (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = int8pl)',
    'CREATE CAST (bigint AS text) WITH INOUT AS IMPLICIT',
    'CREATE EVENT TRIGGER attack ON ddl_command_start EXECUTE FUNCTION refuse_change()',
    'CREATE PUBLICATION attack FOR TABLE entries',
    'CREATE EXTENSION pg_stat_statements',
    `SELECT setval('accounts_account_id_seq', 1)`,
    // Files.
    `SELECT pg_read_file('/etc/passwd')`,
    `SELECT pg_ls_dir('.')`,
    `SELECT lo_import('/etc/passwd')`,
    `COPY (SELECT 1) TO PROGRAM 'id'`,
    'SELECT pg_switch_wal()',
    `SELECT rolpassword FROM pg_authid`,
  ];
  test.each(attacks)('%s', async (attack) => {
    await expect(asApp(attack)).rejects.toThrow(REFUSED);
    await expect(asAccount(attack)).rejects.toThrow(REFUSED);
  });

  // PostgreSQL warns only.
  test.each([
    'GRANT ALL ON entries TO CURRENT_USER',
    'GRANT INSERT ON entries TO coffer_app',
    'VACUUM FULL entries',
  ])('%s changes nothing', async (attack) => {
    await asApp(attack).catch(() => undefined);
    expect(await everything()).toBe(before);
  });
});

describe('functions that run as the owner', () => {
  test('are called by the app as far as they are verbs; their parts, by nobody', async () => {
    const parts = await ledger.asOwner<{ name: string; open: boolean }>(
      `SELECT proname AS name, has_function_privilege('coffer_app', oid, 'EXECUTE') AS open FROM pg_proc
        WHERE pronamespace = 'ledger'::regnamespace AND proname LIKE '\\_%'`,
    );
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.filter(({ open }) => open)).toEqual([]);
    await expect(asApp(`SELECT ledger._pick_head(${accountId}, now())`)).rejects.toThrow(REFUSED);
  });

  test('look nowhere but where they should', async () => {
    const open = await ledger.asOwner(
      `SELECT proname FROM pg_proc
        WHERE pronamespace = 'ledger'::regnamespace AND prosecdef
          AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY(proconfig), false)`,
    );
    expect(open).toEqual([]);
  });

  test('are not deceived by tables of the app’s own, even where it may make some, as in this clone', async () => {
    const account = await ledger.newAccount();
    const client = await ledger.db.pool.connect();
    try {
      await client.query('CREATE TEMP TABLE balances AS SELECT * FROM public.balances');
      await client.query('CREATE TEMP TABLE entries (LIKE public.entries)');
      await client.query('SET search_path = pg_temp, public');
      await client.query(`SELECT ledger.credit($1, 5, 'bonus', 'x')`, [account]);
      expect((await client.query('SELECT FROM pg_temp.entries')).rowCount).toBe(0);
    } finally {
      client.release(true);
    }
    expect(await ledger.asOwner('SELECT delta FROM entries WHERE account_id = $1', [account])).toEqual([
      { delta: '5' },
    ]);
  });

  test('nor can the app make any where privileges were set', async () => {
    const [{ temp } = { temp: true }] = await ledger.asOwner<{ temp: boolean }>(
      `SELECT has_database_privilege('coffer_app', $1, 'TEMP') AS temp`,
      [inject('postgres').template],
    );
    expect(temp).toBe(false);
  });
});
