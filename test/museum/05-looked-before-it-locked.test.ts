/**
 * A customer of AutoGPT had a $50 top-up applied twice, because whether it was there already was asked before the
 * transaction that locked (AutoGPT PR 10672). Here the question comes after the lock, and an index has the last word.
 */
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AccountId } from '@/lib/db/context';
import { credit } from '@/lib/db/ledger';
import { credits } from '@/lib/domain/credits';
import { atOnce } from '@/test/database/at-once';
import { inBrokenLedger, REFERENCES_MAY_REPEAT, wordOf } from '@/test/database/broken-ledger';
import { leftOf } from '@/test/database/ledger-account';
import { ledgerFixture, type LedgerFixture } from '@/test/database/ledger-fixtures';

let sound: LedgerFixture;
beforeAll(async () => {
  sound = await ledgerFixture();
});
afterAll(() => sound.close());

const TELLERS = 6;
const APPLIED_ONCE = ['applied', ...Array.from({ length: TELLERS - 1 }, () => 'replayed')];
/** The same top-up told by so many at once: what each was answered, and the grants that came of it. */
async function toldAtOnce(ledger: LedgerFixture, tell: (accountId: AccountId) => Promise<string>) {
  const accountId = await ledger.newAccount();
  const tellers = Array.from({ length: TELLERS }, () => () => tell(accountId));
  const answers = await atOnce(ledger, accountId, tellers);
  return { answers: answers.toSorted(), grants: await leftOf(ledger, accountId) };
}

const tellOurs =
  ({ db }: LedgerFixture) =>
  async (accountId: AccountId) =>
    (await credit(db, { accountId, amount: credits(50n), kind: 'bonus', reference: 'pi_1' })).status;

const LOOKS_BEFORE_IT_LOCKS = `
  CREATE FUNCTION broken.credit(p_account bigint, p_amount bigint, p_reference text) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER AS $$
  DECLARE
      v_request ledger.request;
  BEGIN
      PERFORM FROM entries WHERE account_id = p_account AND kind = 'bonus' AND reference = p_reference;
      IF FOUND THEN
          RETURN 'replayed';
      END IF;
      PERFORM FROM balances WHERE account_id = p_account FOR NO KEY UPDATE;
      v_request.kind := 'bonus';
      v_request.reference := p_reference;
      PERFORM ledger._open_grants(p_account, ledger.now());
      PERFORM ledger._give(p_account, p_amount, v_request, NULL, 0, ledger.now());
      PERFORM ledger._pick_head(p_account, ledger.now());
      RETURN 'applied';
  END $$;`;
const tellBroken =
  ({ db }: LedgerFixture) =>
  (accountId: AccountId) =>
    wordOf(db, sql`SELECT broken.credit(${accountId}, 50, 'pi_1')`);

test('a top-up told by six at once is applied once', async () => {
  expect(await toldAtOnce(sound, tellOurs(sound))).toEqual({ answers: APPLIED_ONCE, grants: [50] });
});

test('even without the index, for the question comes after the lock', () =>
  inBrokenLedger(REFERENCES_MAY_REPEAT, async (ledger) => {
    expect(await toldAtOnce(ledger, tellOurs(ledger))).toEqual({ answers: APPLIED_ONCE, grants: [50] });
  }));

test('even where the question comes too early, for the index has the last word', () =>
  inBrokenLedger(LOOKS_BEFORE_IT_LOCKS, async (ledger) => {
    const { answers, grants } = await toldAtOnce(ledger, tellBroken(ledger));
    expect(answers).toEqual([...Array.from({ length: TELLERS - 1 }, () => '23505'), 'applied']);
    expect(grants).toEqual([50]);
  }));

test('the scenario bites: with neither, it is applied six times', () =>
  inBrokenLedger(`${REFERENCES_MAY_REPEAT} ${LOOKS_BEFORE_IT_LOCKS}`, async (ledger) => {
    const { answers, grants } = await toldAtOnce(ledger, tellBroken(ledger));
    expect(answers).toEqual(Array.from({ length: TELLERS }, () => 'applied'));
    expect(grants).toHaveLength(TELLERS);
  }));
