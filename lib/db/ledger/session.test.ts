import { beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { everyRow, gift, leftOf, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { type AccountId, accountOfRow } from '../context';
import { charge } from './charge';
import { setCreditFloor } from './correction';
import { hold, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';
import { closeSession, dueSessions, heartbeatSession, startSession } from './session';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const THREE_HOURS = 10_800_000n;
const at = (milliseconds: number) => new Date(START + milliseconds);

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
});
beforeEach(() => clock(0));
const clock = (milliseconds: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(milliseconds)]);

const asked = (accountId: AccountId, reference = 'session') => ({
  ...request(accountId, reference, 0n),
  service: 'streaming',
  closesAfterMilliseconds: THREE_HOURS,
});
const start = (accountId: AccountId, reference?: string) =>
  startSession(ledger.db, asked(accountId, reference));
const key = (accountId: AccountId, reference = 'session') => ({ accountId, reference });
const heartbeat = (accountId: AccountId) => heartbeatSession(ledger.db, key(accountId));
const terminate = (accountId: AccountId) => closeSession(ledger.db, { ...key(accountId), by: 'terminated' });
const closeByItself = (accountId: AccountId) =>
  closeSession(ledger.db, { ...key(accountId), by: 'auto_closed' });
const finish = (accountId: AccountId, amount: bigint) =>
  finishOperation(ledger.db, { ...request(accountId, 'session', amount), shortfall: 'negative' });

/** A session on an account with so much, begun at the start of time. */
async function opened(amount = 100n): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, amount);
  await start(accountId);
  return accountId;
}

describe('a session', () => {
  test('begins on what is left, and says when it closes by itself', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    expect(await start(accountId)).toEqual({
      status: 'applied',
      available: 100n,
      session: {
        service: 'streaming',
        state: 'running',
        isOpen: true,
        startedAt: at(0),
        lastHeartbeatAt: null,
        closesAt: at(3 * HOUR),
        closedAt: null,
        closedBy: null,
        milliseconds: 0n,
        amount: null,
      },
    });
  });

  test('does not begin on an empty account, and leaves no trace', async () => {
    const accountId = await ledger.newAccount();
    const before = await everyRow(ledger, accountId);
    expect(await start(accountId)).toEqual({ status: 'insufficient', session: null, available: 0n });
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test('begins on an empty account that may owe, up to what it may owe', async () => {
    const accountId = await ledger.newAccount();
    await setCreditFloor(ledger.db, { accountId, floor: request(accountId, '', -50n).amount });
    expect((await start(accountId)).status).toBe('applied');
    await charge(ledger.db, request(accountId, 'all of it', 50n));
    expect((await start(accountId, 'another')).status).toBe('insufficient');
  });

  test('begun again by the same request is the same session, still counting', async () => {
    const accountId = await opened();
    await clock(5000);
    expect(await start(accountId)).toMatchObject({
      status: 'replayed',
      session: { startedAt: at(0), milliseconds: 5000n },
    });
  });

  test('is not begun under a reference that means something else', async () => {
    const accountId = await opened();
    expect((await startSession(ledger.db, { ...asked(accountId), hash: Buffer.from('x') })).status).toBe(
      'conflict',
    );
    await startOperation(ledger.db, { ...asked(accountId, 'job'), start: { by: 'gate' } });
    expect(await start(accountId, 'job')).toMatchObject({ status: 'conflict', session: null });
  });

  test('of an account that does not exist is refused', async () => {
    await expect(start(accountOfRow(0n))).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([0n, -1n, 31n * 86_400_000n + 1n])('that closes after %s ms is nonsense', async (length) => {
    const accountId = await ledger.newAccount();
    await expect(
      startSession(ledger.db, { ...asked(accountId), closesAfterMilliseconds: length }),
    ).rejects.toThrow('invalid');
  });
});

describe('a heartbeat', () => {
  test('says how long the session is open and until when it may be', async () => {
    const accountId = await opened();
    await clock(61_234);
    expect(await heartbeat(accountId)).toMatchObject({
      status: 'open',
      available: 100n,
      session: { isOpen: true, milliseconds: 61_234n, lastHeartbeatAt: at(61_234), closesAt: at(3 * HOUR) },
    });
  });

  test('does not move the end', async () => {
    const accountId = await opened();
    await clock(3 * HOUR - 1);
    expect((await heartbeat(accountId)).status).toBe('open');
    await clock(3 * HOUR);
    expect(await heartbeat(accountId)).toMatchObject({
      status: 'closed',
      session: { isOpen: false, milliseconds: THREE_HOURS, closedAt: null },
    });
    expect((await closeByItself(accountId)).status).toBe('applied');
  });

  test('never revives a session that was closed, failed or charged', async () => {
    const [closed, failed, charged] = [await opened(), await opened(), await opened()];
    await clock(1000);
    await terminate(closed);
    await failOperation(ledger.db, key(failed));
    await terminate(charged);
    await finish(charged, 1n);
    await clock(2000);
    for (const accountId of [closed, failed, charged]) {
      const before = await everyRow(ledger, accountId);
      expect(await heartbeat(accountId)).toMatchObject({
        status: 'closed',
        session: { milliseconds: 1000n },
      });
      expect(await everyRow(ledger, accountId)).toBe(before);
    }
  });

  test('of what is no session finds none', async () => {
    const accountId = await opened();
    await startOperation(ledger.db, { ...asked(accountId, 'job'), start: { by: 'gate' } });
    for (const reference of ['job', 'nothing']) {
      expect(await heartbeatSession(ledger.db, key(accountId, reference))).toMatchObject({
        status: 'no_session',
        session: null,
      });
    }
  });
});

describe('the end of a session', () => {
  test('is fixed once: whoever comes later is told the same time', async () => {
    const accountId = await opened();
    await clock(90_000);
    const end = { closedAt: at(90_000), closedBy: 'terminated', milliseconds: 90_000n, isOpen: false };
    expect(await terminate(accountId)).toMatchObject({ status: 'applied', session: end });
    await clock(2 * HOUR);
    expect(await terminate(accountId)).toMatchObject({ status: 'replayed', session: end });
    await clock(9 * HOUR);
    expect(await closeByItself(accountId)).toMatchObject({ status: 'replayed', session: end });
  });

  test('comes by itself after exactly three hours, however late anyone looks', async () => {
    const accountId = await opened();
    await clock(3 * HOUR - 1);
    expect((await closeByItself(accountId)).status).toBe('not_due');
    await clock(40 * HOUR);
    expect(await closeByItself(accountId)).toMatchObject({
      status: 'applied',
      session: { closedAt: at(3 * HOUR), closedBy: 'auto_closed', milliseconds: THREE_HOURS },
    });
  });

  test('that was asked for too late is the one that came by itself', async () => {
    const accountId = await opened();
    await clock(3 * HOUR + 60_000);
    expect(await terminate(accountId)).toMatchObject({
      session: { closedBy: 'auto_closed', milliseconds: THREE_HOURS },
    });
  });

  test('is never before its beginning, though the clock was set back', async () => {
    const accountId = await opened();
    await clock(-5000);
    expect(await terminate(accountId)).toMatchObject({ session: { milliseconds: 0n, closedAt: at(0) } });
  });

  test('counts whole milliseconds, and none that had only begun', async () => {
    const accountId = await opened();
    await ledger.asOwner(`UPDATE clock SET now = now + interval '1.999 milliseconds'`);
    expect((await terminate(accountId)).session?.milliseconds).toBe(1n);
  });

  test('of what is no session finds none', async () => {
    const accountId = await ledger.newAccount();
    expect((await terminate(accountId)).status).toBe('no_session');
    expect((await closeSession(ledger.db, { ...key(accountOfRow(0n)), by: 'terminated' })).status).toBe(
      'no_session',
    );
  });
});

describe('what a session costs', () => {
  test('cannot be finished or settled while it is open', async () => {
    const accountId = await opened();
    await hold(ledger.db, { ...request(accountId, 'session', 10n), seconds: 60 });
    const before = await everyRow(ledger, accountId);
    expect((await finish(accountId, 5n)).status).toBe('conflict');
    expect((await settle(ledger.db, request(accountId, 'session', 5n))).status).toBe('conflict');
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test('is charged once, by however many that end it at once', async () => {
    const accountId = await opened();
    await clock(HOUR);
    const amounts = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { session } = await (index % 2 === 0 ? terminate(accountId) : closeByItself(accountId));
        return session?.closedAt ? await finish(accountId, session.milliseconds / 60_000n) : null;
      }),
    );
    expect(amounts.filter((outcome) => outcome?.status === 'applied')).toHaveLength(1);
    expect(amounts.every((outcome) => outcome?.status !== 'conflict')).toBe(true);
    expect(await leftOf(ledger, accountId)).toEqual([40]);
    expect((await heartbeat(accountId)).session).toMatchObject({ state: 'settled', amount: 60n });
  });

  test('takes the balance below zero, and then nothing begins until it is paid', async () => {
    const accountId = await opened(10n);
    await clock(3 * HOUR);
    await closeByItself(accountId);
    expect(await finish(accountId, 45n)).toMatchObject({ status: 'applied', balance: -35n, available: -35n });
    expect(await finish(accountId, 45n)).toMatchObject({ status: 'replayed', balance: -35n });
    expect((await start(accountId, 'another')).status).toBe('insufficient');
    await gift(ledger, accountId, 36n);
    expect((await start(accountId, 'another')).status).toBe('applied');
  });

  test('is nothing when it failed, and then its end cannot be fixed', async () => {
    const accountId = await opened();
    await clock(HOUR);
    await failOperation(ledger.db, key(accountId));
    expect(await terminate(accountId)).toMatchObject({
      status: 'conflict',
      session: { state: 'failed', isOpen: false, milliseconds: 3_600_000n },
    });
    expect((await finish(accountId, 5n)).status).toBe('conflict');
    expect(await leftOf(ledger, accountId)).toEqual([100]);
  });

  test('that comes to nothing is settled with no entry', async () => {
    const accountId = await opened();
    await terminate(accountId);
    expect(await finish(accountId, 0n)).toMatchObject({ status: 'applied', seq: null });
  });
});

describe('sessions that are due', () => {
  const due = async (accountId: AccountId) =>
    (await dueSessions(ledger.db, 1000)).filter((session) => session.accountId === accountId);

  test('are those past their time and those whose charge was lost, the oldest first, until they are charged', async () => {
    const accountId = await opened();
    await clock(60_000);
    await start(accountId, 'left open');
    await start(accountId, 'half closed');
    await start(accountId, 'failed');
    await failOperation(ledger.db, key(accountId, 'failed'));
    expect(await due(accountId)).toEqual([]);
    await closeSession(ledger.db, { ...key(accountId, 'half closed'), by: 'terminated' });
    expect(await due(accountId)).toEqual([key(accountId, 'half closed')]);
    await clock(3 * HOUR + 60_000);
    expect(await due(accountId)).toEqual([
      key(accountId, 'half closed'),
      key(accountId),
      key(accountId, 'left open'),
    ]);
    await closeByItself(accountId);
    await finish(accountId, 1n);
    expect(await due(accountId)).toEqual([key(accountId, 'half closed'), key(accountId, 'left open')]);
  });

  test('leave out one that its caller charged in another way', async () => {
    const accountId = await opened();
    await charge(ledger.db, request(accountId, 'session', 1n));
    await clock(3 * HOUR);
    expect(await due(accountId)).toEqual([]);
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
