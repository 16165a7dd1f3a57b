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
