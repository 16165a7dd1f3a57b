import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { charge } from '@/lib/db/ledger/charge';
import { failOperation, finishOperation } from '@/lib/db/ledger/operation';
import { closeSession as closeOnLedger, type SessionEnd, startSession } from '@/lib/db/ledger/session';
import { wholeCredits } from '@/lib/domain/credits';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { choosePriceBook } from '@/test/environment';

import type { closeSession as CloseSession } from './close-session';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
/** 15 cents an hour. */
const PRICE_OF_AN_HOUR = 150_000n;

const ledger = await ledgerOfFile();
let closeSession: typeof CloseSession;
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(START));
  await choosePriceBook('assemblyai');
  ({ closeSession } = await import('./close-session'));
});
beforeEach(() => clock(0));
afterAll(async () => {
  vi.unstubAllEnvs();
});

const clock = (milliseconds: number) =>
  ledger.asOwner('UPDATE clock SET now = $1', [new Date(START + milliseconds)]);
async function opened(dollars = 1n): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, wholeCredits(dollars));
  await startSession(ledger.db, {
    ...request(accountId, 'session', 0n),
    service: 'streaming',
    closesAfterMilliseconds: 10_800_000n,
  });
  return accountId;
}
const key = (accountId: AccountId, by: SessionEnd = 'terminated') => ({
  accountId,
  reference: 'session',
  by,
});
const close = (accountId: AccountId, by?: SessionEnd) => closeSession(ledger, key(accountId, by));
const charges = (accountId: AccountId) =>
  ledger.asOwner<{ delta: string; milliseconds: string | null }>(
    `SELECT delta, calculation -> 'inputs' ->> 'milliseconds' AS milliseconds
       FROM entries LEFT JOIN entry_details USING (account_id, seq) WHERE account_id = $1 AND kind = 'consume'`,
    [accountId],
  );

describe('a session', () => {
  test('is charged for the seconds it was open, a started one whole', async () => {
    const accountId = await opened();
    await clock(HOUR / 2 + 1);
    const { session, isReplay } = await close(accountId);
    expect(session).toMatchObject({ state: 'settled', milliseconds: 1_800_001n, amount: 75_041n });
    expect(isReplay).toBe(false);
    expect(await charges(accountId)).toEqual([{ delta: '-75041', milliseconds: '1800001' }]);
  });

  test('closed again says the same and is not charged again', async () => {
    const accountId = await opened();
    await clock(HOUR);
    const first = await close(accountId);
    await clock(2 * HOUR);
    expect(await close(accountId)).toEqual({ ...first, isReplay: true });
    expect(await close(accountId, 'auto_closed')).toEqual({ ...first, isReplay: true });
    expect(await charges(accountId)).toHaveLength(1);
  });

  test('that nobody closed is charged three hours, to the millisecond, into debt if need be', async () => {
    const accountId = await opened();
    await charge(ledger.db, request(accountId, 'almost all', 999_999n));
    await clock(77 * HOUR);
    const { session } = await close(accountId, 'auto_closed');
    expect(session).toMatchObject({
      state: 'settled',
      closedBy: 'auto_closed',
      milliseconds: 10_800_000n,
      amount: 3n * PRICE_OF_AN_HOUR,
    });
    expect(await charges(accountId)).toContainEqual({ delta: '-450000', milliseconds: '10800000' });
  });

  test('that is to close by itself is left open before its time', async () => {
    const accountId = await opened();
    await clock(3 * HOUR - 1);
    expect((await close(accountId, 'auto_closed')).session).toMatchObject({ isOpen: true, state: 'running' });
    expect(await charges(accountId)).toEqual([]);
  });

  test('whose charge was lost in a crash is charged by whoever comes next, for the time that was fixed', async () => {
    const accountId = await opened();
    await clock(HOUR);
    await closeOnLedger(ledger.db, key(accountId));
    await clock(50 * HOUR);
    expect((await close(accountId, 'auto_closed')).session).toMatchObject({
      closedBy: 'terminated',
      amount: PRICE_OF_AN_HOUR,
    });
  });

  test('closed from many sides at once is one charge, and nobody is told otherwise', async () => {
    const accountId = await opened();
    await clock(HOUR);
    const told = await Promise.all(Array.from({ length: 16 }, () => close(accountId)));
    expect(told.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(told.every(({ session }) => session.amount === PRICE_OF_AN_HOUR)).toBe(true);
    expect(await charges(accountId)).toHaveLength(1);
  });

  test('charged meanwhile under another price stays as it was charged', async () => {
    const accountId = await opened();
    await clock(HOUR);
    await closeOnLedger(ledger.db, key(accountId));
    await finishOperation(ledger.db, request(accountId, 'session', 7n));
    expect(await close(accountId)).toMatchObject({ session: { amount: 7n }, isReplay: true });
  });
});

describe('is refused', () => {
  test('a session that is not there', async () => {
    const accountId = await ledger.newAccount();
    await expect(close(accountId)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a session that failed', async () => {
    const accountId = await opened();
    await failOperation(ledger.db, { accountId, reference: 'session' });
    await expect(close(accountId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a session that its caller charged by hand', async () => {
    const accountId = await opened();
    await charge(ledger.db, request(accountId, 'session', 5n));
    await expect(close(accountId)).rejects.toMatchObject({ code: 'conflict' });
    expect(await charges(accountId)).toHaveLength(1);
  });
});

test('work whose service may leave a debt is charged into it over the API, too', async () => {
  const { startOperation } = await import('./start-operation');
  const { completeOperation } = await import('./finish-operation');
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1n);
  const charging = () => Promise.reject(new Error('not by this way'));
  const ctx = {
    db: ledger.db,
    now: new Date(START),
    accountId,
    apiKeyId: null,
    requestId: 'r',
    charge: charging,
  };
  const quantities = { milliseconds: 3_600_000n };
  const asked = { ...request(accountId, 'job', 0n), service: 'transcription', quantities, metadata: {} };
  await startOperation(ctx, { ...asked, holdSeconds: 600 });
  const { operation } = await completeOperation(ctx, { reference: 'job', quantities, metadata: null });
  expect(operation).toMatchObject({ state: 'settled', amount: 270_000n });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
