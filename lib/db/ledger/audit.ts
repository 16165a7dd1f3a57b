import sql from 'sql-template-tag';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** A broken invariant, by its number and name; of no one account where it concerns all. */
export type Broken = { invariant: string; accountId: AccountId | null; detail: string };

/** What is wrong with the ledger and its roll-ups, or with these accounts of it; nothing when all is sound. */
export const auditLedger = (db: Queryable, accounts: readonly AccountId[] | null = null): Promise<Broken[]> =>
  db.query(sql`
    SELECT invariant, account_id AS "accountId", detail FROM ledger.audit(${accounts}::bigint[])
    UNION ALL
    SELECT invariant, account_id, detail FROM ledger.audit_usage(${accounts}::bigint[])
    ORDER BY 1, 2`);
