import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { everyRow, gift, leftOf, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { charge } from './charge';
import { expireAccount } from './expiry';
import { hold, release, settle } from './hold';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(START + hours * HOUR);

const ledger = await ledgerOfFile();
let accountId: AccountId;
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
});
const clock = (hours: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(hours)]);

/** An account with a hundred credits, sixty of them held for an hour. */
async function held(): Promise<AccountId> {
  await clock(0);
  accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  await hold(ledger.db, { ...request(accountId, 'job', 60n), seconds: 3600 });
  return accountId;
}
const balance = async () => {
  const [row] = await ledger.db.query<object>(
    sql`SELECT total, available, held FROM ledger.balance(${accountId})`,
  );
  return row;
};

describe('held credits', () => {
  test('are not spent by anything else', async () => {
    await held();
    expect(await balance()).toEqual({ total: 100n, available: 40n, held: 60n });
    expect((await charge(ledger.db, request(accountId, 'other', 41n))).status).toBe('insufficient');
    expect((await hold(ledger.db, { ...request(accountId, 'other', 41n), seconds: 60 })).status).toBe(
      'insufficient',
    );
  });

  test('are held once, whoever asks again', async () => {
    await held();
    const before = await everyRow(ledger, accountId);
    const again = { ...request(accountId, 'job', 60n), seconds: 3600 };
    expect((await hold(ledger.db, again)).status).toBe('replayed');
    expect((await hold(ledger.db, { ...again, hash: Buffer.from('another body') })).status).toBe('conflict');
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test('are held once, though by now it would be another amount', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    const first = { ...request(accountId, 'job', 30n), seconds: 60 };
    await hold(ledger.db, first);
    expect(await hold(ledger.db, { ...first, amount: credits(40n) })).toMatchObject({
      status: 'replayed',
      available: 70n,
    });
  });

  test('pay what the work came to, once; the rest is free again', async () => {
    await held();
    expect(await settle(ledger.db, request(accountId, 'job', 25n))).toMatchObject({
      status: 'applied',
      seq: 2n,
    });
    expect(await balance()).toEqual({ total: 75n, available: 75n, held: 0n });
    expect((await settle(ledger.db, request(accountId, 'job', 25n))).status).toBe('replayed');
    expect((await settle(ledger.db, request(accountId, 'job', 26n))).status).toBe('conflict');
    expect((await release(ledger.db, { accountId, reference: 'job' })).status).toBe('conflict');
    expect(await balance()).toEqual({ total: 75n, available: 75n, held: 0n });
  });

  test('are free again when the work came to nothing', async () => {
    await held();
    expect((await release(ledger.db, { accountId, reference: 'job' })).status).toBe('applied');
    expect((await release(ledger.db, { accountId, reference: 'job' })).status).toBe('replayed');
    expect((await settle(ledger.db, request(accountId, 'job', 1n))).status).toBe('conflict');
    expect(await balance()).toEqual({ total: 100n, available: 100n, held: 0n });
  });

  test('do not expire before the hold ends, and then at once', async () => {
    await clock(0);
    accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n, at(1));
    await hold(ledger.db, { ...request(accountId, 'job', 60n), seconds: 80_000 });
    await clock(3);
    await expireAccount(ledger.db, accountId);
    expect(await leftOf(ledger, accountId)).toEqual([60]);
    expect(await settle(ledger.db, request(accountId, 'job', 45n))).toMatchObject({
      status: 'applied',
      available: 0n,
    });
    expect(await leftOf(ledger, accountId)).toEqual([0]);
  });

  test('beyond what was held are paid like any charge, or wait', async () => {
    await held();
    expect((await settle(ledger.db, request(accountId, 'job', 100n))).status).toBe('applied');
    await held();
    expect((await settle(ledger.db, request(accountId, 'job', 101n))).status).toBe('pending_payment');
    expect((await settle(ledger.db, request(accountId, 'job', 101n))).status).toBe('replayed');
    expect(await balance()).toEqual({ total: 100n, available: 100n, held: 0n });
    await gift(ledger, accountId, 1n);
    expect(await balance()).toEqual({ total: 0n, available: 0n, held: 0n });
  });

  test('are free when nobody comes back (a session that was never closed); late work is charged all the same', async () => {
    await held();
    await clock(2);
    await expireAccount(ledger.db, accountId);
    expect(await balance()).toEqual({ total: 100n, available: 100n, held: 0n });
    expect((await settle(ledger.db, request(accountId, 'job', 60n))).status).toBe('applied');
    expect((await settle(ledger.db, request(accountId, 'job', 60n))).status).toBe('replayed');
    expect(await balance()).toEqual({ total: 40n, available: 40n, held: 0n });
  });

  test('that nobody came back for in time are settled once all the same, though it came to nothing', async () => {
    await held();
    await clock(2);
    await expireAccount(ledger.db, accountId);
    expect((await settle(ledger.db, request(accountId, 'job', 0n))).status).toBe('applied');
    expect((await settle(ledger.db, request(accountId, 'job', 0n))).status).toBe('replayed');
    expect((await settle(ledger.db, request(accountId, 'job', 5n))).status).toBe('conflict');
    expect((await release(ledger.db, { accountId, reference: 'job' })).status).toBe('conflict');
    expect(await balance()).toEqual({ total: 100n, available: 100n, held: 0n });
  });

  test.each([0, -1, 86_401])('for %s seconds are refused', async (seconds) => {
    await held();
    await expect(hold(ledger.db, { ...request(accountId, 'other', 1n), seconds })).rejects.toThrow('invalid');
  });

  test('that nobody holds cannot be settled or released', async () => {
    await held();
    expect((await settle(ledger.db, request(accountId, 'unknown', 1n))).status).toBe('no_hold');
    expect((await release(ledger.db, { accountId, reference: 'unknown' })).status).toBe('no_hold');
  });
});

test('settled, released and expired at once, a hold ends in exactly one way', async () => {
  for (let round = 0; round < 25; round++) {
    await held();
    await clock(2);
    const [settled, released] = await Promise.all([
      settle(ledger.db, request(accountId, 'job', 60n)),
      release(ledger.db, { accountId, reference: 'job' }),
      expireAccount(ledger.db, accountId),
    ]);
    const charged = settled.status === 'applied';
    expect(charged || released.status === 'applied').toBe(true);
    expect(await balance()).toEqual(
      charged ? { total: 40n, available: 40n, held: 0n } : { total: 100n, available: 100n, held: 0n },
    );
  }
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
