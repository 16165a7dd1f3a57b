/**
 * Customers of five-bells-ledger with money were told "insufficient funds" when two of their transfers met in the database
 * (five-bells-ledger #330 and #402). Here that is said only by a decision that was made under the lock; whatever else goes
 * wrong is thrown, and may be tried again.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { inTransaction } from '@/lib/db/database';
import { charge } from '@/lib/db/ledger/charge';
import { toErrorResponse } from '@/lib/http/errors';
import { apiFixture } from '@/test/api/api-fixture';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { gift, leftOf, request } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
});
afterAll(() => sound.close());

async function rich(ledger: LedgerFixture): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  return accountId;
}

/** A charge of a transaction whose view of the account is older than another charge. */
const tooOldAView =
  (ledger: LedgerFixture) =>
  (accountId: AccountId, ask: (db: Queryable) => Promise<string>): Promise<string> =>
    inTransaction(ledger.db, async (tx) => {
      await tx.query(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
      await tx.query(sql`SELECT balance FROM balances WHERE account_id = ${accountId}`);
      await charge(ledger.db, request(accountId, 'the other one', 1n));
      return await ask(tx);
    });

/** Two transactions that want two accounts in opposite orders: PostgreSQL ends one of them. */
async function deadlock(ledger: LedgerFixture): Promise<PromiseSettledResult<string>[]> {
  const [one, two] = [await rich(ledger), await rich(ledger)];
  let bothHaveOne = () => {};
  const meeting = new Promise<void>((resolve) => (bothHaveOne = resolve));
  let arrived = 0;
  const crossing = (first: AccountId, second: AccountId) =>
    inTransaction(ledger.db, async (tx) => {
      await charge(tx, request(first, `first of ${first}`, 1n));
      arrived += 1;
      if (arrived === 2) bothHaveOne();
      await meeting;
      return (await charge(tx, request(second, `second of ${first}`, 1n))).status;
    });
  return await Promise.allSettled([crossing(one, two), crossing(two, one)]);
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

describe('a charge of a customer who has the credits', () => {
  test('is thrown where transactions could not be put in an order, and goes through when tried again', async () => {
    const accountId = await rich(sound);
    const asked = request(accountId, 'job', 10n);
    const error: unknown = await tooOldAView(sound)(
      accountId,
      async (db) => (await charge(db, asked)).status,
    ).catch((thrown: unknown) => thrown);
    expect(codeOf(error)).toBe('40001');
    expect(toErrorResponse(error).status).toBe(503);
    expect((await charge(sound.db, asked)).status).toBe('applied');
    expect(await leftOf(sound, accountId)).toEqual([89]);
  });

  test('is thrown where two wait for each other', async () => {
    const outcomes = await deadlock(sound);
    const [failed] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome] : []));
    expect(codeOf(failed?.reason)).toBe('40P01');
    expect(toErrorResponse(failed?.reason).status).toBe(503);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))).toEqual([
      'applied',
    ]);
  });

  test('is thrown where it waited too long', async () => {
    const accountId = await rich(sound);
    const error: unknown = await inTransaction(sound.db, async (holder) => {
      await charge(holder, request(accountId, 'the other one', 1n));
      return await inTransaction(sound.db, async (tx) => {
        await tx.query(sql`SET LOCAL lock_timeout = '10ms'`);
        return await charge(tx, request(accountId, 'job', 10n));
      }).catch((thrown: unknown) => thrown);
    });
    expect(codeOf(error)).toBe('55P03');
  });

  test('is thrown where its connection is ended', async () => {
    const accountId = await rich(sound);
    const error: unknown = await inTransaction(sound.db, async (tx) => {
      const [me] = await tx.query<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
      await sound.asOwner('SELECT pg_terminate_backend($1)', [me?.pid]);
      return await charge(tx, request(accountId, 'job', 10n));
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(await leftOf(sound, accountId)).toEqual([100]);
  });
});

test('over HTTP it is told to come again, not to pay, and is charged once when it does', async () => {
  const api = await apiFixture('dubbing');
  const accountId = await api.ledger.newAccount();
  await gift(api.ledger, accountId, 100_000_000n);
  const key = await api.newKey(accountId);
  const ask = () =>
    api.call('POST', '/v1/charges', {
      key,
      headers: { 'idempotency-key': 'job' },
      body: { service: 'dubbing', quantities: { seconds: 60 } },
    });
  const busy = await inTransaction(api.ledger.db, async (holder) => {
    await charge(holder, request(accountId, 'the other one', 1n));
    const answer = ask();
    const answered = new AbortController();
    void answer.finally(() => answered.abort());
    // However often it is tried again by ourselves, its connection is ended while it waits.
    while (!answered.signal.aborted) {
      await api.ledger.asOwner(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
    }
    return await answer;
  });
  expect(busy).toMatchObject({ status: 503, body: { error: { code: 'overloaded' } } });
  expect(busy.headers.get('retry-after')).toBe('1');
  expect((await ask()).status).toBe(201);
  expect((await ask()).headers.get('idempotent-replayed')).toBe('true');
  await api.close();
});

test('what a verb of the ledger catches is named, and is nothing that passes', async () => {
  const caught = await sound.asOwner<{ names: string[] }>(
    `SELECT regexp_match(prosrc, 'exception\\s+when\\s+(\\w+)', 'i') AS names FROM pg_proc
      WHERE pronamespace = 'ledger'::regnamespace AND prosrc ~* 'exception\\s+when'`,
  );
  const known = ['invalid_parameter_value'];
  expect(caught.flatMap(({ names }) => names).filter((name) => !known.includes(name))).toEqual([]);
});

test('the scenario bites: a verb that takes every failure for a refusal tells a rich customer to pay', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.charge(p_account bigint, p_amount bigint, p_reference text) RETURNS text
     LANGUAGE plpgsql SECURITY DEFINER AS $$
     BEGIN
         RETURN (ledger.charge(p_account, p_amount, p_reference, NULL)).status;
     EXCEPTION WHEN OTHERS THEN
         RETURN 'insufficient';
     END $$`,
    async (broken) => {
      const accountId = await rich(broken);
      const said = await tooOldAView(broken)(accountId, (db) =>
        wordOf(db, sql`SELECT broken.charge(${accountId}, 10, 'job')`),
      );
      expect(said).toBe('insufficient');
    },
  ));
