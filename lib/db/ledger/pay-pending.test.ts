import { beforeAll, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { type LedgerFixture, ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';

import type { AccountId } from '../context';
import { charge } from './charge';
import { adjust, setCreditFloor } from './correction';
import { hold } from './hold';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(START + hours * HOUR);

/** What paying in one statement must come to: the same rules, one operation after the other. */
const ONE_BY_ONE = `
  CREATE FUNCTION ledger.pay_one_by_one(p_account bigint, p_now timestamptz) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
  DECLARE
      v_operation operations;
      v_seq bigint;
      v_room numeric;
  BEGIN
      SELECT ledger._available(p_account, p_now)::numeric - credit_floor INTO v_room
        FROM balances WHERE account_id = p_account;
      FOR v_operation IN
          SELECT * FROM operations
           WHERE account_id = p_account AND state = 'pending_payment' AND purge_at > p_now
           ORDER BY finished_at, reference
      LOOP
          SELECT seq INTO v_seq FROM entries
           WHERE account_id = p_account AND kind = 'consume' AND reference = v_operation.reference;
          IF NOT FOUND THEN
              EXIT WHEN v_operation.amount > v_room;
              v_room := v_room - v_operation.amount;
              v_seq := ledger._take(p_account, v_operation.amount, ledger._request_of(v_operation), p_now);
          END IF;
          PERFORM ledger._operation_ready(p_account, v_operation.reference, v_operation.amount, v_seq, p_now);
      END LOOP;
  END $$`;

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
  await ledger.asOwner(ONE_BY_ONE);
});

const clock = (hours: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(hours)]);

/** Grants that expire before, at and after the tenth hour, holds that protect some, and room for debt now and then. */
async function seededAccount(random: Random): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await clock(0);
  if (random.below(3) === 0) await setCreditFloor(ledger.db, { accountId, floor: credits(-60n) });
  const grants = random.below(8);
  for (let index = 0; index < grants; index++) {
    const expiresAt = random.pick([null, null, at(5), at(9), at(10), at(20), at(20), at(30)]);
    await gift(ledger, accountId, BigInt(1 + random.below(60)), expiresAt ?? undefined);
  }
  for (let index = 0; index < random.below(4); index++) {
    const amount = BigInt(1 + random.below(40));
    await hold(ledger.db, { ...request(accountId, `held ${index}`, amount), seconds: 80_000 });
  }
  return accountId;
}

/** Work that waits: some of it charged in another way meanwhile, some past its time, some of one instant; and debts. */
async function waits(random: Random, accountId: AccountId): Promise<void> {
  const most = random.pick([4, 15, 60]);
  const work = Array.from({ length: 2 + random.below(14) }, (_, index) => ({
    ...request(accountId, `job ${index}`, BigInt(1 + random.below(most))),
    calculation: random.below(2) === 0 ? '{"formula": "2 × 3"}' : null,
    finishedAt: at(random.below(5)),
    purgeAt: random.below(9) === 0 ? at(10) : at(700),
  }));
  for (const { reference } of work) {
    if (random.below(3) === 0) await charge(ledger.db, request(accountId, reference, 1n));
  }
  if (random.below(3) === 0) {
    const delta = credits(BigInt(-1 - random.below(200)));
    await adjust(ledger.db, { accountId, delta, reference: 'debt', reason: 'Counted twice' });
  }
  await ledger.asOwner(
    `INSERT INTO operations (account_id, reference, state, amount, request_hash, service, calculation, created_at, finished_at, purge_at)
     SELECT $1, reference, 'pending_payment', amount, hash, 'dubbing', calculation, finished_at, finished_at, purge_at
       FROM unnest($2::text[], $3::bigint[], $4::bytea[], $5::jsonb[], $6::timestamptz[], $7::timestamptz[])
            AS work (reference, amount, hash, calculation, finished_at, purge_at)`,
    [
      accountId,
      work.map(({ reference }) => reference),
      work.map(({ amount }) => amount),
      work.map(({ hash }) => hash),
      work.map(({ calculation }) => calculation),
      work.map(({ finishedAt }) => finishedAt),
      work.map(({ purgeAt }) => purgeAt),
    ],
  );
}

const TABLES = ['balances', 'entries', 'entry_details', 'grants', 'allocations', 'operations', 'outbox'];
type Query = Parameters<Parameters<LedgerFixture['rolledBack']>[0]>[0];

/** Every row of the account after `pay` at the tenth hour; nothing of it stays. */
const after = (accountId: AccountId, pay: string) =>
  ledger.rolledBack(async (query: Query) => {
    await query('SELECT ledger._open_grants($1, ledger.now())', [accountId]);
    await query(`SELECT ledger.${pay}($1, ledger.now())`, [accountId]);
    await query('SELECT ledger._pick_head($1, ledger.now())', [accountId]);
    const rows: Record<string, object[]> = {};
    for (const table of TABLES) {
      rows[table] = await query(`SELECT * FROM ${table} t WHERE account_id = $1 ORDER BY t`, [accountId]);
    }
    return { rows, audit: await query('SELECT * FROM ledger.audit(ARRAY[$1::bigint])', [accountId]) };
  });

test('paying all that waits in one statement is paying it one by one', async () => {
  let paid = 0;
  let split = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const random = new Random(seed);
    const accountId = await seededAccount(random);
    await waits(random, accountId);
    await clock(10);

    const oneByOne = await after(accountId, 'pay_one_by_one');
    const atOnce = await after(accountId, '_pay_pending');
    expect(atOnce, `seed ${seed}`).toEqual(oneByOne);
    expect(atOnce.audit).toEqual([]);
    paid += atOnce.rows['outbox']?.length ?? 0;
    split += atOnce.rows['allocations']?.length ?? 0;
  }
  // Without these, the seeds would have shown nothing.
  expect(paid).toBeGreaterThan(100);
  expect(split).toBeGreaterThan(40);
}, 120_000);
