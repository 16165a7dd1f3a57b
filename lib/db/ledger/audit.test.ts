import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, test } from 'vitest';

import { cents, credits } from '@/lib/domain/credits';
import { accountWithRule, aConsent, SETTINGS, wantedClaim } from '@/test/database/auto-top-up';
import { request, topUp } from '@/test/database/ledger-account';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, ledgerOfFile } from '@/test/database/ledger-fixtures';

import { setAutoTopUpRule } from '../auto-top-up-rules';
import type { AccountId } from '../context';
import { inTransaction } from '../database';
import { credit } from '../ledger';
import { freezePurchase, keepMoneyBack } from '../money-back';
import { attachStripeIds, claimPayment } from '../top-ups';
import { resetAllowance } from './allowance';
import { auditAccount, freezeAccount, thawAccount } from './audit';
import { claimAutoTopUp } from './auto-top-up';
import { charge, chargeBatch } from './charge';
import { adjust, clawback, refund, restore } from './correction';
import { expireAccount } from './expiry';
import { hold, settle } from './hold';
import { failOperation, finishOperation, startOperation } from './operation';
import { closeSession, startSession } from './session';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const TOP_UP = '00000000-0000-4000-8000-000000000001';

const ledger = await ledgerOfFile();
let account: AccountId;
beforeAll(async () => {
  await stopClock(ledger.urls, new Date(START));
  account = await fullAccount();
  await indebtedAccount();
  await monthlyAccount();
  await toppedUpAccount();
  await refundedAccount();
  await clock(4);
});

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
  await startSession(db, { ...asked('session', 0n), closesAfterMilliseconds: 10_800_000n });
  await clock(4);
  await closeSession(db, { accountId, reference: 'session', by: 'terminated' });
  await finishOperation(db, {
    ...asked('session', 1n),
    calculation: { inputs: { milliseconds: '3600000' } },
  });
  return accountId;
}

/** An account that owes for work which was allowed to. */
async function indebtedAccount(): Promise<void> {
  const accountId = await ledger.newAccount();
  const asked = { accountId, reference: 'job', amount: credits(25n), hash: Buffer.from('job') };
  await credit(ledger.db, { ...asked, amount: credits(10n), kind: 'bonus' });
  await startOperation(ledger.db, { ...asked, start: { by: 'gate' } });
  await finishOperation(ledger.db, { ...asked, shortfall: 'negative' });
}

/** An account with the allowances of two months. */
async function monthlyAccount(): Promise<void> {
  const accountId = await ledger.newAccount();
  for (const month of [0, 1]) {
    const period = { startsAt: new Date(Date.UTC(2026, month)), endsAt: new Date(Date.UTC(2026, month + 1)) };
    await ledger.asOwner('UPDATE clock SET now = $1', [period.startsAt]);
    await resetAllowance(ledger.db, { accountId, amount: credits(100n), period });
  }
}

/** An account that was topped up by itself twice, by a rule that was changed once. */
async function toppedUpAccount(): Promise<void> {
  const accountId = await accountWithRule(ledger);
  const settings = { ...SETTINGS, threshold: credits(400n) };
  await setAutoTopUpRule(ledger.db, { accountId, settings, consent: await aConsent(ledger) });
  for (const hours of [0, 6]) {
    await clock(hours);
    const id = randomUUID();
    await claimAutoTopUp(ledger.db, wantedClaim(accountId, { id }));
    if (hours === 0) await ledger.asOwner(`UPDATE top_ups SET status = 'failed' WHERE id = $1`, [id]);
  }
}

/** An account whose purchase was partly refunded, and the rest of which a dispute froze. */
async function refundedAccount(): Promise<void> {
  const accountId = await ledger.newAccount();
  const id = await topUp(ledger, accountId, 500n);
  const key = { accountId, id };
  const at = new Date(START);
  const back = { amount: cents(100n), progress: 1, happenedAt: at };
  await inTransaction(ledger.db, async (tx) => {
    const paid = { payment: 'pi_1', received: cents(500n), invoice: null, currency: 'usd' };
    await claimPayment(tx, key, paid);
    await attachStripeIds(tx, key, paid);
    await keepMoneyBack(tx, key, { back: { ...back, id: 're_2', kind: 'refund', state: 'gone' }, at });
    await keepMoneyBack(tx, key, { back: { ...back, id: 'dp_2', kind: 'dispute', state: 'open' }, at });
    await clawback(tx, { accountId, amount: credits(100n), reference: 're_2', topUpId: id });
    await freezePurchase(tx, { accountId, id: 'dp_2' });
  });
}

const names = (rows: { invariant: string }[]) => rows.map(({ invariant }) => invariant);
/** An invariant by its number, or by as much of its name as tells it apart. */
const named = (says: string) => expect.stringMatching(new RegExp(`^${says}( |$)`)) as string;

test('accounts on which everything happened are sound', async () => {
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
    ['details of any length', `ALTER TABLE entry_details DISABLE TRIGGER entry_details_are_short`, 'I4'],
    ['details of no entry', `UPDATE entry_details SET seq = 999 WHERE metadata IS NOT NULL`, 'I4'],
    ['a balance that may be removed', `DROP TRIGGER balances_never_vanish ON balances`, 'I4'],
    ['a balance that was removed from under its entries', `DELETE FROM balances`, 'I1'],
    ['a charge that gives', `UPDATE entries SET delta = 10 WHERE ${consume('refunded')}`, 'I5'],
    ['an entry that moves nothing', `UPDATE entries SET delta = 0 WHERE kind = 'adjustment'`, 'I5'],
    ['more frozen than was set aside', `UPDATE money_back SET frozen = frozen + 1 WHERE frozen > 0`, 'I9'],
    ['a freeze that outlived its dispute', `UPDATE money_back SET state = 'over' WHERE frozen > 0`, 'I9'],
    ['money gone, and nothing taken back', `UPDATE money_back SET state = 'gone' WHERE id = 'dp_2'`, 'I22'],
    ['taken back, and no money gone', `DELETE FROM money_back WHERE id = 're_2'`, 'I22'],
    ['taken back for money that came again', `UPDATE money_back SET state = 'over' WHERE id = 're_2'`, 'I22'],
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
    [
      'an allowance that came early',
      `UPDATE grants SET created_at = '2026-01-20' WHERE reference = 'allowance:2026-02-01'`,
      'I18 an allowance comes when the last one has ended',
    ],
    [
      'an allowance that nobody would renew',
      `UPDATE accounts SET allowance_resets_at = '2027-01-01' WHERE allowance_resets_at IS NOT NULL`,
      'I18 an account knows when its allowance ends',
    ],
    ['a purchase that was not credited', `UPDATE top_ups SET credits = 501 WHERE origin = 'manual'`, 'I19'],
    ['a purchase that nobody made', `DELETE FROM top_ups WHERE origin = 'manual'`, 'I20'],
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
    [
      'a session that was charged while it was open',
      `UPDATE operations SET closed_at = NULL, closed_by = NULL, milliseconds = NULL WHERE reference = 'session'`,
      'I24 a session is closed before it is charged',
    ],
    [
      'a session that was charged for another time',
      `UPDATE entry_details SET calculation = '{"inputs": {"milliseconds": "3600001"}}' WHERE calculation IS NOT NULL`,
      'I24 a session is charged for as long as it was open',
    ],
    ['a debt for work that had no leave to owe', `UPDATE operations SET overdrawn = false`, 'I7'],
    [
      'two auto top-ups in one window',
      `ALTER TABLE top_ups DROP CONSTRAINT top_ups_one_auto_a_window; DROP INDEX top_ups_one_auto_live;
       UPDATE top_ups SET status = 'started', claimed_at = '2026-01-01', window_end = '2026-01-01 00:00:01' WHERE origin = 'auto'`,
      'I26',
    ],
    [
      'two auto top-ups at a time',
      `DROP INDEX top_ups_one_auto_live; UPDATE top_ups SET status = 'started' WHERE origin = 'auto'`,
      'I27',
    ],
    [
      'a rule of auto top-up that nobody agreed to',
      `UPDATE auto_top_up_rules SET threshold = 401`,
      'I28 a rule of auto top-up is one that somebody agreed to',
    ],
    [
      'a consent to a change from something else',
      `UPDATE auto_top_up_consents SET before = '{}' WHERE version = 2`,
      'I28 a consent changes what the last one said',
    ],
    [
      'a consent that was removed',
      `DELETE FROM auto_top_up_consents WHERE version = 1`,
      'I28 a consent changes what the last one said',
    ],
    [
      'a rule that needs no consent any more',
      `ALTER TABLE auto_top_up_rules DISABLE TRIGGER auto_top_up_rules_agreed`,
      'I4',
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
    expect(names(found)).toContainEqual(named(says));
  });

  test('a debt that no claw-back and no correction explains', async () => {
    const found = await ledger.rolledBack(async (query) => {
      await query('SET LOCAL session_replication_role = replica');
      await query(`DELETE FROM entries WHERE kind IN ('clawback', 'adjustment')`);
      await query('UPDATE balances SET credit_floor = 0, balance = -5');
      return await query<{ invariant: string }>('SELECT invariant FROM ledger.audit()');
    });
    expect(names(found)).toContainEqual(named('I7'));
  });
});

test('an account that outgrew what the planner knows of it is audited within the time of a statement', async () => {
  const grown = await ledgerFixture();
  const accountId = await grown.newAccount();
  await credit(grown.db, { accountId, amount: credits(10_000n), kind: 'bonus', reference: 'all' });
  await grown.asOwner('ANALYZE');
  for (let batch = 0; batch < 6; batch++) {
    await chargeBatch(
      grown.db,
      Array.from({ length: 1000 }, (_, index) => request(accountId, `${batch} ${index}`, 1n)),
    );
  }
  // Looped over squared, this takes half a minute; a statement has ten seconds.
  expect(await auditAccount(grown.db, accountId)).toEqual([]);
  await grown.close();
});

describe('a frozen account', () => {
  const state = (accountId: AccountId) =>
    ledger.asOwner('SELECT frozen_at, frozen_because FROM accounts WHERE account_id = $1', [accountId]);

  test('is frozen once, keeps its first reason, and is thawed once', async () => {
    const accountId = await ledger.newAccount();
    expect(await freezeAccount(ledger.db, { accountId, because: 'I1' })).toBe(true);
    expect(await freezeAccount(ledger.db, { accountId, because: 'I2' })).toBe(false);
    expect(await state(accountId)).toEqual([{ frozen_at: new Date(START + 4 * HOUR), frozen_because: 'I1' }]);
    expect(await thawAccount(ledger.db, accountId)).toBe(true);
    expect(await thawAccount(ledger.db, accountId)).toBe(false);
    expect(await state(accountId)).toEqual([{ frozen_at: null, frozen_because: null }]);
  });

  test('keeps as much of a long reason as fits', async () => {
    const accountId = await ledger.newAccount();
    await freezeAccount(ledger.db, { accountId, because: 'x'.repeat(900) });
    expect(await state(accountId)).toMatchObject([{ frozen_because: 'x'.repeat(500) }]);
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
    expect(stdout).toMatch(/^The ledger is sound: 7 accounts, \d+ entries\.\n$/);
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
