import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';
import { sumOfLines, usageLines } from '@/test/database/usage-oracle';

import type { AccountId } from '../context';
import { type Database, inSnapshot, inTransaction, openDatabase } from '../database';
import { credit } from '../ledger';
import { setTimeZone } from '../time-zone';
import { readLifetimeUsage, readNamedUsage } from '../usage';
import { auditLedger } from './audit';
import { charge, chargeBatch } from './charge';
import { clawback, refund, restore } from './correction';
import { accountsBehind, rollUp } from './roll-up';

const ledger = await ledgerOfFile();
let workers: [Database, Database];
beforeAll(async () => {
  workers = [openDatabase(ledger.urls.appUrl), openDatabase(ledger.urls.appUrl)];
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
});

const rolledSeq = async (accountId: AccountId) => {
  const [row] = await ledger.asOwner<{ seq: number }>(
    'SELECT rolled_seq::int AS seq FROM usage_progress WHERE account_id = $1',
    [accountId],
  );
  return row?.seq ?? 0;
};

async function accountWithCharges(count: number): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1_000_000n);
  await chargeBatch(
    ledger.db,
    Array.from({ length: count }, (_, index) => request(accountId, `job ${index}`, 2n)),
  );
  return accountId;
}

test('an account is behind from its first entry until its roll-ups reach the last', async () => {
  const accountId = await ledger.newAccount();
  expect(await accountsBehind(ledger.db, { least: 1, limit: 1_000 })).not.toContain(accountId);
  await gift(ledger, accountId, 10n);
  expect(await accountsBehind(ledger.db, { least: 1, limit: 1_000 })).toContain(accountId);
  expect(await rollUp(ledger.db, [accountId], 100)).toBe(1n);
  expect(await accountsBehind(ledger.db, { least: 1, limit: 1_000 })).not.toContain(accountId);
});

test('the account that is farthest behind comes first, and no more come than were asked for', async () => {
  const little = await accountWithCharges(3);
  const much = await accountWithCharges(300);
  const behind = await accountsBehind(ledger.db, { least: 1, limit: 1_000 });
  expect(behind.indexOf(much)).toBeLessThan(behind.indexOf(little));
  expect(await accountsBehind(ledger.db, { least: 1, limit: 1 })).toEqual([much]);
});

test('entries are added in order, no more at once than asked for, and none twice', async () => {
  const accountId = await accountWithCharges(25);
  const added: bigint[] = [];
  for (let turn = 0; turn < 4; turn += 1) added.push(await rollUp(ledger.db, [accountId], 10));
  expect(added).toEqual([10n, 10n, 6n, 0n]);
  expect(await readLifetimeUsage(ledger.db, accountId)).toMatchObject({ count: 25, used: 50n });
  expect(await auditLedger(ledger.db, [accountId])).toEqual([]);
});

test('a worker that has an account does not keep another waiting, and what it undoes is done by the next', async () => {
  const mine = await accountWithCharges(5);
  const free = await accountWithCharges(5);
  await rollUp(ledger.db, [mine], 1);
  await expect(
    inTransaction(workers[0], async (tx) => {
      expect(await rollUp(tx, [mine], 100)).toBe(5n);
      expect(await rollUp(workers[1], [mine, free], 100)).toBe(6n);
      expect(await rolledSeq(mine)).toBe(1);
      throw new Error('the worker dies');
    }),
  ).rejects.toThrow('the worker dies');
  expect(await rollUp(workers[1], [mine], 100)).toBe(5n);
  expect(await auditLedger(ledger.db, [mine, free])).toEqual([]);
});

test('a charge that is not committed yet holds back those after it, and is not passed over', async () => {
  const accountId = await accountWithCharges(1);
  const { behindIt } = await inTransaction(workers[0], async (tx) => {
    await charge(tx, request(accountId, 'slow', 3n));
    const behindIt = charge(workers[1], request(accountId, 'waits for its lock', 5n));
    expect(await rollUp(ledger.db, [accountId], 100)).toBe(2n);
    return { behindIt };
  });
  await behindIt;
  expect(await rollUp(ledger.db, [accountId], 100)).toBe(2n);
  expect(await readLifetimeUsage(ledger.db, accountId)).toMatchObject({ count: 3, used: 10n });
});

test('what is bought counts as purchased; gifts, claw-backs and their restorations are no usage', async () => {
  const accountId = await ledger.newAccount();
  const topUp = '00000000-0000-4000-8000-000000000002';
  await credit(ledger.db, { accountId, amount: credits(500n), kind: 'topup', reference: topUp });
  await gift(ledger, accountId, 100n);
  await clawback(ledger.db, { accountId, amount: credits(50n), reference: 'dp_1', topUpId: topUp });
  await restore(ledger.db, { accountId, reference: 'dp_1', of: 'clawback' });
  const lifetime = { count: 0, used: 0n, returned: 0n, purchased: 500n };
  expect(await readLifetimeUsage(ledger.db, accountId)).toEqual(lifetime);
  await rollUp(ledger.db, [accountId], 100);
  expect(await readLifetimeUsage(ledger.db, accountId)).toEqual(lifetime);
});

describe('while two workers roll up and two meters charge', () => {
  test('every read is exactly what the ledger says in its own snapshot', async () => {
    const accounts = await Promise.all(Array.from({ length: 4 }, () => accountWithCharges(1)));
    const edges = [new Date('2020-01-01T00:00:00Z'), new Date('2099-01-01T00:00:00Z')];
    const state = { isOver: false };

    const chargeAll = async (meter: Database, name: string) => {
      const random = new Random(name.length);
      for (let step = 0; step < 60; step += 1) {
        const accountId = random.pick(accounts);
        const reference = `${name} ${step}`;
        await charge(meter, { ...request(accountId, reference, 7n), service: random.pick(['a', 'b']) });
        if (random.below(5) === 0) {
          await refund(meter, { accountId, charge: reference, amount: credits(1n), reference });
        }
      }
    };
    const rollAll = async (worker: Database) => {
      while (!state.isOver) await rollUp(worker, await accountsBehind(worker, { least: 1, limit: 100 }), 3);
    };
    const readAll = async () => {
      let reads = 0;
      while (!state.isOver) {
        for (const accountId of accounts) {
          const { named, lifetime, truth } = await inSnapshot(ledger.db, async (db) => ({
            named: await readNamedUsage(db, {
              accountId,
              timeZone: 'UTC',
              edges,
              grain: 'month',
              by: 'service',
              mostNames: 50,
            }),
            lifetime: await readLifetimeUsage(db, accountId),
            truth: await db.query<{ used: bigint; returned: bigint; count: bigint }>(sql`
              SELECT coalesce(-sum(delta) FILTER (WHERE kind = 'consume'), 0)::bigint AS used,
                     coalesce(sum(delta) FILTER (WHERE kind = 'refund'), 0)::bigint AS returned,
                     count(*) FILTER (WHERE kind = 'consume') AS count
                FROM entries WHERE account_id = ${accountId}`),
          }));
          const wanted = { ...truth[0], count: Number(truth[0]?.count) };
          const total = named.flatMap(({ parts }) => parts).reduce((sum, { used }) => sum + used, 0n);
          expect({ ...wanted, used: total }).toEqual(wanted);
          expect(lifetime).toMatchObject(wanted);
          reads += 1;
        }
      }
      return reads;
    };

    const charging = Promise.all([chargeAll(workers[0], 'one'), chargeAll(workers[1], 'another')]).finally(
      () => (state.isOver = true),
    );
    const [, , , reads] = await Promise.all([charging, rollAll(workers[0]), rollAll(workers[1]), readAll()]);
    expect(reads).toBeGreaterThanOrEqual(accounts.length);

    while ((await rollUp(ledger.db, accounts, 1_000)) > 0n);
    for (const accountId of accounts) {
      expect(await readLifetimeUsage(ledger.db, accountId)).toMatchObject(
        (({ count, used, returned }) => ({ count, used, returned }))(
          sumOfLines(await usageLines(ledger, accountId)),
        ),
      );
    }
    expect(await auditLedger(ledger.db, accounts)).toEqual([]);
  });
});

describe('the audit knows roll-ups that are wrong', () => {
  test.each([
    ['an hour', 'UPDATE usage_hours SET used = used + 1'],
    ['an hour that is missing', 'DELETE FROM usage_hours'],
    ['a day of a key', 'UPDATE usage_key_days SET duration_ms = duration_ms + 1'],
    ['a day', 'UPDATE usage_days SET returned = returned + 1'],
    ['a day in another zone', 'UPDATE usage_days SET day = day + 1'],
    ['a stretch of the ledger', 'UPDATE usage_days SET last_seq = last_seq + 1'],
    ['a life', 'UPDATE usage_progress SET count = count + 1'],
    ['purchases', 'UPDATE usage_progress SET purchased = purchased + 1'],
    ['what was rolled up twice', 'UPDATE usage_progress SET rolled_seq = rolled_seq - 1'],
    ['what was passed over', 'UPDATE usage_progress SET rolled_seq = rolled_seq + 1'],
  ])('%s', async (_, statement) => {
    const accountId = await accountWithCharges(5);
    await rollUp(ledger.db, [accountId], 4);
    await ledger.rolledBack(async (query) => {
      await query(`${statement} WHERE account_id = $1`, [accountId]);
      const broken = await query<{ invariant: string }>(
        'SELECT * FROM ledger.audit_usage(ARRAY[$1]::bigint[])',
        [accountId],
      );
      expect(broken.map(({ invariant }) => invariant.slice(0, 3))).toContain('I33');
    });
  });
});

describe('the zone of an account', () => {
  test('may be any that is known, and nothing else', async () => {
    const accountId = await accountWithCharges(1);
    expect(await setTimeZone(ledger.db, accountId, 'Asia/Kathmandu')).toBe(true);
    expect(await setTimeZone(ledger.db, accountId, 'Mars/Olympus')).toBe(false);
    const [row] = await ledger.asOwner('SELECT time_zone FROM accounts WHERE account_id = $1', [accountId]);
    expect(row).toEqual({ time_zone: 'Asia/Kathmandu' });
  });

  test('changes what was rolled up already, and what will be', async () => {
    const accountId = await accountWithCharges(20);
    await rollUp(ledger.db, [accountId], 10);
    await setTimeZone(ledger.db, accountId, 'Pacific/Kiritimati');
    await rollUp(ledger.db, [accountId], 100);
    await setTimeZone(ledger.db, accountId, 'Pacific/Niue');
    expect(await rolledSeq(accountId)).toBe(0);
    await rollUp(ledger.db, [accountId], 5);
    await setTimeZone(ledger.db, accountId, 'Pacific/Niue');
    expect(await rolledSeq(accountId)).toBe(5);
    expect(await auditLedger(ledger.db, [accountId])).toEqual([]);
  });
});

test('the app may not touch what is rolled up', async () => {
  await expect(ledger.db.query(sql`UPDATE usage_days SET used = 0`)).rejects.toThrow('permission denied');
  await expect(ledger.db.query(sql`UPDATE usage_progress SET rolled_seq = 0`)).rejects.toThrow(
    'permission denied',
  );
});
