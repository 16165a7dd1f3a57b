import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { type Database, openDatabase, type Queryable } from '@/lib/db/database';
import { auditLedger } from '@/lib/db/ledger/audit';
import { chargeBatch } from '@/lib/db/ledger/charge';
import { accountsBehind } from '@/lib/db/ledger/roll-up';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { keepRollingUp } from './roll-ups';

const ledger = await ledgerOfFile();
let processes: [Database, Database];
beforeAll(async () => {
  processes = [openDatabase(ledger.urls.appUrl), openDatabase(ledger.urls.appUrl)];
});
afterAll(async () => {
  await Promise.all(processes.map((db) => db.close()));
});

const nobodyIsBehind = () =>
  expect.poll(() => accountsBehind(ledger.db, { least: 1, limit: 10 }), { timeout: 20_000 }).toEqual([]);

async function newAccounts(count: number): Promise<AccountId[]> {
  const accounts = await Promise.all(Array.from({ length: count }, () => ledger.newAccount()));
  for (const accountId of accounts) await gift(ledger, accountId, 1_000_000n);
  return accounts;
}

const chargeEach = (accounts: readonly AccountId[], name: string, times = 1) =>
  chargeBatch(
    ledger.db,
    accounts.flatMap((accountId) =>
      Array.from({ length: times }, (_, index) => request(accountId, `${name} ${index}`, 3n)),
    ),
  );

test('two workers that roll up what is charged meanwhile end with every entry once', async () => {
  const accounts = await newAccounts(120);
  const workers = processes.map((db) => keepRollingUp(db, { pauseMs: 1, leastBehind: 1 }));
  for (let round = 0; round < 8; round += 1) await chargeEach(accounts, `round ${round}`);
  // Much more than is added in one statement.
  await chargeEach(accounts.slice(0, 1), 'many', 6_000);
  await nobodyIsBehind();
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(await auditLedger(ledger.db)).toEqual([]);
});

test('a round that fails is followed by one that does not', async () => {
  const accounts = await newAccounts(1);
  let failures = 0;
  const db: Queryable = {
    query: (statement, name) =>
      processes[0].query<never>(statement, name).catch((error: unknown) => {
        failures += 1;
        throw error;
      }),
  };
  const worker = keepRollingUp(db, { pauseMs: 1, leastBehind: 1 });
  await nobodyIsBehind();
  await ledger.asOwner('REVOKE EXECUTE ON FUNCTION ledger.behind FROM coffer_app');
  await chargeEach(accounts, 'while it fails');
  await expect.poll(() => failures, { timeout: 20_000 }).toBeGreaterThan(1);
  await ledger.asOwner('GRANT EXECUTE ON FUNCTION ledger.behind TO coffer_app');
  await nobodyIsBehind();
  await worker.stop();
  expect(await auditLedger(ledger.db, accounts)).toEqual([]);
});

test('workers whose connections are cut again and again add nothing twice and miss nothing', async () => {
  const accounts = await newAccounts(60);
  const workers = processes.map((db) => keepRollingUp(db, { pauseMs: 1, leastBehind: 1 }));
  for (let round = 0; round < 6; round += 1) {
    await chargeEach(accounts, `cut ${round}`, 5);
    await ledger.asOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE '%ledger.roll_up%' AND pid <> pg_backend_pid()`,
    );
  }
  await nobodyIsBehind();
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(await auditLedger(ledger.db, accounts)).toEqual([]);
});

test('a worker that is stopped starts nothing more', async () => {
  const [accountId] = await newAccounts(1);
  if (accountId === undefined) throw new Error('There is no account');
  const worker = keepRollingUp(processes[0], { pauseMs: 1, leastBehind: 1 });
  await nobodyIsBehind();
  await worker.stop();
  await chargeEach([accountId], 'after the end');
  expect(await accountsBehind(ledger.db, { least: 1, limit: 10 })).toEqual([accountId]);
});

test('few new entries are left to gather until they are worth it', async () => {
  const [little, much] = await newAccounts(2);
  if (little === undefined || much === undefined) throw new Error('There are no accounts');
  await chargeEach([little], 'little', 197);
  await chargeEach([much], 'much', 199);
  const worker = keepRollingUp(processes[0], { pauseMs: 1 });
  const behind = () => accountsBehind(ledger.db, { least: 1, limit: 10 });
  await expect.poll(behind, { timeout: 20_000 }).not.toContain(much);
  await worker.stop();
  expect(await behind()).toContain(little);
});
