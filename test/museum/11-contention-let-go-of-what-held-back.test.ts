/**
 * At Autumn a top-up was held back by a key; whoever found the account locked deleted that key to try again, and the queue
 * fed itself into a storm of charges (Autumn's PR #2536). Here what holds back is the claim's own row, whatever is locked.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { withClient } from '@/bin/support/postgres';
import type { AccountId } from '@/lib/db/context';
import { claimAutoTopUp } from '@/lib/db/ledger/auto-top-up';
import { waiting } from '@/test/database/at-once';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
});
afterAll(() => sound.close());

type Claim = (accountId: AccountId) => Promise<string>;

/** A try while another has the account: it is let go when the try waits for it, or has given up. */
const whileLocked = (ledger: LedgerFixture, accountId: AccountId, claim: Claim) =>
  withClient(ledger.urls.ownerUrl, async (holder) => {
    await holder.query('BEGIN');
    await holder.query('SELECT FROM balances WHERE account_id = $1 FOR NO KEY UPDATE', [accountId]);
    const told = claim(accountId);
    const over = told.then(() => true);
    while ((await waiting(ledger)) === 0) {
      if (await Promise.race([over, sleep(5, false)])) break;
    }
    await holder.query('COMMIT');
    return await told;
  });

/** A top-up that is credited, a try that meets a lock, and the try again that follows it. */
async function storm(ledger: LedgerFixture, claim: Claim): Promise<string[]> {
  const accountId = await accountWithRule(ledger);
  const first = await claim(accountId);
  await ledger.asOwner(
    `UPDATE top_ups SET status = 'credited', credited_at = ledger.now() WHERE account_id = $1 AND status = 'started'`,
    [accountId],
  );
  return [first, await whileLocked(ledger, accountId, claim), await claim(accountId)];
}
const claimOurs: Claim = async (accountId) => {
  const claim = await claimAutoTopUp(sound.db, wantedClaim(accountId));
  return claim.kind === 'claimed' ? 'claimed' : claim.because;
};

const LETS_GO = `
  CREATE TABLE broken.held_back (account_id bigint PRIMARY KEY);
  CREATE FUNCTION broken.claim(p_account bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
  BEGIN
      BEGIN
          PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE NOWAIT;
      EXCEPTION WHEN lock_not_available THEN
          DELETE FROM broken.held_back WHERE account_id = p_account;
          RETURN 'try again';
      END;
      INSERT INTO broken.held_back VALUES (p_account) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
          RETURN 'held back';
      END IF;
      INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
      VALUES (p_account, gen_random_uuid(), 'auto', 'started', '1', 1, 1, 'usd', ledger.now(), ledger.now() + interval '6 hours');
      RETURN 'claimed';
  END $$;`;
const brokenStorm = (broken: LedgerFixture) =>
  storm(broken, (accountId) => wordOf(broken.db, sql`SELECT broken.claim(${accountId})`));

test('a try that meets a lock lets go of nothing: there is one charge', async () => {
  expect(await storm(sound, claimOurs)).toEqual(['claimed', 'cooling-down', 'cooling-down']);
});

test('even by a verb that lets go, for the table has the last word', () =>
  inBrokenLedger(LETS_GO, async (broken) => {
    expect(await brokenStorm(broken)).toEqual(['claimed', 'try again', '23P01']);
  }));

test('the scenario bites: without the table’s word the next try charges again', () =>
  inBrokenLedger(
    `ALTER TABLE top_ups DROP CONSTRAINT top_ups_one_auto_a_window; ${LETS_GO}`,
    async (broken) => {
      expect(await brokenStorm(broken)).toEqual(['claimed', 'try again', 'claimed']);
    },
  ));
