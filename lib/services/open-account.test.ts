import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { choosePriceBook } from '@/test/environment';

const OPENED = new Date('2026-01-31T15:00:00Z');

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, OPENED);
});

/** Opens an account under a price book, by so many clicks at once. */
async function opened(book: string, { clicks = 1 } = {}) {
  await choosePriceBook(book);
  const { openAccount } = await import('./open-account');
  const userId = randomUUID();
  await ledger.asOwner('INSERT INTO users (id, email) VALUES ($1, $2)', [userId, `${userId}@example.com`]);
  const ctx = { db: ledger.db, now: OPENED, userId };
  const outcomes = await Promise.allSettled(
    Array.from({ length: clicks }, () => openAccount(ctx, { name: 'Acme' })),
  );
  const [account] = await ledger.asOwner<{ account_id: string; created_at: Date }>(
    'SELECT a.account_id, a.created_at FROM accounts a JOIN members m USING (account_id) WHERE m.user_id = $1',
    [userId],
  );
  const accountId = BigInt(account?.account_id ?? 0) as AccountId;
  return { accountId, createdAt: account?.created_at, outcomes };
}

const grantsOf = (accountId: AccountId) =>
  ledger.asOwner(
    `SELECT kind, reference, amount, expires_at, priority FROM grants WHERE account_id = $1 ORDER BY grant_id`,
    [accountId],
  );

describe('an account opens with what its price book gives', () => {
  test('dessert: fifty credits of welcome, for good', async () => {
    const { accountId } = await opened('dessert');
    expect(await grantsOf(accountId)).toEqual([
      { kind: 'bonus', reference: 'welcome', amount: '50000000', expires_at: null, priority: 0 },
    ]);
  });

  test('audiopod: the first month’s 2,000 credits, spent before what is bought', async () => {
    const { accountId } = await opened('audiopod');
    expect(await grantsOf(accountId)).toEqual([
      {
        kind: 'allowance',
        reference: 'allowance:2026-01-31',
        amount: '2000000000',
        expires_at: new Date('2026-02-28T00:00:00Z'),
        priority: -1,
      },
    ]);
  });

  test.each(['roughy', 'dubbing', 'assemblyai'])('%s: nothing', async (book) => {
    const { accountId } = await opened(book);
    expect(await grantsOf(accountId)).toEqual([]);
  });
});

test('by the ledger’s clock, so that its months begin on its own day', async () => {
  expect((await opened('audiopod')).createdAt).toEqual(OPENED);
});

test('impatient clicks open one account and are welcomed once', async () => {
  const { accountId, outcomes } = await opened('dessert', { clicks: 5 });
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await grantsOf(accountId)).toHaveLength(1);
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
