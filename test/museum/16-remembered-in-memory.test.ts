/**
 * Customers of OpenMeter were billed for the same event again after a restart, or by a second process, for what had been
 * seen was remembered in memory, and only when that was switched on (its documentation says so). Here it is remembered by
 * the database, and there is no switch.
 */
import { randomUUID } from 'node:crypto';

import { beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { type Database, openDatabase } from '@/lib/db/database';
import { charge } from '@/lib/db/ledger/charge';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();
let accountId: AccountId;
beforeAll(async () => {
  accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1000n);
});

type Meter = (event: string) => Promise<string>;
/** One process after another, and two at a time: each starts, is told of the event twice, and ends. */
async function toldThreeProcesses(event: string, startMeter: (db: Database) => Meter): Promise<string[]> {
  const told: string[] = [];
  const processTold = async () => {
    const db = openDatabase(ledger.urls.appUrl);
    const meter = startMeter(db);
    told.push(await meter(event), await meter(event));
    await db.close();
  };
  await processTold();
  await Promise.all([processTold(), processTold()]);
  return told;
}
const chargesOf = async (event: string) =>
  (
    await ledger.asOwner(
      'SELECT FROM entries JOIN entry_details USING (account_id, seq) WHERE metadata ->> $1 = $2',
      ['event', event],
    )
  ).length;
const chargeFor = (db: Database, event: string, reference: string) =>
  charge(db, { ...request(accountId, reference, 5n), metadata: { event } });

test('an event told six times to three processes is charged once', async () => {
  const told = await toldThreeProcesses('event-1', (db) => async (event) => {
    const { status } = await chargeFor(db, event, event);
    return status;
  });
  expect(told.filter((status) => status === 'applied')).toHaveLength(1);
  expect(told.filter((status) => status === 'replayed')).toHaveLength(5);
  expect(await chargesOf('event-1')).toBe(1);
});

test('the memory is a unique index of the account’s rows that is in force', async () => {
  const [index] = await ledger.asOwner(
    `SELECT indisunique, indisvalid, indimmediate, indpred, pg_get_indexdef(indexrelid) LIKE '%(account_id, kind, reference)' AS whole
       FROM pg_index WHERE indexrelid = 'entries_account_id_kind_reference_key'::regclass`,
  );
  expect(index).toEqual({
    indisunique: true,
    indisvalid: true,
    indimmediate: true,
    indpred: null,
    whole: true,
  });
});

test('the scenario bites: processes that remember by themselves charge it three times', async () => {
  const told = await toldThreeProcesses('event-2', (db) => {
    const seen = new Set<string>();
    return async (event) => {
      if (seen.has(event)) return 'replayed';
      seen.add(event);
      return (await chargeFor(db, event, randomUUID())).status;
    };
  });
  expect(told.filter((status) => status === 'applied')).toHaveLength(3);
  expect(await chargesOf('event-2')).toBe(3);
});
