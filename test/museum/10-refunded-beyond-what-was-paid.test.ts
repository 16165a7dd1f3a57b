/**
 * Customers of flexprice could be refunded more than they had paid, by credit notes made at the same time: what had been
 * refunded so far was summed before the transaction (flexprice PR 2331 and 2485). Here it is summed under the lock.
 */
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { charge } from '@/lib/db/ledger/charge';
import { clawback, refund, restore } from '@/lib/db/ledger/correction';
import { credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { gift, request, topUp } from '@/test/database/ledger-account';
import { type LedgerFixture, ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

const NOTES = ['one', 'two', 'three', 'four', 'five', 'six'];
const count = (statuses: readonly string[], wanted: string) =>
  statuses.filter((status) => status === wanted).length;

async function charged({ db, newAccount }: LedgerFixture, amount: bigint) {
  const accountId = await newAccount();
  await gift({ ...ledger, db }, accountId, 1000n);
  await charge(db, request(accountId, 'job', amount));
  return accountId;
}
/** All that was given back for the charge. */
const returned = async ({ asOwner }: LedgerFixture) => {
  const [row] = await asOwner<{ sum: string }>(
    `SELECT sum(delta) FROM entries WHERE kind IN ('refund', 'restore')`,
  );
  return Number(row?.sum);
};

test('six refunds at once give back no more than the charge took', async () => {
  const accountId = await charged(ledger, 100n);
  const refunds = NOTES.map((reference) => async () => {
    const { status } = await refund(ledger.db, { accountId, charge: 'job', amount: credits(30n), reference });
    return status;
  });
  const statuses = await atOnce(ledger, accountId, refunds);
  expect(count(statuses, 'applied')).toBe(3);
  expect(count(statuses, 'excess')).toBe(3);
});

test('a refund and an undoing at once are one or the other', async () => {
  const accountId = await charged(ledger, 100n);
  const statuses = await atOnce<string>(ledger, accountId, [
    async () => (await restore(ledger.db, { accountId, reference: 'job' })).status,
    async () =>
      (await refund(ledger.db, { accountId, charge: 'job', amount: credits(1n), reference: 'part' })).status,
  ]);
  expect(statuses.toSorted()).toEqual(['applied', 'excess']);
});

test('six claw-backs at once take no more than the purchase gave', async () => {
  const accountId = await ledger.newAccount();
  const topUpId = await topUp(ledger, accountId, 100n);
  const clawbacks = NOTES.map((reference) => async () => {
    const { status } = await clawback(ledger.db, { accountId, topUpId, amount: credits(30n), reference });
    return status;
  });
  const statuses = await atOnce(ledger, accountId, clawbacks);
  expect(count(statuses, 'applied')).toBe(3);
  expect(await ledger.audit()).toEqual([]);
});

test('the scenario bites: summed before the lock, all six are given back', () =>
  inBrokenLedger(
    `CREATE FUNCTION broken.refund(p_account bigint, p_charge text, p_amount bigint, p_reference text) RETURNS text
     LANGUAGE plpgsql SECURITY DEFINER AS $$
     DECLARE
         v_charge entries;
         v_returned numeric;
         v_request ledger.request;
     BEGIN
         SELECT * INTO v_charge FROM entries WHERE account_id = p_account AND kind = 'consume' AND reference = p_charge;
         SELECT coalesce(sum(delta), 0) INTO v_returned FROM entries WHERE account_id = p_account AND of_seq = v_charge.seq;
         IF v_returned + p_amount > -v_charge.delta THEN
             RETURN 'excess';
         END IF;
         PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
         v_request.kind := 'refund';
         v_request.reference := p_reference;
         v_request.of_seq := v_charge.seq;
         PERFORM ledger._open_grants(p_account, ledger.now());
         PERFORM ledger._give(p_account, p_amount, v_request, NULL, 0, ledger.now());
         PERFORM ledger._pick_head(p_account, ledger.now());
         RETURN 'applied';
     END $$`,
    async (broken) => {
      const accountId = await charged(broken, 100n);
      const refunds = NOTES.map(
        (reference) => () =>
          wordOf(broken.db, sql`SELECT broken.refund(${accountId}, 'job', 30, ${reference})`),
      );
      expect(count(await atOnce(broken, accountId, refunds), 'applied')).toBe(NOTES.length);
      expect(await returned(broken)).toBe(180);
      expect(await broken.audit()).toContain('I22 no more goes back than came');
    },
  ));
