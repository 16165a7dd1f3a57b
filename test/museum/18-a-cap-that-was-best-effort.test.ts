/**
 * Customers of LIT's chipotle were charged beyond their monthly cap, for what had been charged was summed aside, in
 * buckets of five minutes (chipotle #447). Here it is summed from the rows, under the lock under which it is added to.
 */
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { claimAutoTopUp } from '@/lib/db/ledger/auto-top-up';
import { cents } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { type LedgerFixture, ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

const LIMIT = cents(10_000n);
const PRICE = cents(3_000n);
const claim = async (accountId: AccountId) => {
  const wanted = wantedClaim(accountId, { priceCents: PRICE, cooldownSeconds: 0n });
  const claimed = await claimAutoTopUp(ledger.db, wanted);
  return claimed.kind === 'claimed' ? 'claimed' : claimed.because;
};
const spentBy = async ({ asOwner }: LedgerFixture, accountId: AccountId) => {
  const [row] = await asOwner<{ sum: string }>('SELECT sum(price_cents) FROM top_ups WHERE account_id = $1', [
    accountId,
  ]);
  return BigInt(row?.sum ?? '0');
};

test('whoever asks at once, a month never costs more than its limit', async () => {
  const accountId = await accountWithRule(ledger, { monthlyLimitCents: LIMIT });
  const told: string[] = [];
  for (let round = 0; round < 5; round++) {
    told.push(...(await atOnce(ledger, accountId, [() => claim(accountId), () => claim(accountId)])));
    await ledger.asOwner(
      `UPDATE top_ups SET status = 'credited', credited_at = now() WHERE account_id = $1 AND status = 'started'`,
      [accountId],
    );
  }
  expect(told.filter((one) => one === 'claimed')).toHaveLength(3);
  expect(told.slice(-4)).toEqual(Array.from({ length: 4 }, () => 'monthly-limit'));
  expect(await spentBy(ledger, accountId)).toBe(9_000n);
});

test('the scenario bites: summed before the lock, two pass it together', () =>
  inBrokenLedger(
    `ALTER TABLE top_ups DROP CONSTRAINT top_ups_one_auto_a_window; DROP INDEX top_ups_one_auto_live;
     CREATE FUNCTION broken.claim(p_account bigint, p_price bigint, p_limit bigint) RETURNS text
     LANGUAGE plpgsql SECURITY DEFINER AS $$
     BEGIN
         IF (SELECT coalesce(sum(price_cents), 0) FROM top_ups WHERE account_id = p_account) + p_price > p_limit THEN
             RETURN 'monthly-limit';
         END IF;
         PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
         INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
         VALUES (p_account, gen_random_uuid(), 'auto', 'started', '1', 1, p_price, 'usd', ledger.now(), ledger.now());
         RETURN 'claimed';
     END $$`,
    async (broken) => {
      const accountId = await accountWithRule(broken, { monthlyLimitCents: LIMIT });
      const ask = () => wordOf(broken.db, sql`SELECT broken.claim(${accountId}, ${7_000n}, ${LIMIT})`);
      expect(await atOnce(broken, accountId, [ask, ask])).toEqual(['claimed', 'claimed']);
      expect(await spentBy(broken, accountId)).toBe(14_000n);
    },
  ));
