import sql, { raw } from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';

import { gift, request, topUp } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from './context';
import { type Database, inSnapshot, inTransaction, openDatabase } from './database';
import { charge } from './ledger/charge';
import { hold } from './ledger/hold';
import { ofAccount } from './of-account';

const ledger = await ledgerOfFile();
let [mine, theirs]: AccountId[] = [];
let scoped: Database;
beforeAll(async () => {
  [mine, theirs] = [await ledger.newAccount(), await ledger.newAccount()];
  for (const accountId of [mine, theirs]) {
    await topUp(ledger, accountId, 100n);
    await gift(ledger, accountId, 50n);
    await charge(ledger.db, { ...request(accountId, 'spans', 120n), metadata: { project: 'spring' } });
    await hold(ledger.db, { ...request(accountId, 'held', 5n), seconds: 600 });
  }
  scoped = ofAccount(ledger.db, mine);
});

const FILLED = [
  'accounts',
  'balances',
  'entries',
  'entry_details',
  'grants',
  'allocations',
  'holds',
  'top_ups',
];
const accountsIn = async (db: Pick<Database, 'query'>, table: string) => {
  const rows = await db.query<{ accountId: bigint }>(
    sql`SELECT DISTINCT account_id AS "accountId" FROM ${raw(table)} ORDER BY 1`,
  );
  return rows.map(({ accountId }) => accountId);
};

describe('one whose condition was forgotten finds no row of another account', () => {
  test.each(FILLED)('%s', async (table) => {
    expect(await accountsIn(ledger.db, table)).toEqual([mine, theirs]);
    expect(await accountsIn(scoped, table)).toEqual([mine]);
    expect(await inSnapshot(scoped, (snapshot) => accountsIn(snapshot, table))).toEqual([mine]);
    expect(await inTransaction(scoped, (tx) => accountsIn(tx, table))).toEqual([mine]);
  });

  test('and changes none', async () => {
    const changed = await scoped.query(
      sql`UPDATE top_ups SET stripe_invoice = 'in_stolen' RETURNING account_id`,
    );
    expect(changed).toEqual([{ account_id: mine }]);
    await expect(
      scoped.query(sql`
        INSERT INTO idempotency_keys (account_id, key, request_hash)
        VALUES (${theirs}, 'k', sha256('k'))`),
    ).rejects.toThrow(/row-level security/);
  });
});

test.each(['sign_in_sessions', 'sign_in_tokens', 'authenticators', 'backup_codes', 'mailed_codes'])(
  'how people sign in is no account’s business: %s',
  async (table) => {
    await expect(scoped.query(sql`SELECT FROM ${raw(table)}`)).rejects.toThrow(/permission denied/);
  },
);

test('every table of an account has the wall, but for what is asked before the account is known', async () => {
  const open = await ledger.asOwner<{ name: string }>(
    `SELECT relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attname = 'account_id'
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND (
            NOT relrowsecurity
            OR NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'own_account'))
      ORDER BY 1`,
  );
  expect(open.map(({ name }) => name)).toEqual(['sign_in_sessions', 'stripe_customers', 'stripe_payments']);
});

test('who acts for an account is not left on the connection, whether it went well or not', async () => {
  const single = openDatabase(ledger.urls.appUrl);
  single.pool.options.max = 1;
  const whom = async () =>
    (
      await single.query(
        sql`SELECT current_user <> 'coffer_account' AS "isHouse", coalesce(current_setting('coffer.account', true), '') AS account`,
      )
    )[0];
  const account = ofAccount(single, mine as AccountId);
  await accountsIn(account, 'entries');
  expect(await whom()).toEqual({ isHouse: true, account: '' });
  await expect(account.query(sql`SELECT 1 / 0`)).rejects.toThrow(/division/);
  await expect(account.query(sql`SELECT ledger.freeze_account(${mine}, 'x')`)).rejects.toThrow(/permission/);
  expect(await whom()).toEqual({ isHouse: true, account: '' });
  expect(await accountsIn(single, 'entries')).toEqual([mine, theirs]);
  await single.close();
});

test('without an account it sees nothing, and says so', async () => {
  const nobody: Database = { ...ledger.db, actsAs: '; SET LOCAL ROLE coffer_account' };
  await expect(inTransaction(nobody, (tx) => accountsIn(tx, 'entries'))).rejects.toThrow(
    /coffer\.account|invalid input syntax/,
  );
});

test('it does none of the house’s own work', async () => {
  const able = await ledger.asOwner<{ name: string }>(
    `SELECT proname AS name FROM pg_proc
      WHERE pronamespace = 'ledger'::regnamespace AND has_function_privilege('coffer_account', oid, 'EXECUTE')
        AND proname ~ '^(adjust|clawback|restore|refund|freeze|thaw|due_|audit|mark_|open_|set_credit|roll_up|behind)'`,
  );
  expect(able).toEqual([]);
});
