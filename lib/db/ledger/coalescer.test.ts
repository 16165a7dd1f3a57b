import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';

import { type AccountId, accountOfRow } from '../context';
import { inTransaction, type Queryable } from '../database';
import { type Charge, charge } from './charge';
import { coalescer } from './coalescer';

const ledger = await ledgerOfFile();

const entriesOf = (accountId: AccountId) =>
  ledger.asOwner<{ reference: string; delta: string; balance_after: string }>(
    `SELECT reference, delta, balance_after FROM entries WHERE account_id = $1 AND kind = 'consume' ORDER BY seq`,
    [accountId],
  );

/** Asks the database as told, and keeps count of what it was asked. */
function watched(before: (name: string) => Promise<void> = async () => undefined) {
  const asked: string[] = [];
  const db: Queryable = {
    query: async (statement, name) => {
      asked.push(name ?? '');
      await before(name ?? '');
      return ledger.db.query(statement, name);
    },
  };
  return { db, asked };
}

/** Ends the connection that waits for a lock, once there is one. */
async function cutWhoWaits(): Promise<void> {
  const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%charge_batch%'`;
  while ((await ledger.asOwner(cut)).length === 0) await setImmediate();
}

/** Charges that collide in every way: repeats, other requests under a used reference, more than there is. */
const someCharges = (random: Random, accounts: readonly AccountId[]): Charge[] =>
  Array.from({ length: 60 }, () => {
    const amount = BigInt(1 + random.below(12));
    const reference = `job ${random.below(25)}`;
    return {
      accountId: random.pick(accounts),
      reference,
      amount: credits(amount),
      hash: createHash('sha256').update(`${reference} ${amount}`).digest(),
    };
  });

test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
  'has the answers and the entries of one charge after another (seed %i)',
  async (seed) => {
    const accounts = async () => {
      const made: AccountId[] = [];
      for (let index = 0; index < 4; index++) {
        const accountId = await ledger.newAccount();
        await gift(ledger, accountId, BigInt(30 + index * 40));
        await gift(ledger, accountId, 17n, new Date(Date.now() + 86_400_000));
        made.push(accountId);
      }
      return made;
    };
    const [serial, together] = [await accounts(), await accounts()];
    const asked = someCharges(new Random(seed), serial);
    const expected: unknown[] = [];
    for (const one of asked) expected.push(await charge(ledger.db, one));

    const submit = coalescer(ledger.db);
    const twin = new Map(serial.map((accountId, index) => [accountId, together[index] ?? accountId]));
    const answers = await Promise.all(
      asked.map((one) => submit({ ...one, accountId: twin.get(one.accountId) ?? one.accountId })),
    );
    // What is available is said as of the end of a statement, which others may share.
    expect(answers.map(({ status, seq, balance }) => ({ status, seq, balance }))).toEqual(
      expected.map((one) => {
        const { status, seq, balance } = one as (typeof answers)[number];
        return { status, seq, balance };
      }),
    );
    for (const accountId of serial)
      expect(await entriesOf(twin.get(accountId) ?? accountId)).toEqual(await entriesOf(accountId));
  },
);

test('who comes alone is charged directly, and who comes meanwhile goes together', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1_000n);
  const { db, asked } = watched();
  const submit = coalescer(db);
  await submit(request(accountId, 'alone', 1n));
  expect(asked).toEqual(['ledger.charge']);
  await Promise.all(Array.from({ length: 50 }, (_, index) => submit(request(accountId, `job ${index}`, 1n))));
  expect(asked.slice(1).every((name) => name === 'ledger.charge_batch')).toBe(true);
  expect(asked.length).toBeLessThan(6);
});

test('an account that sends without end does not hold up another', async () => {
  const [busy, quiet] = [await ledger.newAccount(), await ledger.newAccount()];
  await gift(ledger, busy, 10_000n);
  await gift(ledger, quiet, 10n);
  const { db, asked } = watched();
  const submit = coalescer(db, { lanes: 1, mostOfAnAccount: 8 });
  const flood = Array.from({ length: 100 }, (_, index) => submit(request(busy, `job ${index}`, 1n)));
  await submit(request(quiet, 'mine', 1n));
  expect(asked).toHaveLength(1);
  await Promise.all(flood);
  expect((await entriesOf(busy)).map(({ reference }) => reference)).toEqual(
    Array.from({ length: 100 }, (_, index) => `job ${index}`),
  );
});

test('who finds the queue full is told to come again, and nothing else fails', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  const submit = coalescer(ledger.db, { lanes: 1, mostWaiting: 10 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 14 }, (_, index) => submit(request(accountId, `job ${index}`, 1n))),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(4);
  expect(refused[0]).toMatchObject({ reason: { code: 'overloaded' } });
  expect(await entriesOf(accountId)).toHaveLength(10);
});

describe('when something goes wrong', () => {
  test('one charge that is none fails alone', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    const submit = coalescer(ledger.db);
    const outcomes = await Promise.allSettled([
      submit(request(accountId, 'a', 1n)),
      submit({ ...request(accountId, 'b', 1n), amount: credits(-5n) }),
      submit(request(accountOfRow(999_999n), 'c', 1n)),
      submit(request(accountId, 'd', 1n)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ reason: { code: 'not_found' } });
  });

  test('a connection that breaks under a batch costs no charge and doubles none', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1_000n);
    let broken = 0;
    const { db } = watched(async (name) => {
      if (name !== 'ledger.charge_batch' || broken > 0) return;
      broken++;
      // Ends the connections under whoever is about to use them, and those that lie ready.
      await ledger.asOwner(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    });
    const submit = coalescer(db);
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => submit(request(accountId, `job ${index}`, 1n))),
    );
    expect(broken).toBe(1);
    expect(outcomes.every(({ status }) => status === 'applied' || status === 'replayed')).toBe(true);
    expect(await entriesOf(accountId)).toHaveLength(60);
  });

  test('a connection that is cut while the batch waits for its lock costs no charge and doubles none', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1_000n);
    const { db, asked } = watched();
    const submit = coalescer(db);
    const outcomes = await inTransaction(ledger.db, async (tx) => {
      await tx.query(sql`SELECT ledger.credit(${accountId}, 1, 'bonus', 'keeps the lock')`);
      const sent = Array.from({ length: 60 }, (_, index) => submit(request(accountId, `job ${index}`, 1n)));
      await cutWhoWaits();
      return { sent };
    });
    expect((await Promise.all(outcomes.sent)).every(({ status }) => status === 'applied')).toBe(true);
    expect(asked.filter((name) => name === 'ledger.charge_batch')).toHaveLength(1);
    expect((await entriesOf(accountId)).map(({ reference }) => reference)).toEqual(
      Array.from({ length: 60 }, (_, index) => `job ${index}`),
    );
  });

  test('what is asked again keeps its order, so that what could be paid first is', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 30n);
    const { db } = watched(async (name) => {
      if (name === 'ledger.charge_batch')
        throw Object.assign(new Error('could not serialize'), { code: '40001' });
    });
    const submit = coalescer(db);
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => submit(request(accountId, `job ${index}`, 1n))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      Array.from({ length: 60 }, (_, index) => (index < 30 ? 'applied' : 'insufficient')),
    );
  });

  test('a database that goes away under many is given up once, and not once for each', async () => {
    let asked = 0;
    const db: Queryable = {
      query: async () => {
        asked++;
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      },
    };
    const submit = coalescer(db, { lanes: 1 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => submit(request(accountOfRow(1n), `job ${index}`, 1n))),
    );
    expect(
      outcomes.every(({ status }) => status === 'rejected'),
      'none is told anything but to come again',
    ).toBe(true);
    expect(asked).toBeLessThan(12);
  });

  test('an answer that was lost after the work was done is asked for again, and nothing is charged twice', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1_000n);
    let lost = false;
    const db: Queryable = {
      query: async <Row>(...asked: Parameters<Queryable['query']>) => {
        const rows = await ledger.db.query<Row>(...asked);
        if (!lost && asked[1] === 'ledger.charge_batch') {
          lost = true;
          throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });
        }
        return rows;
      },
    };
    const submit = coalescer(db);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => submit(request(accountId, `job ${index}`, 1n))),
    );
    expect(outcomes.every(({ status }) => status === 'replayed')).toBe(true);
    expect(await entriesOf(accountId)).toHaveLength(20);
  });

  test('a database that stays away is “come again”, and never “too few credits”', async () => {
    const db: Queryable = {
      query: async () => {
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      },
    };
    const submit = coalescer(db);
    await expect(submit(request(accountOfRow(1n), 'a', 1n))).rejects.toMatchObject({ code: 'overloaded' });
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
