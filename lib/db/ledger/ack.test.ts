import { setTimeout as sleep } from 'node:timers/promises';

import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ensureDatabase, loginUrl, withClient } from '@/bin/support/postgres';
import { credits } from '@/lib/domain/credits';
import { request } from '@/test/database/ledger-account';
import { Random } from '@/test/database/random';
import { testCluster, type TestCluster } from '@/test/database/test-cluster';

import type { AccountId } from '../context';
import { type Database, openDatabase } from '../database';
import { credit, openAccount } from '../ledger';
import { migrate } from '../migrate';
import { auditLedger } from './audit';
import { charge, type Charged } from './charge';

const ROUNDS = Number(process.env['COFFER_ACK_ROUNDS'] ?? '1');
const LANES = 12;
/** The end comes with so many charges acknowledged, in the middle of the others: counted, not timed. */
const ACKNOWLEDGED_BEFORE = 120;
const BACK_WITHIN_MS = 60_000;
const GIVEN = 10n ** 15n;
let unanswered = 0;

let cluster: TestCluster;
let ownerUrl: string;
/** Two processes' pools, ten connections each. */
const meters: Database[] = [];
let accounts: AccountId[];

beforeAll(async () => {
  cluster = await testCluster({ name: 'killed', durable: true, onDeath: () => undefined });
  ownerUrl = await ensureDatabase({ url: cluster.url, movedTo: null }, 'coffer');
  // A slip that our own migration has to mend.
  await withClient(ownerUrl, async (client) => {
    await client.query('ALTER SYSTEM SET synchronous_commit = off');
    await client.query('SELECT pg_reload_conf()');
  });
  const appUrl = loginUrl(ownerUrl, { name: 'coffer', password: 'of this test' });
  await until('the slip is in force', async () => (await showing(ownerUrl)) === 'off');
  await migrate({ ownerUrl, appUrl });

  meters.push(openDatabase(appUrl), openDatabase(appUrl));
  accounts = [];
  for (const reference of ['one', 'two', 'three']) {
    const accountId = await openAccount(meter(0), { name: reference, priceBook: 'dubbing' });
    await credit(meter(0), { accountId, amount: credits(GIVEN), kind: 'bonus', reference });
    accounts.push(accountId);
  }
}, 120_000);
afterAll(async () => {
  await Promise.all(meters.map((meter) => meter.close()));
  await cluster.stop();
});

const asOwner = <Row extends object>(statement: string, values: unknown[] = []) =>
  withClient(ownerUrl, async (client) => (await client.query<Row>(statement, values)).rows);
const showing = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit');
    return rows[0]?.synchronous_commit;
  });

const meter = (of: number): Database => {
  const { [of % 2]: found } = meters;
  if (!found) throw new Error('There is no meter yet');
  return found;
};

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + BACK_WITHIN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It never came about that ${what}`);
    await sleep(20);
  }
}

type Asked = ReturnType<typeof request>;
type Round = { acknowledged: { asked: Asked; told: Charged }[]; unknown: Asked[] };

/** Charges from all lanes at once, each until it gets no answer or the end is over. */
async function underLoad(round: string, random: Random, end: () => Promise<void>): Promise<Round> {
  const acknowledged: Round['acknowledged'] = [];
  const unknown: Asked[] = [];
  let ended: Promise<void> | undefined;
  const over = new AbortController();

  const lane = async (name: number) => {
    for (let n = 0; !over.signal.aborted; n++) {
      const asked = request(
        random.pick(accounts),
        `${round} ${name} ${n}`,
        BigInt(1 + random.below(1_000_000)),
      );
      try {
        acknowledged.push({ asked, told: await charge(meter(name), asked) });
      } catch {
        unknown.push(asked);
        return;
      }
      if (acknowledged.length >= ACKNOWLEDGED_BEFORE) ended ??= end().finally(() => over.abort());
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, name) => lane(name)));
  await ended;
  return { acknowledged, unknown };
}

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const gone = (pids: readonly number[]) => until('its processes are gone', () => !pids.some(isThere));

/** Every process of the server, its first one included. */
async function everyProcess(): Promise<number[]> {
  const children = await asOwner<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
  );
  return [cluster.postmaster(), ...children.map(({ pid }) => pid)];
}

/** How PostgreSQL can end while it is charging. */
const ends: Record<string, () => Promise<void>> = {
  async 'its first process is killed'() {
    const pids = await everyProcess();
    process.kill(cluster.postmaster(), 'SIGKILL');
    // The others see that they are orphans, and may charge on until they do.
    await gone(pids);
    await cluster.startAgain();
  },
  async 'it is told to stop at once'() {
    const pids = await everyProcess();
    process.kill(cluster.postmaster(), 'SIGQUIT');
    await gone(pids);
    await cluster.startAgain();
  },
  async 'one of its backends is killed'() {
    const found = await asOwner<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE usename = 'coffer' ORDER BY pid`,
    );
    const [{ pid } = { pid: 0 }] = found;
    if (pid === 0) throw new Error('Nobody is charging');
    process.kill(pid, 'SIGKILL');
    // PostgreSQL then ends all others, and recovers by itself.
    await gone(found.map((backend) => backend.pid));
  },
  async 'its connections are terminated'() {
    await asOwner(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'coffer'`);
  },
};

/** What stands on the ledger under these references, by reference: every charge, once or more. */
async function standing(asked: readonly Asked[]) {
  const rows = await asOwner<{
    account_id: string;
    reference: string;
    delta: string;
    seq: string;
    after: string;
  }>(
    `SELECT account_id, reference, delta, seq, balance_after AS after FROM entries
      WHERE kind = 'consume' AND reference = ANY ($1)`,
    [asked.map(({ reference }) => reference)],
  );
  return rows
    .map(({ account_id, reference, delta, seq, after }) =>
      [account_id, reference, delta, seq, after].join(' '),
    )
    .toSorted();
}

test('commits are synchronous on our connections, whatever the server’s configuration says', async () => {
  expect(await showing(cluster.url('postgres'))).toBe('off');
  for (const meter of meters) {
    expect(await meter.query(sql`SHOW synchronous_commit`)).toEqual([{ synchronous_commit: 'on' }]);
    expect(await meter.query(sql`SHOW fsync`)).toEqual([{ fsync: 'on' }]);
  }
});

describe.each(Object.entries(ends))('when %s', (name, end) => {
  test.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
    'no acknowledged charge is lost, and each that got no answer is charged once when it is sent again (%i)',
    { timeout: 120_000 },
    async (round) => {
      const { acknowledged, unknown } = await underLoad(`${name} ${round}`, new Random(round), end);
      await until('it answers again', () =>
        showing(ownerUrl).then(
          () => true,
          () => false,
        ),
      );

      expect(acknowledged.length).toBeGreaterThanOrEqual(ACKNOWLEDGED_BEFORE);
      const told = acknowledged.map(({ asked: { accountId, reference, amount }, told: { seq, balance } }) =>
        [accountId, reference, -amount, seq, balance].join(' '),
      );
      expect(await standing(acknowledged.map(({ asked }) => asked))).toEqual(told.toSorted());

      unanswered += unknown.length;
      const statuses = await Promise.all(
        unknown.map(async (asked) => {
          const again = await Promise.all([charge(meter(0), asked), charge(meter(1), asked)]);
          return again
            .map(({ status }) => status)
            .toSorted()
            .join(' and ');
        }),
      );
      for (const status of statuses) expect(status).toMatch(/^(applied|replayed) and replayed$/);
      expect(await standing(unknown)).toHaveLength(unknown.length);
      expect(await auditLedger(meter(0))).toEqual([]);
    },
  );
});

test('some charges were cut off, so that this has shown something', () => {
  expect(unanswered).toBeGreaterThan(0);
});
