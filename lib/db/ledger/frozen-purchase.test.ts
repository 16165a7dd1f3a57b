import { beforeEach, describe, expect, test } from 'vitest';

import { dispute } from '@/test/database/dispute';
import { gift, leftOf, request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { auditAccount } from './audit';
import { charge } from './charge';
import { restore } from './correction';
import { expireAccount } from './expiry';

const START = new Date('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;
const day = (days: number) => new Date(START.getTime() + days * DAY_MS);

const ledger = await ledgerOfFile();
await stopClock(ledger.urls, START);
const itIs = (days: number) => ledger.asOwner('UPDATE clock SET now = $1', [day(days)]);
beforeEach(() => itIs(0));

const uses = async (accountId: AccountId, reference: string, amount: bigint) =>
  (await charge(ledger.db, request(accountId, reference, amount))).status;
const standing = async (accountId: AccountId) => {
  const [row] = await ledger.asOwner<{ balance: number; held: number; available: number }>(
    `SELECT balance::int, held::int, ledger._available(account_id, ledger.now())::int AS available
       FROM balances WHERE account_id = $1`,
    [accountId],
  );
  return row;
};

describe('a disputed purchase', () => {
  test('is what its freeze protects: credits beside it expire in their time, and nothing of it can be spent for them', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 2_000n, day(1));
    const id = await topUp(ledger, accountId, 2_000n);
    await dispute(ledger, { accountId, id }, { id: 'dp_month_end', at: START });
    expect(await standing(accountId)).toEqual({ balance: 4_000, held: 2_000, available: 2_000 });

    await itIs(2);
    expect(await standing(accountId)).toEqual({ balance: 4_000, held: 2_000, available: 0 });
    expect(await uses(accountId, 'late', 2_000n)).toBe('insufficient');
    await expireAccount(ledger.db, accountId);
    expect(await leftOf(ledger, accountId)).toEqual([0, 2_000]);
    expect(await standing(accountId)).toEqual({ balance: 2_000, held: 2_000, available: 0 });
    expect(await auditAccount(ledger.db, accountId)).toEqual([]);
  });

  test('keeps as much of what expires as was spent of itself, until the dispute ends', async () => {
    const accountId = await ledger.newAccount();
    const id = await topUp(ledger, accountId, 2_000n);
    await dispute(ledger, { accountId, id }, { id: 'dp_spent', at: START });
    await gift(ledger, accountId, 500n, day(1));
    await gift(ledger, accountId, 500n, day(3));
    await ledger.asOwner(`UPDATE grants SET expires_at = $2 WHERE account_id = $1 AND kind = 'topup'`, [
      accountId,
      day(0.5),
    ]);
    expect(await uses(accountId, 'job', 1_000n)).toBe('applied');

    await itIs(4);
    await expireAccount(ledger.db, accountId);
    expect(await standing(accountId)).toEqual({ balance: 2_000, held: 2_000, available: 0 });
    expect(await auditAccount(ledger.db, accountId)).toEqual([]);
  });

  test('is frozen further by what failed work gives back to it', async () => {
    const accountId = await ledger.newAccount();
    const id = await topUp(ledger, accountId, 1_000n);
    expect(await uses(accountId, 'job', 1_000n)).toBe('applied');
    await dispute(ledger, { accountId, id }, { id: 'dp_restored', at: START });
    expect(await standing(accountId)).toEqual({ balance: 0, held: 0, available: 0 });

    await restore(ledger.db, { accountId, reference: 'job', of: 'consume' });
    expect(await standing(accountId)).toEqual({ balance: 1_000, held: 1_000, available: 0 });
    expect(await uses(accountId, 'again', 1n)).toBe('insufficient');
    expect(await auditAccount(ledger.db, accountId)).toEqual([]);
  });
});
