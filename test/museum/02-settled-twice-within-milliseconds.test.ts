/**
 * A customer of Lago had a top-up settled twice within milliseconds by two webhooks, because the balance was read,
 * reckoned and written back (Lago PR 3618). Here the account's row is locked before anything of it is read.
 */
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { credit } from '@/lib/db/ledger';
import { hold, settle } from '@/lib/db/ledger/hold';
import { credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, wordOf, UNLOCKED_CREDIT } from '@/test/database/broken-ledger';
import { gift, leftOf, request } from '@/test/database/ledger-account';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

test('one payment settled by two webhooks at once is credited once', async () => {
  const accountId = await ledger.newAccount();
  const settled = () =>
    credit(ledger.db, { accountId, amount: credits(50n), kind: 'bonus', reference: 'pi_1' });
  const outcomes = await atOnce(ledger, accountId, [settled, settled]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'replayed']);
  expect(await leftOf(ledger, accountId)).toEqual([50]);
});

test('two payments settled at once are both credited', async () => {
  const accountId = await ledger.newAccount();
  const settled = (reference: string) => () =>
    credit(ledger.db, { accountId, amount: credits(50n), kind: 'bonus', reference });
  await atOnce(ledger, accountId, [settled('pi_1'), settled('pi_2')]);
  expect(await leftOf(ledger, accountId)).toEqual([50, 50]);
  expect(await ledger.audit()).toEqual([]);
});

test('one hold settled twice at once is charged once', async () => {
  const accountId = await ledger.newAccount();
  await gift(ledger, accountId, 100n);
  await hold(ledger.db, { ...request(accountId, 'job', 60n), seconds: 600 });
  const settled = () => settle(ledger.db, request(accountId, 'job', 25n));
  const outcomes = await atOnce(ledger, accountId, [settled, settled]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'replayed']);
  expect(await leftOf(ledger, accountId)).toEqual([75]);
});

test('the scenario bites: of two payments that a read-modify-write settles, one is lost', () =>
  inBrokenLedger(UNLOCKED_CREDIT, async (broken) => {
    const accountId = await broken.newAccount();
    const settled = (reference: string) => () =>
      wordOf(broken.db, sql`SELECT broken.credit(${accountId}, 50, ${reference})`);
    const outcomes = await atOnce(broken, accountId, [settled('pi_1'), settled('pi_2')]);
    expect(outcomes).toEqual(['applied', 'applied']);
    expect(await broken.asOwner('SELECT balance FROM balances')).toEqual([{ balance: '50' }]);
    expect(await broken.audit()).toContain('I1 the balance is the sum of the entries');
  }));
