/**
 * A customer of Lago's had the card charged increment after increment, for what had been paid and was not there yet did
 * not count towards the threshold (Lago PR 6177). Here what is on its way counts, and an amount that was worked out from
 * anything else than what is true under the lock is refused.
 */
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { claimAutoTopUp, lockAutoTopUpFacts } from '@/lib/db/ledger/auto-top-up';
import { cents, credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { gift } from '@/test/database/ledger-account';
import { type LedgerFixture, ledgerOfFile } from '@/test/database/ledger-fixtures';

const ledger = await ledgerOfFile();

const INCREMENT = 1000n;
/** A purchase in a browser that is paid and not credited yet. */
const onItsWay = ({ asOwner }: LedgerFixture, accountId: AccountId, amount: bigint) =>
  asOwner(
    `INSERT INTO top_ups (account_id, id, origin, status, package_id, price_book_version, credits, price_cents, currency)
     VALUES ($1, gen_random_uuid(), 'manual', 'processing', 'p', '1', $2, 100, 'usd')`,
    [accountId, amount],
  );
/** So many credits asked for at once, each worked out from `expected`. */
const claims = (accountId: AccountId, expected: bigint) =>
  Array.from({ length: 3 }, () => async () => {
    const claim = await claimAutoTopUp(
      ledger.db,
      wantedClaim(accountId, {
        expected: credits(expected),
        credits: credits(INCREMENT),
        priceCents: cents(100n),
        cooldownSeconds: 0n,
      }),
    );
    return claim.kind === 'claimed' ? 'claimed' : claim.because;
  });

test('of three that are below the threshold at once, one is charged, and the others see it on its way', async () => {
  const accountId = await accountWithRule(ledger);
  expect((await atOnce(ledger, accountId, claims(accountId, 0n))).toSorted()).toEqual([
    'charge-under-way',
    'charge-under-way',
    'claimed',
  ]);
});

test('what is paid in a browser and not there yet counts', async () => {
  const accountId = await accountWithRule(ledger);
  await onItsWay(ledger, accountId, INCREMENT);
  expect(await atOnce(ledger, accountId, claims(accountId, 0n))).toEqual([
    'credits-on-their-way',
    'credits-on-their-way',
    'credits-on-their-way',
  ]);
});

test('what was given meanwhile changes what is asked for', async () => {
  const accountId = await accountWithRule(ledger);
  await gift(ledger, accountId, 100n);
  expect(await atOnce(ledger, accountId, claims(accountId, 0n))).toEqual([
    'facts-changed',
    'facts-changed',
    'facts-changed',
  ]);
  const { available, inFlight } = await inTransaction(ledger.db, (tx) => lockAutoTopUpFacts(tx, accountId));
  const [again] = claims(accountId, available + inFlight);
  expect(await again?.()).toBe('claimed');
});

test('the scenario bites: where the balance alone is asked, each of the three charges', () =>
  inBrokenLedger(
    `ALTER TABLE top_ups DROP CONSTRAINT top_ups_one_auto_a_window; DROP INDEX top_ups_one_auto_live;
     CREATE FUNCTION broken.claim(p_account bigint, p_amount bigint) RETURNS text
     LANGUAGE plpgsql SECURITY DEFINER AS $$
     BEGIN
         PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
         IF ledger._available(p_account, ledger.now()) >= 500 THEN
             RETURN 'enough-credits';
         END IF;
         INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
         VALUES (p_account, gen_random_uuid(), 'auto', 'started', '1', p_amount, 100, 'usd', ledger.now(), ledger.now());
         RETURN 'claimed';
     END $$`,
    async (broken) => {
      const accountId = await accountWithRule(broken);
      const claim = () => wordOf(broken.db, sql`SELECT broken.claim(${accountId}, ${INCREMENT})`);
      expect(await atOnce(broken, accountId, [claim, claim, claim])).toEqual([
        'claimed',
        'claimed',
        'claimed',
      ]);
    },
  ));
