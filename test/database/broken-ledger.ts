import type { Sql } from 'sql-template-tag';

import type { Queryable } from '@/lib/db/database';

import { ledgerFixture, type LedgerFixture } from './ledger-fixtures';

/**
 * A ledger of its own that has a verb with a known mistake, in a schema `broken`. What the same scenario does to it shows
 * that the scenario can fail.
 */
export async function inBrokenLedger(
  definition: string,
  work: (ledger: LedgerFixture) => Promise<void>,
): Promise<void> {
  const ledger = await ledgerFixture();
  try {
    await ledger.asOwner(`CREATE SCHEMA broken; GRANT USAGE ON SCHEMA broken TO coffer_app; ${definition}`);
    await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** The database's last word taken away: two entries, or two grants, may have one reference. */
export const REFERENCES_MAY_REPEAT =
  'DROP INDEX entries_account_id_kind_reference_key, grants_account_id_kind_reference_key;';

/** The one word that a broken verb says, or the code of the error that the database raised. */
export async function wordOf(db: Queryable, call: Sql): Promise<string> {
  try {
    const [row] = await db.query<Record<string, string>>(call);
    return Object.values(row ?? {})[0] ?? 'nothing';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** Adds credits to a balance that it read before, without a lock. */
export const UNLOCKED_CREDIT = `CREATE FUNCTION broken.credit(p_account bigint, p_amount bigint, p_reference text) RETURNS text
   LANGUAGE plpgsql SECURITY DEFINER AS $$
   DECLARE
       v_balance balances;
   BEGIN
       SELECT * INTO v_balance FROM balances WHERE account_id = p_account;
       UPDATE balances SET balance = v_balance.balance + p_amount, seq = seq + 1 WHERE account_id = p_account
       RETURNING * INTO v_balance;
       INSERT INTO entries (account_id, seq, kind, delta, balance_after, reference, created_at)
       VALUES (p_account, v_balance.seq, 'bonus', p_amount, v_balance.balance, p_reference, ledger.now());
       RETURN 'applied';
   END $$`;
