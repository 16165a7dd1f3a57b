import { beforeAll, describe, expect, test } from 'vitest';

import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { credits } from '@/lib/domain/credits';
import { everyRow, gift, leftOf, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { dueAllowances, findAllowance, resetAllowance } from './allowance';
import { charge } from './charge';
import { hold, settle } from './hold';

const OPENED = new Date('2026-01-31T15:00:00Z');

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, OPENED);
});
const clock = (at: string) => ledger.asOwner('UPDATE clock SET now = $1', [new Date(at)]);

/** The allowance of the period around an instant, by default the present one. */
async function reset(accountId: AccountId, { amount = 100n, at }: { amount?: bigint; at?: string } = {}) {
  const now = (await findAllowance(ledger.db, accountId))?.asOf ?? OPENED;
  const period = allowancePeriodOf(OPENED, at === undefined ? now : new Date(at));
  return resetAllowance(ledger.db, { accountId, amount: credits(amount), period });
}

describe('an allowance', () => {
  test('comes once a period, and the next takes the place of what is left of it', async () => {
    await clock('2026-01-31T15:00Z');
    const accountId = await ledger.newAccount();
    expect(await reset(accountId)).toMatchObject({ status: 'applied', available: 100n });
    await charge(ledger.db, request(accountId, 'job', 30n));
    await clock('2026-02-27T23:59:59.999Z');
    expect(await reset(accountId)).toMatchObject({ status: 'replayed', seq: 1n, available: 70n });
    await clock('2026-02-28T00:00Z');
    expect(await reset(accountId)).toMatchObject({ status: 'applied', available: 100n, balance: 100n });
    expect(await leftOf(ledger, accountId)).toEqual([0, 100]);
  });

  test('comes once at the instant where two periods meet, however many ask', async () => {
    await clock('2026-01-31T15:00Z');
    const accountId = await ledger.newAccount();
    await reset(accountId);
    await clock('2026-02-28T00:00Z');
    const asked = ['2026-02-27T23:59:59.999Z', '2026-02-28T00:00Z', '2026-02-28T00:00:00.001Z'];
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) => reset(accountId, { at: asked[index % 3] ?? '' })),
    );
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(1);
    expect(await leftOf(ledger, accountId)).toEqual([0, 100]);
  });

  test('is spent before what was bought, and lost at the end though nobody swept', async () => {
    await clock('2026-01-31T15:00Z');
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 50n);
    await gift(ledger, accountId, 50n, new Date('2026-02-28T00:00Z'));
    await reset(accountId);
    await charge(ledger.db, request(accountId, 'job', 120n));
    expect(await leftOf(ledger, accountId)).toEqual([50, 30, 0]);
    await clock('2026-02-28T00:00Z');
    expect((await charge(ledger.db, request(accountId, 'late', 51n))).status).toBe('insufficient');
  });

  test('repays a debt first, and lets held work finish on the last one', async () => {
    await clock('2026-01-31T15:00Z');
    const accountId = await ledger.newAccount();
    await reset(accountId);
    await clock('2026-02-27T12:00Z');
    await hold(ledger.db, { ...request(accountId, 'job', 40n), seconds: 86_400 });
    await clock('2026-02-28T00:00Z');
    expect(await reset(accountId)).toMatchObject({ available: 100n });
    expect(await settle(ledger.db, request(accountId, 'job', 40n))).toMatchObject({ available: 100n });
  });

  test('is not given for a month that is over, or to come', async () => {
    await clock('2026-03-15T00:00Z');
    const accountId = await ledger.newAccount();
    const before = await everyRow(ledger, accountId);
    expect((await reset(accountId, { at: '2026-02-01T00:00Z' })).status).toBe('not_now');
    expect((await reset(accountId, { at: '2026-04-01T00:00Z' })).status).toBe('not_now');
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test('of another amount in the same period changes nothing', async () => {
    await clock('2026-03-15T00:00Z');
    const accountId = await ledger.newAccount();
    await reset(accountId);
    expect(await reset(accountId, { amount: 500n })).toMatchObject({ status: 'replayed', available: 100n });
  });

  test('is not given while another of other days still lasts', async () => {
    await clock('2026-03-15T00:00Z');
    const accountId = await ledger.newAccount();
    await reset(accountId);
    const period = allowancePeriodOf(new Date('2026-01-10'), new Date('2026-03-15T00:00Z'));
    const before = await everyRow(ledger, accountId);
    const amount = credits(100n);
    expect((await resetAllowance(ledger.db, { accountId, amount, period })).status).toBe('conflict');
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test.each([0n, -5n])('of %s is nonsense', async (amount) => {
    const accountId = await ledger.newAccount();
    await expect(reset(accountId, { amount })).rejects.toThrow('invalid');
  });
});

test('an account tells when its allowance came, when it ends, and what is left of it', async () => {
  await clock('2026-01-31T15:00Z');
  const accountId = await ledger.newAccount();
  const opened = { openedAt: OPENED, lastResetAt: null, nextResetAt: null, left: 0n, asOf: OPENED };
  expect(await findAllowance(ledger.db, accountId)).toEqual(opened);
  await reset(accountId);
  await gift(ledger, accountId, 7n);
  await charge(ledger.db, request(accountId, 'job', 30n));
  const ends = new Date('2026-02-28T00:00Z');
  expect(await findAllowance(ledger.db, accountId)).toEqual({
    ...opened,
    lastResetAt: OPENED,
    nextResetAt: ends,
    left: 70n,
  });
  await clock('2026-02-28T00:00Z');
  expect(await findAllowance(ledger.db, accountId)).toMatchObject({ left: 0n, nextResetAt: ends });
});

test('accounts are due when their allowance has ended or never was, and no more once it is given', async () => {
  await clock('2026-05-05T00:00Z');
  const [fresh, given] = [await ledger.newAccount(), await ledger.newAccount()];
  const areDue = async () => {
    const due = await dueAllowances(ledger.db, 1000);
    return [fresh, given].map((accountId) => due.includes(accountId));
  };
  await reset(given);
  expect(await areDue()).toEqual([true, false]);
  await clock('2026-05-31T00:00Z');
  expect(await areDue()).toEqual([true, true]);
  await Promise.all([fresh, given].map((accountId) => reset(accountId)));
  expect(await areDue()).toEqual([false, false]);
  expect(await dueAllowances(ledger.db, 1)).toHaveLength(1);
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
