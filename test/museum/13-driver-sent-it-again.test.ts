/**
 * Customers of Midaz were debited twice, because the driver gave up waiting for an answer and sent the same command again
 * by itself (Midaz PR 2485). Here the same command sent again is the same charge, whoever sends it and however late.
 */
import { Pool } from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { charge } from '@/lib/db/ledger/charge';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger } from '@/test/database/broken-ledger';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
});
afterAll(() => sound.close());

/** A driver that sends a command again, on another connection, when no answer comes in time. */
function impatientDriver({ urls }: LedgerFixture) {
  const hasty = new Pool({ connectionString: urls.appUrl, query_timeout: 200 });
  const patient = new Pool({ connectionString: urls.appUrl });
  for (const pool of [hasty, patient]) pool.on('error', () => undefined);
  let sentAgain = 0;
  const driver: Queryable = {
    async query<Row>({ text, values }: Sql) {
      try {
        return (await hasty.query({ text, values })).rows as Row[];
      } catch (error) {
        if (!String(error).includes('timeout')) throw error;
        sentAgain += 1;
        return (await patient.query({ text, values })).rows as Row[];
      }
    },
  };
  return {
    driver,
    sentAgain: () => sentAgain,
    close: async () => void (await Promise.all([hasty.end(), patient.end()])),
  };
}

/** The account is busy until the command and its repetition both wait for it. Then both are carried out, in that order. */
async function sentTwice(
  ledger: LedgerFixture,
  ask: (driver: Queryable, accountId: AccountId) => Promise<unknown>,
) {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  const { driver, sentAgain, close } = impatientDriver(ledger);
  let answered: unknown;
  const call = async () => void (answered = await ask(driver, accountId));
  const theSameAgain = () => Promise.resolve();
  await atOnce(ledger, accountId, [call, theSameAgain]);
  await close();
  expect(sentAgain()).toBe(1);
  const charges = await ledger.asOwner(`SELECT delta FROM entries WHERE account_id = $1 AND delta < 0`, [
    accountId,
  ]);
  return { answered, charges };
}

test('a charge that the driver sent twice is one charge', async () => {
  const { answered, charges } = await sentTwice(sound, (driver, accountId) =>
    charge(driver, request(accountId, 'job', 30n)),
  );
  expect(answered).toMatchObject({ status: expect.stringMatching(/applied|replayed/) });
  expect(charges).toEqual([{ delta: '-30' }]);
  expect(await sound.audit()).toEqual([]);
});

test('the scenario bites: where each command is a charge of its own, there are two', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.charge(p_account bigint, p_amount bigint) RETURNS text
     LANGUAGE sql SECURITY DEFINER AS $$
       SELECT status FROM ledger.charge(p_account, p_amount, gen_random_uuid()::text, NULL)
     $$`,
    async (broken) => {
      const { charges } = await sentTwice(broken, (driver, accountId) =>
        driver.query(sql`SELECT broken.charge(${accountId}, 30)`),
      );
      expect(charges).toEqual([{ delta: '-30' }, { delta: '-30' }]);
    },
  ));
