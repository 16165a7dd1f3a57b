import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';

import { credits, wholeCredits } from '@/lib/domain/credits';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

import type { AccountId } from './context';
import { inTransaction } from './database';
import { credit } from './ledger';
import { adjust } from './ledger/correction';

const ledger = await ledgerOfFile();

const gift = (accountId: AccountId, amount = wholeCredits(50n), reference = 'welcome') =>
  credit(ledger.db, { accountId, amount, kind: 'bonus', reference });
const rowsOf = (accountId: AccountId) =>
  ledger.asOwner(
    'SELECT seq, kind, delta, balance_after, reference FROM entries WHERE account_id = $1 ORDER BY seq',
    [accountId],
  );

describe('a credit', () => {
  test('stands on the ledger with its number and the balance after it', async () => {
    const accountId = await ledger.newAccount();
    expect(await gift(accountId)).toEqual({ status: 'applied', seq: 1n, balance: 50_000_000n });
    expect(await gift(accountId, wholeCredits(7n), 'second')).toEqual({
      status: 'applied',
      seq: 2n,
      balance: 57_000_000n,
    });
    expect(await ledger.audit()).toEqual([]);
  });

  test('told again says what happened the first time and changes nothing', async () => {
    const accountId = await ledger.newAccount();
    await gift(accountId);
    const before = await rowsOf(accountId);
    expect(await gift(accountId)).toEqual({ status: 'replayed', seq: 1n, balance: 50_000_000n });
    expect(await rowsOf(accountId)).toEqual(before);
  });

  test('under a used reference with another amount is a bug, and changes nothing', async () => {
    const accountId = await ledger.newAccount();
    await gift(accountId);
    const before = await rowsOf(accountId);
    await expect(gift(accountId, wholeCredits(51n))).rejects.toThrow('conflict');
    expect(await rowsOf(accountId)).toEqual(before);
  });

  test('of another account may use the same reference', async () => {
    const [one, other] = [await ledger.newAccount(), await ledger.newAccount()];
    await gift(one);
    expect((await gift(other)).status).toBe('applied');
  });

  test('for an account that does not exist is refused', async () => {
    await expect(gift(999_999_999n as AccountId)).rejects.toThrow('no_account');
  });

  test.each([0n, -1n])('of %s is refused', async (amount) => {
    const accountId = await ledger.newAccount();
    await expect(gift(accountId, credits(amount))).rejects.toThrow('positive amount');
    expect(await rowsOf(accountId)).toEqual([]);
  });

  test('that would leave what a bigint can hold is refused whole', async () => {
    const accountId = await ledger.newAccount();
    await gift(accountId, credits(2n ** 63n - 1n));
    await expect(gift(accountId, credits(1n), 'one more')).rejects.toThrow('out of range');
    expect(await rowsOf(accountId)).toHaveLength(1);
    expect(await ledger.audit()).toEqual([]);
  });

  test('rolls back with the transaction that it is part of', async () => {
    const accountId = await ledger.newAccount();
    const failing = inTransaction(ledger.db, async (tx) => {
      await credit(tx, { accountId, amount: wholeCredits(1n), kind: 'bonus', reference: 'gone' });
      throw new Error('something after it failed');
    });
    await expect(failing).rejects.toThrow('something after it');
    expect(await rowsOf(accountId)).toEqual([]);
  });

  test('repays a debt before anything of it can be spent', async () => {
    const accountId = await ledger.newAccount();
    await adjust(ledger.db, {
      accountId,
      delta: credits(-30_000_000n),
      reference: 'a-1',
      reason: 'Counted twice',
    });
    expect((await gift(accountId)).balance).toBe(20_000_000n);
    const [grant] = await ledger.asOwner('SELECT amount, remaining FROM grants WHERE account_id = $1', [
      accountId,
    ]);
    expect(grant).toEqual({ amount: '50000000', remaining: '20000000' });
    expect(await ledger.audit()).toEqual([]);
  });
});

describe('many at once', () => {
  test('the same credit told twenty times arrives once', async () => {
    const accountId = await ledger.newAccount();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => gift(accountId)));
    expect(outcomes.filter(({ status }) => status === 'applied')).toHaveLength(1);
    expect(await rowsOf(accountId)).toHaveLength(1);
  });

  test('different credits of one account are numbered without a gap', async () => {
    const accountId = await ledger.newAccount();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => gift(accountId, wholeCredits(1n), `gift ${index}`)),
    );
    const numbers = (
      await ledger.asOwner<{ seq: string }>('SELECT seq FROM entries WHERE account_id = $1 ORDER BY seq', [
        accountId,
      ])
    ).map(({ seq }) => seq);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => String(index + 1)));
    expect(await ledger.audit()).toEqual([]);
  });
});

describe('reading', () => {
  test('the balance tells what is available and what will expire within the week', async () => {
    const accountId = await ledger.newAccount();
    await gift(accountId, wholeCredits(50n));
    await ledger.db.query(
      sql`SELECT ledger.credit(${accountId}, ${wholeCredits(8n)}, 'bonus', 'soon', now() + interval '6 days')`,
    );
    await ledger.db.query(
      sql`SELECT ledger.credit(${accountId}, ${wholeCredits(9n)}, 'bonus', 'later', now() + interval '8 days')`,
    );
    const [balance] = await ledger.db.query(
      sql`SELECT total, available, held, expiring_soon FROM ledger.balance(${accountId})`,
    );
    expect(balance).toEqual({
      total: 67_000_000n,
      available: 67_000_000n,
      held: 0n,
      expiring_soon: 8_000_000n,
    });
  });

  test('pages of the activity meet without a gap, newest first', async () => {
    const accountId = await ledger.newAccount();
    for (let index = 1; index <= 5; index++) await gift(accountId, wholeCredits(1n), `gift ${index}`);
    const page = async (before: bigint | null) =>
      (
        await ledger.db.query<{ seq: bigint }>(
          sql`SELECT seq FROM ledger.activity(${accountId}, ${before}, 3)`,
        )
      ).map(({ seq }) => seq);
    expect(await page(null)).toEqual([5n, 4n, 3n]);
    expect(await page(3n)).toEqual([2n, 1n]);
  });
});

test('not even the owner changes or removes an entry', async () => {
  const accountId = await ledger.newAccount();
  await gift(accountId);
  const attempts = [
    `UPDATE entries SET delta = delta + 1 WHERE account_id = ${accountId}`,
    `DELETE FROM entries WHERE account_id = ${accountId}`,
    'TRUNCATE entries CASCADE',
  ];
  for (const statement of attempts) {
    await expect(ledger.asOwner(statement), statement).rejects.toThrow('append-only');
  }
});

test('not even the owner takes a balance from under its entries', async () => {
  const accountId = await ledger.newAccount();
  await gift(accountId);
  for (const statement of [
    `DELETE FROM balances WHERE account_id = ${accountId}`,
    'TRUNCATE balances CASCADE',
  ]) {
    await expect(ledger.asOwner(statement), statement).rejects.toThrow('never go');
  }
});

describe('an entry that cannot be is refused to everyone', () => {
  const possible = {
    seq: 2,
    kind: 'consume',
    delta: -1,
    reference: 'job',
    request_hash: Buffer.alloc(32),
    service: 'x'.repeat(60),
    of_seq: 1,
  };
  const enter = (accountId: AccountId, entry: object) =>
    ledger.rolledBack((query) =>
      query(
        `INSERT INTO entries (account_id, seq, kind, delta, balance_after, reference, created_at, request_hash, service, of_seq)
         VALUES ($1, $2, $3, $4, 0, $5, now(), $6, $7, $8)`,
        [accountId, ...Object.values({ ...possible, ...entry })],
      ),
    );

  test('and one that can be is not', async () => {
    const accountId = await ledger.newAccount();
    await expect(enter(accountId, {})).resolves.toEqual([]);
    await expect(enter(accountId, { kind: 'adjustment', delta: 1, of_seq: null })).resolves.toEqual([]);
    await expect(enter(accountId, { service: null, request_hash: null })).resolves.toEqual([]);
  });

  test.each([
    { seq: 0, of_seq: null },
    ...['consume', 'expiry', 'clawback'].map((kind) => ({ kind, delta: 1 })),
    ...['topup', 'bonus', 'allowance', 'refund', 'restore'].map((kind) => ({ kind, delta: -1 })),
    { kind: 'consume', delta: 0 },
    { kind: 'topup', delta: 0 },
    { kind: 'adjustment', delta: 0 },
    { reference: '' },
    { reference: 'x'.repeat(201) },
    { request_hash: Buffer.alloc(33) },
    { service: 'x'.repeat(61) },
    { of_seq: 2 },
  ])('%o', async (wrong) => {
    const accountId = await ledger.newAccount();
    await expect(enter(accountId, wrong)).rejects.toThrow('no entry can be');
  });

  test.each(['calculation', 'metadata'])('and so is %s of more than 4 kB', async (column) => {
    const accountId = await ledger.newAccount();
    const explain = (length: number) =>
      ledger.rolledBack((query) =>
        query(`INSERT INTO entry_details (account_id, seq, ${column}) VALUES ($1, 1, $2)`, [
          accountId,
          JSON.stringify('x'.repeat(length)),
        ]),
      );
    await expect(explain(4094)).resolves.toEqual([]);
    await expect(explain(4095)).rejects.toThrow('too long');
  });
});

describe('the audit', () => {
  const mutations = [
    { broken: 'balances SET balance = balance + 1', says: ['I1', 'I13'] },
    { broken: 'balances SET seq = seq + 1', says: ['I2'] },
    { broken: 'entries SET delta = delta + 1', says: ['I1', 'I14', 'I3'] },
    { broken: 'entries SET balance_after = balance_after + 1', says: ['I3'] },
    { broken: 'balances SET head_left = head_left - 1', says: ['I13', 'I14'] },
    { broken: `entries SET kind = 'topup'`, says: ['I14', 'I20'] },
  ];

  test.each(mutations)('notices: $broken', async ({ broken, says }) => {
    const accountId = await ledger.newAccount();
    await gift(accountId);
    // Replica mode switches the triggers off, as a superuser with bad intent would.
    const found = await ledger.rolledBack(async (query) => {
      await query('SET LOCAL session_replication_role = replica');
      await query(`UPDATE ${broken} WHERE account_id = ${accountId}`);
      return query<{ invariant: string }>(
        `SELECT invariant FROM ledger.audit() WHERE account_id = ${accountId}`,
      );
    });
    expect(
      [...new Set(found.map(({ invariant }) => invariant.split(' ')[0]))].toSorted((a = '', b = '') =>
        a.localeCompare(b),
      ),
    ).toEqual(says);
  });

  test('notices a top-up that is called credited and is not', async () => {
    const accountId = await ledger.newAccount();
    await ledger.asOwner(
      `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency, credited_at)
       VALUES ($1, gen_random_uuid(), 'manual', 'credited', '500', '1', 500000000, 500, 'usd', now())`,
      [accountId],
    );
    expect(await ledger.audit()).toEqual(['I19 a credited top-up has its entry, and no other has']);
  });
});
