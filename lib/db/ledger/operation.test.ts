import { beforeAll, describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { everyRow, gift, leftOf, request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { charge } from './charge';
import { clawback, refund, restore, setCreditFloor } from './correction';
import { expireAccount } from './expiry';
import { hold, release, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';

const START = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const at = (days: number) => new Date(START + days * DAY);

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
});
const clock = (days: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(days)]);
const states = async (accountId: AccountId) => {
  const rows = await ledger.asOwner<{ reference: string; state: string }>(
    'SELECT reference, state FROM operations WHERE account_id = $1 ORDER BY created_at, reference',
    [accountId],
  );
  return Object.fromEntries(rows.map(({ reference, state }) => [reference, state]));
};
const ready = async (accountId: AccountId) =>
  (
    await ledger.asOwner<{ key: string }>('SELECT key FROM outbox WHERE account_id = $1 ORDER BY key', [
      accountId,
    ])
  ).map(({ key }) => key);
const gate = (accountId: AccountId, reference: string) =>
  startOperation(ledger.db, { ...request(accountId, reference, 0n), start: { by: 'gate' } });

/** Work of these amounts, begun while one credit was there and finished when it could not be paid. */
async function pending(amounts: bigint[]): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1n);
  for (const [index] of amounts.entries()) await gate(accountId, `job ${index}`);
  await charge(ledger.db, request(accountId, 'the last credit', 1n));
  for (const [index, amount] of amounts.entries()) {
    await clock(index / 1000);
    await finishOperation(ledger.db, request(accountId, `job ${index}`, amount));
  }
  await clock(0.5);
  return accountId;
}

describe('work', () => {
  test('begins only while something is left, and what is refused leaves no trace', async () => {
    const accountId = await ledger.newAccount();
    const before = await everyRow(ledger, accountId);
    expect((await gate(accountId, 'job')).status).toBe('insufficient');
    const start = { by: 'charge' as const, amount: credits(5n) };
    expect((await startOperation(ledger.db, { ...request(accountId, 'job', 5n), start })).status).toBe(
      'insufficient',
    );
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test('charged when accepted is charged once, and given back when it fails', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n, at(20));
    await gift(ledger, accountId, 10n);
    const asked = {
      ...request(accountId, 'job', 15n),
      start: { by: 'charge' as const, amount: credits(15n) },
    };
    expect((await startOperation(ledger.db, asked)).status).toBe('applied');
    expect((await startOperation(ledger.db, asked)).status).toBe('replayed');
    expect(await leftOf(ledger, accountId)).toEqual([0, 5]);
    expect((await failOperation(ledger.db, { accountId, reference: 'job' })).status).toBe('applied');
    expect((await failOperation(ledger.db, { accountId, reference: 'job' })).status).toBe('replayed');
    expect(await leftOf(ledger, accountId)).toEqual([10, 10]);
    expect((await finishOperation(ledger.db, request(accountId, 'job', 15n))).status).toBe('conflict');
  });

  test('refunded when it fails opens a grant of its own', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 20n);
    await startOperation(ledger.db, {
      ...request(accountId, 'job', 15n),
      start: { by: 'charge', amount: credits(15n) },
    });
    await failOperation(ledger.db, { accountId, reference: 'job', back: 'refund' });
    expect(await leftOf(ledger, accountId)).toEqual([5, 15]);
  });

  test.each(['restore', 'refund'] as const)(
    'gets its credits back (%s) though another return has its name',
    async (back) => {
      const accountId = await ledger.newAccount();
      await gift(ledger, accountId, 100n);
      await charge(ledger.db, request(accountId, 'other', 10n));
      await refund(ledger.db, { ...request(accountId, 'job', 3n), charge: 'other' });
      const topUpId = await topUp(ledger, accountId, 10n);
      await clawback(ledger.db, { ...request(accountId, 'job', 4n), topUpId });
      await restore(ledger.db, { accountId, reference: 'job', of: 'clawback' });
      const start = { by: 'charge' as const, amount: credits(15n) };
      const { available } = await startOperation(ledger.db, { ...request(accountId, 'job', 15n), start });
      expect(await failOperation(ledger.db, { accountId, reference: 'job', back })).toMatchObject({
        status: 'applied',
        available: available + 15n,
      });
      expect((await failOperation(ledger.db, { accountId, reference: 'job', back })).status).toBe('replayed');
    },
  );

  test('gets all of its credits back though half were refunded by hand, under its own name', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 40n);
    const start = { by: 'charge' as const, amount: credits(14n) };
    await startOperation(ledger.db, { ...request(accountId, 'job', 14n), start });
    const half = { accountId, charge: 'job', amount: credits(7n) };
    await refund(ledger.db, { ...half, reference: 'job' });
    expect((await failOperation(ledger.db, { accountId, reference: 'job' })).available).toBe(40n);
  });

  test('gets them back though every name it could give is taken', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 40n);
    const start = { by: 'charge' as const, amount: credits(14n) };
    await startOperation(ledger.db, { ...request(accountId, 'job', 14n), start });
    await charge(ledger.db, request(accountId, 'other', 5n));
    for (const reference of ['job', 'charge:2', 'job (2)']) {
      await refund(ledger.db, { accountId, charge: 'other', amount: credits(1n), reference });
    }
    const failed = await failOperation(ledger.db, { accountId, reference: 'job', back: 'refund' });
    expect(failed.available).toBe(38n);
  });

  test('held for is charged when it succeeds and free when it fails', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 20n);
    const start = { by: 'hold' as const, amount: credits(10n), seconds: 600 };
    await startOperation(ledger.db, { ...request(accountId, 'good', 10n), start });
    await startOperation(ledger.db, { ...request(accountId, 'bad', 10n), start });
    expect((await finishOperation(ledger.db, request(accountId, 'good', 8n))).available).toBe(2n);
    await failOperation(ledger.db, { accountId, reference: 'bad' });
    expect(await states(accountId)).toEqual({ bad: 'failed', good: 'settled' });
    expect(await leftOf(ledger, accountId)).toEqual([12]);
    expect(await ready(accountId)).toEqual(['good']);
  });
});

test('work that failed is never charged, though its hold had ended before', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 20n);
  const start = { by: 'hold' as const, amount: credits(10n), seconds: 600 };
  await startOperation(ledger.db, { ...request(accountId, 'job', 10n), start });
  await clock(1);
  await expireAccount(ledger.db, accountId);
  await failOperation(ledger.db, { accountId, reference: 'job' });
  expect((await settle(ledger.db, request(accountId, 'job', 10n))).status).toBe('conflict');
  expect(await states(accountId)).toEqual({ job: 'failed' });
  expect(await leftOf(ledger, accountId)).toEqual([20]);
  await clock(0);
});

describe('work that could not be paid', () => {
  test('is paid by the next credit strictly oldest first: a smaller one behind does not pass', async () => {
    const accountId = await pending([10n, 20n, 5n]);
    await gift(ledger, accountId, 18n);
    expect(await states(accountId)).toEqual({
      'job 0': 'settled',
      'job 1': 'pending_payment',
      'job 2': 'pending_payment',
    });
    expect(await ready(accountId)).toEqual(['job 0']);
    await gift(ledger, accountId, 17n);
    expect(Object.values(await states(accountId))).toEqual(['settled', 'settled', 'settled']);
    expect(await ready(accountId)).toEqual(['job 0', 'job 1', 'job 2']);
    expect(await leftOf(ledger, accountId)).toEqual([0, 0, 0]);
  });

  test('lets a new charge pass that fits', async () => {
    const accountId = await pending([10n]);
    await gift(ledger, accountId, 4n);
    expect((await charge(ledger.db, request(accountId, 'small', 3n))).status).toBe('applied');
  });

  test('is paid when a hold sets free what it needs', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    await gate(accountId, 'job');
    await hold(ledger.db, { ...request(accountId, 'held', 80n), seconds: 600 });
    expect((await finishOperation(ledger.db, request(accountId, 'job', 50n))).status).toBe('pending_payment');
    await release(ledger.db, { accountId, reference: 'held' });
    expect(await states(accountId)).toEqual({ job: 'settled' });
  });

  test('is paid when the account is trusted with what it needs', async () => {
    const accountId = await pending([10n, 5n]);
    expect(await setCreditFloor(ledger.db, { accountId, floor: credits(-12n) })).toBe(true);
    expect(await states(accountId)).toEqual({ 'job 0': 'settled', 'job 1': 'pending_payment' });
    expect(await ready(accountId)).toEqual(['job 0']);
  });

  test('is purged after thirty days and never charged again', async () => {
    const accountId = await pending([10n, 2n]);
    await clock(30.0005);
    await expireAccount(ledger.db, accountId);
    expect(await states(accountId)).toEqual({ 'job 0': 'purged', 'job 1': 'pending_payment' });
    await clock(31);
    await gift(ledger, accountId, 100n);
    expect((await finishOperation(ledger.db, request(accountId, 'job 0', 10n))).status).toBe('replayed');
    expect(await leftOf(ledger, accountId)).toEqual([0, 100]);
    await clock(0);
  });

  test('waits as many days as its price book says', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 1n);
    await gate(accountId, 'job');
    const asked = request(accountId, 'job', 10n);
    await expect(finishOperation(ledger.db, { ...asked, pendingDays: 0n })).rejects.toThrow('invalid');
    await finishOperation(ledger.db, { ...asked, pendingDays: 7n });
    await clock(6.999);
    await expireAccount(ledger.db, accountId);
    expect(await states(accountId)).toEqual({ job: 'pending_payment' });
    await clock(7.0005);
    await expireAccount(ledger.db, accountId);
    expect(await states(accountId)).toEqual({ job: 'purged' });
    await clock(0);
  });

  test('is announced once and charged once, by however many credits at once', async () => {
    const accountId = await pending(Array.from({ length: 12 }, () => 5n));
    await Promise.all(Array.from({ length: 12 }, () => gift(ledger, accountId, 5n)));
    expect(await ready(accountId)).toHaveLength(12);
    expect((await leftOf(ledger, accountId)).reduce((sum, left) => sum + left)).toBe(0);
  });

  test('a thousand of them are paid in one transaction', async () => {
    const accountId = await ledger.newAccount();
    await ledger.asOwner(
      `INSERT INTO operations (account_id, reference, state, amount, created_at, finished_at, purge_at)
       SELECT $1, 'job ' || n, 'pending_payment', 1, ledger.now(), ledger.now() + n * interval '1 second', ledger.now() + interval '30 days'
         FROM generate_series(1, 1000) AS n`,
      [accountId],
    );
    await gift(ledger, accountId, 1000n);
    expect(await ready(accountId)).toHaveLength(1000);
  });
});

describe('work that may overdraw', () => {
  const overdraw = (accountId: AccountId, reference: string, amount: bigint) =>
    finishOperation(ledger.db, { ...request(accountId, reference, amount), shortfall: 'negative' });

  test('is charged beyond what is left, ready at once, and nothing more begins', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n);
    await gate(accountId, 'job');
    expect(await overdraw(accountId, 'job', 25n)).toMatchObject({
      status: 'applied',
      balance: -15n,
      available: -15n,
    });
    expect((await overdraw(accountId, 'job', 25n)).status).toBe('replayed');
    expect((await overdraw(accountId, 'job', 24n)).status).toBe('conflict');
    expect(await states(accountId)).toEqual({ job: 'settled' });
    expect(await ready(accountId)).toEqual(['job']);
    expect((await gate(accountId, 'another')).status).toBe('insufficient');
    expect((await charge(ledger.db, request(accountId, 'charge', 1n))).status).toBe('insufficient');
  });

  test('is repaid first by the next credits', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n);
    await gate(accountId, 'job');
    await overdraw(accountId, 'job', 25n);
    await gift(ledger, accountId, 20n);
    expect(await leftOf(ledger, accountId)).toEqual([0, 5]);
  });

  test('passes the floor of an account that may owe, too', async () => {
    const accountId = await ledger.newAccount();
    await setCreditFloor(ledger.db, { accountId, floor: credits(-10n) });
    expect((await gate(accountId, 'job')).status).toBe('applied');
    expect(await overdraw(accountId, 'job', 25n)).toMatchObject({ status: 'applied', balance: -25n });
  });

  test('spends what a hold kept from expiring, rather than owe more', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n, at(1));
    await gift(ledger, accountId, 1n);
    await gate(accountId, 'job');
    await clock(0.9);
    await hold(ledger.db, { ...request(accountId, 'held', 10n), seconds: 80_000 });
    await clock(1.2);
    expect(await overdraw(accountId, 'job', 30n)).toMatchObject({ balance: -19n, available: -29n });
    expect(await leftOf(ledger, accountId)).toEqual([0, 0]);
    expect((await settle(ledger.db, request(accountId, 'held', 10n))).balance).toBe(-29n);
    await clock(0);
  });

  test('does not pend, nor does what pends overdraw', async () => {
    const accountId = await pending([10n]);
    await gift(ledger, accountId, 4n);
    await gate(accountId, 'late');
    await overdraw(accountId, 'late', 6n);
    expect(await states(accountId)).toEqual({ late: 'settled', 'job 0': 'pending_payment' });
    await gift(ledger, accountId, 11n);
    expect(await states(accountId)).toEqual({ late: 'settled', 'job 0': 'pending_payment' });
    await gift(ledger, accountId, 1n);
    expect(await states(accountId)).toEqual({ late: 'settled', 'job 0': 'settled' });
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
