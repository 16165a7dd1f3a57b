/**
 * Sessions of a streaming product that nobody closed ran on and took their customers' balances far below zero (the
 * documentation of seed 004). Here a session closes by itself at its maximum, is charged for that and not a second more
 * however late anyone looks, and what was only held is free again when its time is over.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { expireAccount } from '@/lib/db/ledger/expiry';
import { hold } from '@/lib/db/ledger/hold';
import { finishOperation } from '@/lib/db/ledger/operation';
import { closeSession, dueSessions, heartbeatSession, startSession } from '@/lib/db/ledger/session';
import { credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { gift, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const THREE_HOURS = 10_800_000n;
const PER_MINUTE = 1n;
const GIVEN = 200n;

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
  await stopClock(sound.urls, new Date(START));
});
afterAll(() => sound.close());

const clock = ({ asOwner }: LedgerFixture, hours: number) =>
  asOwner('UPDATE clock SET now = $1', [new Date(START + hours * HOUR)]);
const balanceOf = async ({ asOwner }: LedgerFixture, accountId: AccountId) => {
  const [row] = await asOwner<{ balance: string }>('SELECT balance FROM balances WHERE account_id = $1', [
    accountId,
  ]);
  return BigInt(row?.balance ?? '0');
};

async function opened(ledger: LedgerFixture): Promise<AccountId> {
  await clock(ledger, 0);
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, GIVEN);
  await startSession(ledger.db, {
    ...request(accountId, 'session', 0n),
    closesAfterMilliseconds: THREE_HOURS,
  });
  return accountId;
}

/** As the sweep does it: the time is fixed, then charged. */
async function swept({ db }: LedgerFixture, accountId: AccountId): Promise<string> {
  const { session } = await closeSession(db, { accountId, reference: 'session', by: 'auto_closed' });
  if (!session?.closedAt) return 'still open';
  const amount = credits((session.milliseconds / 60_000n) * PER_MINUTE);
  const { status } = await finishOperation(db, {
    accountId,
    reference: 'session',
    amount,
    shortfall: 'negative',
  });
  return status;
}

test('a session that nobody closed costs its maximum, though days pass before anyone looks', async () => {
  const accountId = await opened(sound);
  await clock(sound, 100);
  expect(await dueSessions(sound.db, 100)).toContainEqual({ accountId, reference: 'session' });
  const sweeps = await atOnce(
    sound,
    accountId,
    ['one worker', 'another'].map(() => () => swept(sound, accountId)),
  );
  expect(sweeps.toSorted()).toEqual(['applied', 'replayed']);
  expect(await balanceOf(sound, accountId)).toBe(GIVEN - 180n);
});

test('a heartbeat does not lengthen it', async () => {
  const accountId = await opened(sound);
  for (const hours of [1, 2, 2.9, 3.5, 50]) {
    await clock(sound, hours);
    await heartbeatSession(sound.db, { accountId, reference: 'session' });
  }
  await swept(sound, accountId);
  expect(await balanceOf(sound, accountId)).toBe(GIVEN - 180n);
});

test('credits held for work that nobody came back for are free again', async () => {
  await clock(sound, 0);
  const accountId = await sound.newAccount();
  await gift(sound, accountId, GIVEN);
  await hold(sound.db, { ...request(accountId, 'stream', GIVEN), seconds: 3600 });
  await clock(sound, 2);
  await expireAccount(sound.db, accountId);
  expect(await sound.db.query(sql`SELECT available, held FROM ledger.balance(${accountId})`)).toEqual([
    { available: GIVEN, held: 0n },
  ]);
  expect(await sound.audit()).toEqual([]);
});

test('the scenario bites: charged until somebody looks, the session costs thirty times as much', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.sweep(p_account bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
     DECLARE
         v_minutes bigint;
         v_status text;
     BEGIN
         SELECT extract(epoch FROM ledger.now() - created_at) / 60 INTO v_minutes FROM operations WHERE account_id = p_account;
         SELECT status INTO v_status FROM ledger.adjust(p_account, -v_minutes, 'session', 'streamed');
         RETURN v_status;
     END $$`,
    async (broken) => {
      await stopClock(broken.urls, new Date(START));
      const accountId = await opened(broken);
      await clock(broken, 100);
      expect(await wordOf(broken.db, sql`SELECT broken.sweep(${accountId})`)).toBe('applied');
      expect(await balanceOf(broken, accountId)).toBe(GIVEN - 6_000n);
    },
  ));
