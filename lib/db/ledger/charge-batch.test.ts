import { createHash } from 'node:crypto';

import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { credits, wholeCredits } from '@/lib/domain/credits';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { Random } from '@/test/database/random';

import { type AccountId, accountOfRow } from '../context';
import { inTransaction, type Tx } from '../database';
import { credit } from '../ledger';
import { type BatchCharged, type Charge, charge, chargeBatch } from './charge';
import { hold } from './hold';

const ledger = await ledgerOfFile();

const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** Runs `work` and takes all of it back; what it returned is kept. */
async function undone<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let kept: { value: T } | undefined;
  const undo = new Error('undo');
  await inTransaction(ledger.db, async (tx) => {
    kept = { value: await work(tx) };
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  if (!kept) throw new Error('Nothing was kept');
  return kept.value;
}

async function seededAccount(random: Random): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  const grants = random.below(4);
  for (let index = 0; index < grants; index++) {
    const expiresAt = random.below(2) === 0 ? null : new Date(Date.now() + (1 + index) * 86_400_000);
    await credit(ledger.db, {
      accountId,
      amount: credits(BigInt(5 + random.below(120))),
      kind: 'bonus',
      reference: `grant ${index}`,
      expiresAt,
    });
  }
  if (random.below(3) === 0) {
    const asked = { accountId, reference: 'held', hash: hashOf('held'), amount: credits(4n), seconds: 600 };
    await hold(ledger.db, asked);
  }
  return accountId;
}

function someCharges(random: Random, accounts: AccountId[]): Charge[] {
  const most = random.pick([4, 4, 30]);
  return Array.from({ length: 1 + random.below(24) }, () => {
    const amount = credits(BigInt((random.below(40) === 0 ? 0 : 1) + random.below(most)));
    const reference = `job ${random.below(random.pick([6, 400]))}`;
    return {
      accountId: random.below(60) === 0 ? accountOfRow(999_999_999n) : random.pick(accounts),
      amount,
      reference,
      hash: hashOf(random.below(12) === 0 ? 'other' : reference),
      service: random.pick([null, 'dubbing']),
      calculation: random.below(3) === 0 ? { formula: `${amount} × 1` } : null,
    };
  });
}

async function oneByOne(tx: Tx, charges: readonly Charge[]): Promise<BatchCharged[]> {
  const answers: BatchCharged[] = [];
  for (const asked of charges) {
    const [answer] = await tx.query<BatchCharged>(sql`
      SELECT status, seq, balance, available FROM ledger.charge(
        ${asked.accountId}, ${asked.amount}, ${asked.reference}, ${asked.hash}, ${asked.service ?? null}, NULL,
        ${asked.calculation ? JSON.stringify(asked.calculation) : null})`);
    if (answer) answers.push(answer);
  }
  return answers;
}

const rowsOf = async (tx: Tx, accounts: AccountId[]) => ({
  balances: await tx.query(
    sql`SELECT * FROM balances WHERE account_id = ANY (${accounts}::bigint[]) ORDER BY 1`,
  ),
  grants: await tx.query(
    sql`SELECT * FROM grants WHERE account_id = ANY (${accounts}::bigint[]) ORDER BY 1, 2`,
  ),
  entries: await tx.query(sql`
    SELECT account_id, seq, kind, delta, balance_after, grant_id, reference, request_hash, service, calculation
      FROM entries LEFT JOIN entry_details USING (account_id, seq)
     WHERE account_id = ANY (${accounts}::bigint[]) ORDER BY 1, 2`),
  audit: await tx.query(sql`SELECT * FROM ledger.audit(${accounts}::bigint[])`),
});

test('a batch answers and leaves what the same charges one by one would have', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = new Random(seed);
    const accounts: AccountId[] = [];
    for (let index = 0; index <= random.below(4); index++) accounts.push(await seededAccount(random));
    for (let round = 0; round < 3; round++) {
      const charges = someCharges(random, accounts);
      const serial = await undone(async (tx) => ({
        answers: await oneByOne(tx, charges),
        rows: await rowsOf(tx, accounts),
      }));
      const batch = await inTransaction(ledger.db, async (tx) => ({
        answers: await chargeBatch(tx, charges),
        rows: await rowsOf(tx, accounts),
      }));
      expect(batch, `seed ${seed}, round ${round}`).toEqual(serial);
      expect(batch.rows.audit).toEqual([]);
    }
  }
});

test('one charge that is none fails alone', async () => {
  const accountId = await ledger.newAccount();
  await credit(ledger.db, { accountId, amount: wholeCredits(1n), kind: 'bonus', reference: 'welcome' });
  const asked = (reference: string, amount: bigint) => ({
    accountId,
    reference,
    amount: credits(amount),
    hash: hashOf(reference),
  });
  const answers = await chargeBatch(ledger.db, [
    asked('a', 1n),
    asked('b', 0n),
    asked('x'.repeat(201), 1n),
    asked('c', 2n),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['applied', 'invalid', 'invalid', 'applied']);
});

test('an empty batch is answered with nothing', async () => {
  expect(await chargeBatch(ledger.db, [])).toEqual([]);
});

test('charges of one batch and single charges of the same references are applied once each', async () => {
  const accountId = await ledger.newAccount();
  await credit(ledger.db, { accountId, amount: wholeCredits(1n), kind: 'bonus', reference: 'welcome' });
  const charges = Array.from({ length: 40 }, (_, index) => ({
    accountId,
    reference: `job ${index}`,
    amount: credits(10n),
    hash: hashOf(`job ${index}`),
  }));
  await Promise.all([
    chargeBatch(ledger.db, charges),
    chargeBatch(ledger.db, charges.toReversed()),
    ...charges.map((one) => charge(ledger.db, one)),
  ]);
  expect(
    await ledger.asOwner('SELECT balance, seq FROM balances WHERE account_id = $1', [accountId]),
  ).toEqual([{ balance: '999600', seq: '41' }]);
  expect(await ledger.audit()).toEqual([]);
});

test('an account at the end of a bigint does not fail the batch of the others', async () => {
  const [rich, other] = [await ledger.newAccount(), await ledger.newAccount()];
  for (const [accountId, amount] of [
    [rich, 2n ** 63n - 1n],
    [other, 10n],
  ] as const)
    await credit(ledger.db, { accountId, amount: credits(amount), kind: 'bonus', reference: 'all of it' });
  await ledger.asOwner('UPDATE balances SET credit_floor = -9, deepest_floor = -9 WHERE account_id = $1', [
    rich,
  ]);
  const asked = [rich, other].map((accountId) => ({
    accountId,
    reference: 'job',
    amount: credits(1n),
    hash: hashOf('job'),
  }));
  const outcomes = await chargeBatch(ledger.db, asked);
  expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
});
