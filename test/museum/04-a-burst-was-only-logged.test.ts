/**
 * Customers of Lago were charged three times and more within ten minutes; a burst of top-ups was noticed, and only logged
 * (Lago's threshold_top_up_service). Here two windows of an account never overlap: the table refuses the second.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { claimAutoTopUp } from '@/lib/db/ledger/auto-top-up';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

const START = Date.UTC(2026, 0, 20);
const MINUTE = 60_000;

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
  await stopClock(sound.urls, new Date(START));
});
afterAll(() => sound.close());

/** A charge every three minutes, each credited and spent before the next: what each attempt was told. */
async function burst(ledger: LedgerFixture, claim: (accountId: AccountId) => Promise<string>, times: number) {
  const accountId = await accountWithRule(ledger);
  const told: string[] = [];
  for (let index = 0; index < times; index++) {
    await ledger.asOwner('UPDATE clock SET now = $1', [new Date(START + index * 3 * MINUTE)]);
    told.push(await claim(accountId));
    await ledger.asOwner(
      `UPDATE top_ups SET status = 'credited', credited_at = ledger.now() WHERE account_id = $1 AND status = 'started'`,
      [accountId],
    );
  }
  return told;
}
const claimOurs = async (accountId: AccountId) => {
  const claim = await claimAutoTopUp(sound.db, wantedClaim(accountId));
  return claim.kind === 'claimed' ? 'claimed' : claim.because;
};
const ONLY_LOGS = `
  CREATE FUNCTION broken.claim(p_account bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
  BEGIN
      PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
      IF (SELECT count(*) FROM top_ups WHERE account_id = p_account AND claimed_at > ledger.now() - interval '10 minutes') >= 3 THEN
          RAISE LOG 'a burst of top-ups';
      END IF;
      INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
      VALUES (p_account, gen_random_uuid(), 'auto', 'started', '1', 1, 1, 'usd', ledger.now(), ledger.now() + interval '6 hours');
      RETURN 'claimed';
  END $$;`;
async function brokenBurst(broken: LedgerFixture) {
  await stopClock(broken.urls, new Date(START));
  return burst(broken, (accountId) => wordOf(broken.db, sql`SELECT broken.claim(${accountId})`), 4);
}

test('four times below the threshold within ten minutes is one charge', async () => {
  expect(await burst(sound, claimOurs, 4)).toEqual([
    'claimed',
    'cooling-down',
    'cooling-down',
    'cooling-down',
  ]);
});

test('even by a verb that only logs, for the table has the last word', () =>
  inBrokenLedger(ONLY_LOGS, async (broken) => {
    expect(await brokenBurst(broken)).toEqual(['claimed', '23P01', '23P01', '23P01']);
  }));

test('the scenario bites: without the table’s word there are four', () =>
  inBrokenLedger(
    `ALTER TABLE top_ups DROP CONSTRAINT top_ups_one_auto_a_window; ${ONLY_LOGS}`,
    async (broken) => {
      expect(await brokenBurst(broken)).toEqual(['claimed', 'claimed', 'claimed', 'claimed']);
    },
  ));
