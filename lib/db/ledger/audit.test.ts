import { spawnSync } from 'node:child_process';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { credits } from '@/lib/domain/credits';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

import type { AccountId } from '../context';
import { credit } from '../ledger';
import { charge } from './charge';
import { adjust, clawback, refund, restore } from './correction';
import { expireAccount } from './expiry';
import { hold, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const TOP_UP = '00000000-0000-4000-8000-000000000001';

let ledger: LedgerFixture;
let account: AccountId;
beforeAll(async () => {
  ledger = await ledgerFixture();
  await stopClock(ledger.urls, new Date(START));
  account = await fullAccount();
});
afterAll(() => ledger.close());

const clock = (hours: number) =>
  ledger.asOwner('UPDATE clock SET now = $1', [new Date(START + hours * HOUR)]);

/** An account on which everything has happened once. */
async function fullAccount(): Promise<AccountId> {
  const accountId = await ledger.newAccount();
  const { db } = ledger;
  const asked = (reference: string, amount: bigint) => ({
    accountId,
    reference,
    amount: credits(amount),
    hash: Buffer.from(reference),
  });
  await ledger.asOwner(
    `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency, credited_at)
     VALUES ($1, $2, 'manual', 'credited', '500', '1', 500, 500, 'usd', now())`,
    [accountId, TOP_UP],
  );
  await credit(db, { ...asked('early', 100n), kind: 'bonus', expiresAt: new Date(START + HOUR) });
  await credit(db, { ...asked('late', 100n), kind: 'bonus', expiresAt: new Date(START + 100 * HOUR) });
  await credit(db, { ...asked(TOP_UP, 500n), kind: 'topup' });
  await charge(db, asked('spans two grants', 120n));
  await charge(db, asked('restored', 10n));
  await restore(db, { accountId, reference: 'restored' });
  await charge(db, asked('refunded', 10n));
  await refund(db, { accountId, charge: 'refunded', amount: credits(4n), reference: 'refund' });
  await clawback(db, { accountId, amount: credits(50n), reference: 're_1', topUpId: TOP_UP });
  await hold(db, { ...asked('settled', 20n), seconds: 600 });
  await settle(db, asked('settled', 15n));
  await hold(db, { ...asked('open', 30n), seconds: 80_000 });
  await startOperation(db, { ...asked('failed', 0n), start: { by: 'charge', amount: credits(7n) } });
  await failOperation(db, { accountId, reference: 'failed' });
  await startOperation(db, { ...asked('done', 0n), start: { by: 'gate' } });
  await finishOperation(db, asked('done', 9n));
  await credit(db, { ...asked('lost', 50n), kind: 'allowance', expiresAt: new Date(START + 2 * HOUR) });
  await clock(3);
  await expireAccount(db, accountId);
  await startOperation(db, { ...asked('waits', 0n), start: { by: 'gate' } });
  await finishOperation(db, asked('waits', 100_000n));
  await adjust(db, { accountId, delta: credits(-1n), reference: 'correction', reason: 'Counted twice' });
  return accountId;
}

const firstWords = (rows: { invariant: string }[]) =>
  [...new Set(rows.map(({ invariant }) => invariant.split(' ')[0] ?? ''))].toSorted((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );

test('an account on which everything happened is sound', async () => {
  expect(await ledger.asOwner('SELECT * FROM ledger.audit()')).toEqual([]);
});

describe('the audit notices', () => {
  const consume = (reference: string) => `kind = 'consume' AND reference = '${reference}'`;
  const mutations: [what: string, statement: string, says: string][] = [
    ['a balance that was raised', `UPDATE balances SET balance = balance + 1`, 'I1'],
    ['a number that was skipped', `UPDATE balances SET seq = seq + 1`, 'I2'],
    ['an entry that was removed', `DELETE FROM entries WHERE seq = 2`, 'I2'],
    [
      'a running balance that was touched',
      `UPDATE entries SET balance_after = balance_after + 1 WHERE seq = 2`,
      'I3',
    ],
    ['an entry that was changed', `UPDATE entries SET delta = delta - 1 WHERE ${consume('refunded')}`, 'I3'],
    ['a trigger that was switched off', `ALTER TABLE entries DISABLE TRIGGER entries_never_change`, 'I4'],
    ['a trigger that was removed', `DROP TRIGGER allocations_never_change ON allocations`, 'I4'],
    ['the rules of entries switched off', `ALTER TABLE entries DISABLE TRIGGER entries_are_possible`, 'I4'],
    ['a balance that may be removed', `DROP TRIGGER balances_never_vanish ON balances`, 'I4'],
    ['a balance that was removed from under its entries', `DELETE FROM balances`, 'I1'],
    ['a charge that gives', `UPDATE entries SET delta = 10 WHERE ${consume('refunded')}`, 'I5'],
    ['an entry that moves nothing', `UPDATE entries SET delta = 0 WHERE kind = 'adjustment'`, 'I5'],
    ['credits held for nobody', `UPDATE balances SET held = held + 1`, 'I9'],
    [
      'a hold that was let go in secret',
      `UPDATE holds SET state = 'released' WHERE reference = 'open'`,
      'I9',
    ],
    ['a settled hold without its charge', `UPDATE holds SET settled = 16 WHERE reference = 'settled'`, 'I10'],
    [
      'a grant that holds too much',
      `UPDATE grants SET remaining = remaining + 1 WHERE reference = 'early'`,
      'I13',
    ],
    ['a register that holds too much', `UPDATE balances SET head_left = head_left + 1`, 'I13'],
    ['a grant that was raised', `UPDATE grants SET amount = amount + 1 WHERE reference = 'early'`, 'I14'],
    ['a grant of another kind', `UPDATE grants SET kind = 'allowance' WHERE reference = 'early'`, 'I14'],
    ['an allocation that was removed', `DELETE FROM allocations WHERE seq = 4`, 'I14'],
    [
      'an allocation that was raised',
      `UPDATE allocations SET amount = 500 WHERE seq = 4 AND grant_id = 1`,
      'I14',
    ],
    ['a gift without its grant', `DELETE FROM grants WHERE reference = 'lost'`, 'I14'],
    [
      'a grant that is spent out of turn',
      `UPDATE grants SET expires_at = '2026-01-02' WHERE kind = 'topup'`,
      'I15',
    ],
    [
      'a register with another expiry',
      `UPDATE balances SET head_expires = head_expires + interval '1 day'`,
      'I15',
    ],
    [
      'an expired credit that was spent',
      `UPDATE entries SET created_at = '2026-06-01' WHERE ${consume('restored')}`,
      'I16',
    ],
    [
      'an expiry before its time',
      `UPDATE entries SET created_at = '2025-06-01' WHERE kind = 'expiry'`,
      'I17',
    ],
    ['a purchase that was not credited', `UPDATE top_ups SET credits = 501`, 'I19'],
    ['a purchase that nobody made', `DELETE FROM top_ups`, 'I20'],
    ['a claw-back of nothing', `UPDATE entries SET of_seq = NULL WHERE kind = 'clawback'`, 'I22'],
    ['a refund of something else', `UPDATE entries SET of_seq = 1 WHERE kind = 'refund'`, 'I22'],
    ['a refund of more than the charge', `UPDATE entries SET delta = 11 WHERE kind = 'refund'`, 'I22'],
    [
      'a settled operation without its charge',
      `UPDATE operations SET amount = 10 WHERE reference = 'done'`,
      'I24',
    ],
    [
      'a pending operation that was charged',
      `UPDATE operations SET entry_seq = 4 WHERE reference = 'waits'`,
      'I24',
    ],
    [
      'a purged operation that was charged',
      `UPDATE operations SET state = 'purged', reference = 'spans two grants', request_hash = 'spans two grants' WHERE reference = 'waits'`,
      'I24',
    ],
    [
      'failed work that was paid',
      `UPDATE entries SET of_seq = 1 WHERE kind = 'restore' AND reference = 'failed'`,
      'I24',
    ],
    ['news that was never told', `DELETE FROM outbox`, 'I24'],
    [
      'news of what did not happen',
      `UPDATE operations SET state = 'running', finished_at = NULL WHERE reference = 'done'`,
      'I24',
    ],
  ];

  test.each(mutations)('%s', async (_, statement, says) => {
    const found = await ledger.rolledBack(async (query) => {
      await query('SET LOCAL session_replication_role = replica');
      await query(statement);
      return await query<{ invariant: string }>('SELECT invariant FROM ledger.audit()');
    });
    expect(firstWords(found)).toContain(says);
  });

  test('a debt that no claw-back and no correction explains', async () => {
    const found = await ledger.rolledBack(async (query) => {
      await query('SET LOCAL session_replication_role = replica');
      await query(`DELETE FROM entries WHERE kind IN ('clawback', 'adjustment')`);
      await query('UPDATE balances SET credit_floor = 0, balance = -5');
      return await query<{ invariant: string }>('SELECT invariant FROM ledger.audit()');
    });
    expect(firstWords(found)).toContain('I7');
  });
});

describe('npm run ledger:verify', () => {
  const verify = () => {
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/ledger-verify.ts'], {
      env: { ...process.env, DATABASE_URL: ledger.urls.appUrl },
      encoding: 'utf8',
    });
    return { status, stdout };
  };

  test('says how much is sound, and ends well', () => {
    const { status, stdout } = verify();
    expect(stdout).toMatch(/^The ledger is sound: 1 accounts, \d+ entries\.\n$/);
    expect(status).toBe(0);
  });

  test('names what is broken, and ends with 1', async () => {
    await ledger.asOwner('UPDATE balances SET held = held + 1');
    const { status, stdout } = verify();
    await ledger.asOwner('UPDATE balances SET held = held - 1');
    expect(stdout).toContain(`I9 what is held is the sum of the open holds · account ${account}`);
    expect(status).toBe(1);
  });
});
