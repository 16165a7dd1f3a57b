import { randomUUID } from 'node:crypto';

import { afterEach, expect, test } from 'vitest';

import { type LiveEvent, LiveHub } from '@/lib/http/live-hub';
import { accountWithRule, SETTINGS } from '@/test/database/auto-top-up';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from './context';
import { charge } from './ledger/charge';
import { finishOperation, startOperation } from './ledger/operation';
import { readWatched } from './watched';

const ledger = await ledgerOfFile();
let asked = 0;
let hub: LiveHub;
afterEach(() => hub.close());

const open = () => {
  asked = 0;
  const look = (watched: Parameters<typeof readWatched>[1]) => {
    asked += 1;
    return readWatched(ledger.db, watched);
  };
  hub = new LiveHub(look, { everyMs: null });
};

/** A member's session; `userId` joins another of their accounts. */
async function aSession(accountId: AccountId, userId: string = randomUUID()): Promise<string> {
  await ledger.asOwner('INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    userId,
    `${userId}@example.com`,
  ]);
  await ledger.asOwner(`INSERT INTO members (account_id, user_id, role) VALUES ($1, $2, 'owner')`, [
    accountId,
    userId,
  ]);
  const [session] = await ledger.asOwner<{ id: string }>(
    `INSERT INTO sign_in_sessions (user_id, method, user_agent, expires_at)
     VALUES ($1, 'password', 'a browser', now() + interval '1 hour') RETURNING id`,
    [userId],
  );
  return session?.id ?? '';
}

function watch(accountId: AccountId, sessionId: string, seen = '') {
  const heard: LiveEvent[] = [];
  let isOpen = true;
  const stop = hub.watch(
    { accountId, sessionId, send: (event) => heard.push(event), end: () => (isOpen = false) },
    seen,
  );
  return {
    stop,
    isOpen: () => isOpen,
    /** What came since this was last asked. */
    heard: () => heard.splice(0).map(({ name }) => name),
    lastId: () => heard.findLast((event) => event.name === 'changed')?.id ?? '',
  };
}

async function anAccount() {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 1_000n);
  return { accountId, sessionId: await aSession(accountId) };
}

test('whoever begins to watch hears once, and then only when something moved, whoever moved it', async () => {
  open();
  const [one, other] = [await anAccount(), await anAccount()];
  const [watching, elsewhere] = [
    watch(one.accountId, one.sessionId),
    watch(other.accountId, other.sessionId),
  ];
  await hub.look();
  expect([watching.heard(), elsewhere.heard()]).toEqual([['changed'], ['changed']]);
  await hub.look();
  expect([watching.heard(), elsewhere.heard()]).toEqual([[], []]);

  await charge(ledger.db, request(one.accountId, 'a charge', 10n));
  await hub.look();
  expect([watching.heard(), elsewhere.heard()]).toEqual([['changed'], []]);
});

test.each([
  {
    what: 'a hold',
    move: (accountId: AccountId) =>
      startOperation(ledger.db, {
        ...request(accountId, 'held', 0n),
        start: { by: 'hold', amount: SETTINGS.threshold, seconds: 60 },
      }),
  },
  {
    what: 'work that begins to wait for credits',
    move: async (accountId: AccountId) => {
      await startOperation(ledger.db, { ...request(accountId, 'job', 0n), start: { by: 'gate' } });
      await finishOperation(ledger.db, request(accountId, 'job', 5_000n));
    },
  },
  {
    what: 'a pause of auto top-up',
    move: (accountId: AccountId) =>
      ledger.asOwner(
        `UPDATE auto_top_up_rules SET paused_because = 'card-declined', paused_at = now() WHERE account_id = $1`,
        [accountId],
      ),
  },
])('$what is told', async ({ move }) => {
  open();
  const accountId = await accountWithRule(ledger);
  await gift(ledger, accountId, 1_000n);
  const watching = watch(accountId, await aSession(accountId));
  await hub.look();
  watching.heard();
  await move(accountId);
  await hub.look();
  expect(watching.heard()).toEqual(['changed']);
});

test('who comes back with the last event hears nothing unless something moved meanwhile', async () => {
  open();
  const { accountId, sessionId } = await anAccount();
  const before = watch(accountId, sessionId);
  await hub.look();
  const id = before.lastId();
  before.stop();

  const unmoved = watch(accountId, sessionId, id);
  await hub.look();
  expect(unmoved.heard()).toEqual([]);
  unmoved.stop();

  await charge(ledger.db, request(accountId, 'meanwhile', 10n));
  const moved = watch(accountId, sessionId, id);
  await hub.look();
  expect(moved.heard()).toEqual(['changed']);

  // One that comes to others is told of what they know already.
  const late = watch(accountId, sessionId, id);
  expect(late.heard()).toEqual(['changed']);
});

test('a revoked session hears that it is over and then nothing, and the others go on', async () => {
  open();
  const { accountId, sessionId } = await anAccount();
  const [revoked, other] = [watch(accountId, sessionId), watch(accountId, await aSession(accountId))];
  await hub.look();
  await ledger.asOwner('UPDATE sign_in_sessions SET revoked_at = now() WHERE id = $1', [sessionId]);
  await charge(ledger.db, request(accountId, 'after it', 10n));
  await hub.look();
  expect(revoked.heard().at(-1)).toBe('ended');
  expect(revoked.isOpen()).toBe(false);

  await charge(ledger.db, request(accountId, 'and another', 10n));
  other.heard();
  await hub.look();
  expect([revoked.heard(), other.heard()]).toEqual([[], ['changed']]);
});

test('who is no member any more, and whose user was disabled, watches no longer', async () => {
  open();
  const [left, disabled] = [await anAccount(), await anAccount()];
  const watching = [watch(left.accountId, left.sessionId), watch(disabled.accountId, disabled.sessionId)];
  // Somebody owns the account that they leave.
  await aSession(left.accountId);
  await ledger.asOwner(
    'DELETE FROM members WHERE user_id = (SELECT user_id FROM sign_in_sessions WHERE id = $1)',
    [left.sessionId],
  );
  await ledger.asOwner(
    'UPDATE users SET disabled_at = now() WHERE id = (SELECT user_id FROM sign_in_sessions WHERE id = $1)',
    [disabled.sessionId],
  );
  await hub.look();
  expect(watching.map(({ isOpen }) => isOpen())).toEqual([false, false]);
});

test('a thousand who watch are one question, and every so often they hear that nothing moved', async () => {
  open();
  const { accountId, sessionId } = await anAccount();
  const accounts = await Promise.all(Array.from({ length: 20 }, () => ledger.newAccount()));
  const sessions = await Promise.all(accounts.map((other) => aSession(other)));
  const many = Array.from({ length: 1_000 }, (_, index) =>
    watch(accounts[index % 20] ?? accountId, sessions[index % 20] ?? sessionId),
  );
  await hub.look();
  expect(asked).toBe(1);
  expect(many.every(({ heard }) => heard().join() === 'changed')).toBe(true);
  for (let looks = 1; looks < 15; looks += 1) await hub.look();
  expect(asked).toBe(15);
  expect(many.every(({ heard }) => heard().join() === 'current')).toBe(true);
});

test('a session may open twelve streams of an account, and another one its own', async () => {
  open();
  const { accountId, sessionId } = await anAccount();
  const stops = Array.from({ length: 12 }, () => watch(accountId, sessionId).stop);
  expect(hub.hasRoom({ accountId, sessionId })).toBe(false);
  expect(hub.hasRoom({ accountId, sessionId: randomUUID() })).toBe(true);
  stops[0]?.();
  expect(hub.hasRoom({ accountId, sessionId })).toBe(true);
});
