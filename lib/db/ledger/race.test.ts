import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { credits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';

import type { AccountId } from '../context';
import { type Database, openDatabase } from '../database';
import { resetAllowance } from './allowance';
import { auditLedger, type Broken } from './audit';
import { charge, chargeBatch } from './charge';
import { refund, restore } from './correction';
import { expireAccount } from './expiry';
import { hold, release, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';
import { closeSession, heartbeatSession, startSession } from './session';

const ledger = await ledgerOfFile();
/** Two processes' pools: what races between connections races between machines. */
let meters: [Database, Database];
beforeAll(async () => {
  meters = [openDatabase(ledger.urls.appUrl), openDatabase(ledger.urls.appUrl)];
});
afterAll(async () => {
  await Promise.all(meters.map((meter) => meter.close()));
});

const balanceOf = async (accountId: AccountId) => {
  const [row] = await ledger.db.query<{ balance: bigint; seq: bigint }>(
    sql`SELECT balance, seq FROM balances WHERE account_id = ${accountId}`,
  );
  return row;
};

test('the same charge sent two hundred times at once through two meters is one charge', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      charge(meters[index % 2 ? 1 : 0], request(accountId, 'job', 1n)),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(1);
  expect(outcomes.filter(({ status }) => status === 'replayed')).toHaveLength(199);
  expect(await balanceOf(accountId)).toEqual({ balance: 99n, seq: 2n });
});

test('of different requests under one reference, one is charged and the others are told so', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1000n);
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      charge(meters[index % 2 ? 1 : 0], request(accountId, 'job', BigInt(index + 1))),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(1);
  expect(outcomes.filter(({ status }) => status === 'conflict')).toHaveLength(39);
});

test('more charges at once than can be paid spend exactly what is there', async () => {
  const accountId = await ledger.newAccount();
  for (let index = 0; index < 10; index++)
    await gift(ledger, accountId, 10n, new Date(Date.now() + 3_600_000 * (index + 1)));
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      charge(meters[index % 2 ? 1 : 0], request(accountId, `job ${index}`, 3n)),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(33);
  expect(outcomes.filter(({ status }) => status === 'insufficient')).toHaveLength(27);
  expect(await balanceOf(accountId)).toMatchObject({ balance: 1n });
});

type Work = (db: Database, accountId: AccountId, random: Random) => Promise<unknown>;
const reference = (random: Random) => `job ${random.below(30)}`;
/** Around now, whenever that is. */
const THIS_MONTH = allowancePeriodOf(new Date(), new Date());
const some = (random: Random) => BigInt(1 + random.below(20));
/** Whatever an account can be asked, with references that collide. */
const work: Work[] = [
  (db, accountId, random) => charge(db, request(accountId, reference(random), some(random))),
  (db, accountId, random) => charge(db, request(accountId, `job ${random.below(10_000)}`, some(random))),
  (db, accountId, random) =>
    chargeBatch(
      db,
      Array.from({ length: 8 }, () => request(accountId, `job ${random.below(300)}`, some(random))),
    ),
  (db, accountId, random) =>
    gift({ ...ledger, db }, accountId, some(random) * 4n, new Date(Date.now() + random.below(400))),
  (db, accountId, random) => gift({ ...ledger, db }, accountId, some(random) * 4n),
  (db, accountId, random) => hold(db, { ...request(accountId, reference(random), some(random)), seconds: 1 }),
  (db, accountId, random) => settle(db, request(accountId, reference(random), some(random))),
  (db, accountId, random) => release(db, { accountId, reference: reference(random) }),
  (db, accountId, random) =>
    startOperation(db, { ...request(accountId, `work ${random.below(30)}`, 1n), start: { by: 'gate' } }),
  (db, accountId, random) =>
    finishOperation(db, request(accountId, `work ${random.below(30)}`, some(random))),
  (db, accountId, random) => failOperation(db, { accountId, reference: `work ${random.below(30)}` }),
  (db, accountId, random) => restore(db, { accountId, reference: reference(random) }),
  (db, accountId, random) => {
    const { amount, reference: charged } = request(accountId, reference(random), some(random));
    return refund(db, { accountId, charge: charged, amount, reference: `refund ${random.below(50)}` });
  },
  (db, accountId, random) =>
    startSession(db, {
      ...request(accountId, `session ${random.below(30)}`, 1n),
      closesAfterMilliseconds: BigInt(1 + random.below(80)),
    }),
  (db, accountId, random) => heartbeatSession(db, { accountId, reference: `session ${random.below(30)}` }),
  (db, accountId, random) => {
    const by = random.pick(['terminated', 'auto_closed'] as const);
    return closeSession(db, { accountId, reference: `session ${random.below(30)}`, by });
  },
  (db, accountId, random) =>
    finishOperation(db, {
      ...request(accountId, `session ${random.below(30)}`, some(random)),
      shortfall: random.pick(['pending_payment', 'negative']),
    }),
  (db, accountId) => resetAllowance(db, { accountId, amount: credits(50n), period: THIS_MONTH }),
  (db, accountId) => expireAccount(db, accountId),
];

test('everything at once on three accounts, from sixteen sides with colliding keys, leaves and keeps a sound ledger', async () => {
  const accounts = [await ledger.newAccount(), await ledger.newAccount(), await ledger.newAccount()];
  const racing = { isOver: false };
  const auditing = (async () => {
    const complaints: Broken[] = [];
    while (!racing.isOver) complaints.push(...(await auditLedger(ledger.db, accounts)));
    return complaints;
  })();
  await Promise.all(
    Array.from({ length: 16 }, async (_, side) => {
      const random = new Random(side + 1);
      for (let step = 0; step < 120; step++) {
        await random.pick(work)(random.pick(meters), random.pick(accounts), random);
      }
    }),
  );
  racing.isOver = true;
  expect(await auditing).toEqual([]);
  expect(await ledger.audit()).toEqual([]);
});

test('batches over the same accounts in any order never wait for each other in a circle', async () => {
  const accounts = await Promise.all(Array.from({ length: 6 }, () => ledger.newAccount()));
  await Promise.all(accounts.map((accountId) => gift(ledger, accountId, 10_000n)));
  const random = new Random(7);
  const batches = Array.from({ length: 40 }, (_, batch) =>
    Array.from({ length: 30 }, (_, index) => request(random.pick(accounts), `batch ${batch} ${index}`, 1n)),
  );
  const outcomes = await Promise.all(
    batches.map((batch, index) => chargeBatch(meters[index % 2 ? 1 : 0], batch)),
  );
  expect(outcomes.flat().every(({ status }) => status === 'applied')).toBe(true);
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
