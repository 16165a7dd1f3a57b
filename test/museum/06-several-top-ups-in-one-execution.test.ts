/**
 * Customers of AutoGPT were topped up several times within one execution, for every step that found too little started
 * one (AutoGPT PR 9426). Here one payment of an account lives at a time, and who comes second sees it.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { claimAutoTopUp } from '@/lib/db/ledger/auto-top-up';
import { charge } from '@/lib/db/ledger/charge';
import { cents, credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { accountWithRule, wantedClaim } from '@/test/database/auto-top-up';
import { inBrokenLedger, wordOf } from '@/test/database/broken-ledger';
import { gift, request } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
});
afterAll(() => sound.close());

/** Three steps of one execution, each of which leaves less than the threshold, and then all of them want a top-up. */
async function execution(ledger: LedgerFixture, claim: (accountId: AccountId) => Promise<string>) {
  const accountId = await accountWithRule(ledger);
  await gift(ledger, accountId, 510n);
  for (const step of ['one', 'two', 'three']) await charge(ledger.db, request(accountId, step, 20n));
  return atOnce(
    ledger,
    accountId,
    ['one', 'two', 'three'].map(() => () => claim(accountId)),
  );
}
const NO_LOOK = `
  CREATE FUNCTION broken.claim(p_account bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
  BEGIN
      PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
      INSERT INTO top_ups (account_id, id, origin, status, price_book_version, credits, price_cents, currency, claimed_at, window_end)
      VALUES (p_account, gen_random_uuid(), 'auto', 'started', '1', 1, 1, 'usd', ledger.now(), ledger.now());
      RETURN 'claimed';
  END $$;`;
const claimBroken = (broken: LedgerFixture) => (accountId: AccountId) =>
  wordOf(broken.db, sql`SELECT broken.claim(${accountId})`);

test('three steps that find too little start one top-up', async () => {
  const told = await execution(sound, async (accountId) => {
    const wanted = { expected: credits(450n), priceCents: cents(100n), cooldownSeconds: 0n };
    const claim = await claimAutoTopUp(sound.db, wantedClaim(accountId, wanted));
    return claim.kind === 'claimed' ? 'claimed' : claim.because;
  });
  expect(told.toSorted()).toEqual(['charge-under-way', 'charge-under-way', 'claimed']);
});

test('even by a verb that does not look, for the table has the last word', () =>
  inBrokenLedger(NO_LOOK, async (broken) => {
    expect((await execution(broken, claimBroken(broken))).toSorted()).toEqual(['23505', '23505', 'claimed']);
  }));

test('the scenario bites: without the table’s word there are three', () =>
  inBrokenLedger(`DROP INDEX top_ups_one_auto_live; ${NO_LOOK}`, async (broken) => {
    expect(await execution(broken, claimBroken(broken))).toEqual(['claimed', 'claimed', 'claimed']);
  }));
