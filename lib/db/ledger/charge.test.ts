import { beforeAll, describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { everyRow, gift, leftOf, request } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import { accountOfRow } from '../context';
import { credit } from '../ledger';
import { charge, chargeBatch } from './charge';
import { setCreditFloor } from './correction';
import { dueAccounts, expireAccount } from './expiry';
import { hold } from './hold';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const at = (hours: number) => new Date(START + hours * HOUR);

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, at(0));
});
const clock = (hours: number) => ledger.asOwner('UPDATE clock SET now = $1', [at(hours)]);

describe('a charge', () => {
  test('stands on the ledger with who asked for it and how it was reckoned', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    const asked = {
      ...request(accountId, 'job', 30n),
      service: 'dubbing',
      apiKeyId: crypto.randomUUID(),
      calculation: { formula: '3 × 10' },
    };
    expect(await charge(ledger.db, asked)).toEqual({
      status: 'applied',
      seq: 2n,
      balance: 70n,
      available: 70n,
    });
    const [entry] = await ledger.asOwner(
      `SELECT service, api_key_id, request_hash, calculation FROM entries JOIN entry_details USING (account_id, seq)
        WHERE account_id = $1`,
      [accountId],
    );
    expect(entry).toEqual({
      service: 'dubbing',
      api_key_id: asked.apiKeyId,
      request_hash: asked.hash,
      calculation: { formula: '3 × 10' },
    });
  });

  test('told again says what happened the first time, however much has happened since', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    await charge(ledger.db, request(accountId, 'job', 30n));
    await charge(ledger.db, request(accountId, 'another', 70n));
    const before = await everyRow(ledger, accountId);
    expect(await charge(ledger.db, request(accountId, 'job', 30n))).toEqual({
      status: 'replayed',
      seq: 2n,
      balance: 70n,
      available: 0n,
    });
    expect(await everyRow(ledger, accountId)).toBe(before);
  });

  test.each([29n, 31n, 1_000n])(
    'told again when it would cost another amount (%s) does the same',
    async (amount) => {
      const accountId = await ledger.newAccount();
      await gift(ledger, accountId, 100n);
      const first = request(accountId, 'job', 30n);
      await charge(ledger.db, first);
      const again = { ...first, amount: credits(amount) };
      const answer = { status: 'replayed', seq: 2n, balance: 70n, available: 70n };
      expect(await charge(ledger.db, again)).toEqual(answer);
      expect(await chargeBatch(ledger.db, [again, again])).toEqual([answer, answer]);
      expect(await leftOf(ledger, accountId)).toEqual([70]);
    },
  );

  test.each([31n, 30n])('under a used reference with another request is a conflict (%s)', async (amount) => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n);
    await charge(ledger.db, request(accountId, 'job', 30n));
    const other = { ...request(accountId, 'job', amount), hash: Buffer.from('another body') };
    expect((await charge(ledger.db, other)).status).toBe('conflict');
    expect(await leftOf(ledger, accountId)).toEqual([70]);
  });

  test('that cannot be paid changes nothing, not even what has expired, and may be tried again', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n, at(1));
    await gift(ledger, accountId, 10n);
    await clock(2);
    const before = await everyRow(ledger, accountId);
    expect(await charge(ledger.db, request(accountId, 'job', 11n))).toEqual({
      status: 'insufficient',
      seq: null,
      balance: 20n,
      available: 10n,
    });
    expect(await everyRow(ledger, accountId)).toBe(before);
    await gift(ledger, accountId, 1n);
    expect((await charge(ledger.db, request(accountId, 'job', 11n))).status).toBe('applied');
    await clock(0);
  });

  test('of nothing is a bug, and for nobody is refused', async () => {
    const accountId = await ledger.newAccount();
    await expect(charge(ledger.db, request(accountId, 'job', 0n))).rejects.toThrow('invalid');
    await expect(charge(ledger.db, request(accountOfRow(999_999n), 'job', 1n))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('may pass zero as far as the account is trusted', async () => {
    const accountId = await ledger.newAccount();
    await setCreditFloor(ledger.db, { accountId, floor: credits(-50n) });
    await gift(ledger, accountId, 10n);
    expect((await charge(ledger.db, request(accountId, 'one', 60n))).balance).toBe(-50n);
    expect((await charge(ledger.db, request(accountId, 'two', 1n))).status).toBe('insufficient');
    expect(await setCreditFloor(ledger.db, { accountId, floor: credits(0n) })).toBe(false);
    await gift(ledger, accountId, 80n);
    expect(await leftOf(ledger, accountId)).toEqual([0, 30]);
  });
});

describe('what is spent first', () => {
  test('is what would be lost first, then what has the lower priority, then what is older', async () => {
    const accountId = await ledger.newAccount();
    const give = (reference: string, expiresAt: Date | null, priority: number) =>
      credit(ledger.db, { accountId, amount: credits(10n), kind: 'bonus', reference, expiresAt, priority });
    await give('never', null, 0);
    await give('late', at(9), 0);
    await give('soon, kept', at(5), 2);
    await give('soon, old', at(5), 1);
    await give('soon, new', at(5), 1);
    const left: number[][] = [];
    for (const job of ['a', 'b', 'c', 'd', 'e']) {
      await charge(ledger.db, request(accountId, job, 10n));
      left.push(await leftOf(ledger, accountId));
    }
    expect(left).toEqual([
      [10, 10, 10, 0, 10],
      [10, 10, 10, 0, 0],
      [10, 10, 0, 0, 0],
      [10, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('is told grant by grant where one grant does not pay it all', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n, at(5));
    await gift(ledger, accountId, 10n);
    await charge(ledger.db, request(accountId, 'job', 15n));
    expect(
      await ledger.asOwner('SELECT grant_id, amount FROM allocations WHERE account_id = $1 ORDER BY 1', [
        accountId,
      ]),
    ).toEqual([
      { grant_id: '1', amount: '10' },
      { grant_id: '2', amount: '5' },
    ]);
  });
});

describe('credits that expired', () => {
  test('are not spent though nobody swept them, and are swept by whoever comes first', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n, at(1));
    await gift(ledger, accountId, 10n);
    await clock(1);
    expect(await charge(ledger.db, request(accountId, 'job', 4n))).toEqual({
      status: 'applied',
      seq: 4n,
      balance: 6n,
      available: 6n,
    });
    expect(
      await ledger.asOwner(`SELECT delta, reference FROM entries WHERE account_id = $1 AND kind = 'expiry'`, [
        accountId,
      ]),
    ).toEqual([{ delta: '-100', reference: 'grant:1:3' }]);
    await clock(0);
  });

  test('are found by the worker and swept once, by however many workers', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n, at(1));
    expect(await dueAccounts(ledger.db, 100)).not.toContain(accountId);
    await clock(2);
    expect(await dueAccounts(ledger.db, 100)).toContain(accountId);
    await Promise.all(Array.from({ length: 8 }, () => expireAccount(ledger.db, accountId)));
    expect(await dueAccounts(ledger.db, 100)).not.toContain(accountId);
    expect(
      await ledger.asOwner('SELECT balance, seq FROM balances WHERE account_id = $1', [accountId]),
    ).toEqual([{ balance: '0', seq: '2' }]);
    await clock(0);
  });

  test('that a hold protects are no work for the worker until it ends', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n, at(1));
    await hold(ledger.db, { ...request(accountId, 'held', 60n), seconds: 80_000 });
    await clock(2);
    await expireAccount(ledger.db, accountId);
    expect(await leftOf(ledger, accountId)).toEqual([60]);
    expect(await dueAccounts(ledger.db, 100)).not.toContain(accountId);
    await clock(30);
    expect(await dueAccounts(ledger.db, 100)).toContain(accountId);
    await expireAccount(ledger.db, accountId);
    expect(await leftOf(ledger, accountId)).toEqual([0]);
    await clock(0);
  });

  test('before they came can be spent by nothing', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 10n);
    await hold(ledger.db, { ...request(accountId, 'held', 8n), seconds: 600 });
    await gift(ledger, accountId, 5n, at(-1));
    expect((await charge(ledger.db, request(accountId, 'job', 3n))).status).toBe('insufficient');
    expect((await charge(ledger.db, request(accountId, 'job', 2n))).status).toBe('applied');
    expect(await leftOf(ledger, accountId)).toEqual([8, 0]);
  });

  test('stay while a hold taken in time protects them, for that hold alone', async () => {
    const accountId = await ledger.newAccount();
    await gift(ledger, accountId, 100n, at(1));
    await hold(ledger.db, { ...request(accountId, 'held', 60n), seconds: 80_000 });
    await clock(2);
    await gift(ledger, accountId, 50n);
    expect(await leftOf(ledger, accountId)).toEqual([60, 50]);
    await charge(ledger.db, request(accountId, 'job', 50n));
    expect(await leftOf(ledger, accountId)).toEqual([60, 0]);
    await clock(0);
  });
});

test('all of this left a sound ledger', async () => {
  expect(await ledger.audit()).toEqual([]);
});
