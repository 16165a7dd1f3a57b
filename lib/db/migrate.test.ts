import { expect, test } from 'vitest';

import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { migrate } from './migrate';

const ledger = await ledgerOfFile();

const routines = async () =>
  (
    await ledger.asOwner<{ name: string }>(
      `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace ORDER BY 1`,
    )
  ).map(({ name }) => name);
const forgetFunctions = () => ledger.asOwner('DELETE FROM ledger.applied_functions');

test('a second migration changes nothing', async () => {
  expect(await migrate(ledger.urls)).toEqual({ migrations: [], functionsReplaced: false });
});

test('functions are replaced as a whole: one that has gone from the folder goes from the database', async () => {
  const before = await routines();
  await ledger.asOwner('CREATE FUNCTION ledger.forgotten() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$');
  await forgetFunctions();
  expect(await migrate(ledger.urls)).toEqual({ migrations: [], functionsReplaced: true });
  expect(await routines()).toEqual(before);
});

test('a function may change what it returns', async () => {
  await ledger.asOwner('DROP FUNCTION ledger.now()');
  await ledger.asOwner('CREATE FUNCTION ledger.now() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$');
  await forgetFunctions();
  await migrate(ledger.urls);
  const [row] = await ledger.asOwner<{ is_now: boolean }>(
    `SELECT ledger.now() > now() - interval '1 hour' AS is_now`,
  );
  expect(row).toEqual({ is_now: true });
});

test('two migrations at once wait for each other', async () => {
  await forgetFunctions();
  const outcomes = await Promise.all([migrate(ledger.urls), migrate(ledger.urls)]);
  expect(outcomes.filter(({ functionsReplaced }) => functionsReplaced)).toHaveLength(1);
});

test('a migration that was edited after it was applied is refused', async () => {
  await ledger.asOwner(`UPDATE _prisma_migrations SET checksum = 'another'`);
  await expect(migrate(ledger.urls)).rejects.toThrow('edited after it was applied');
});
