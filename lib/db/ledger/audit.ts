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

/** Accounts that changed since their last audit, or had none for a day. */
export async function accountsToAudit(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(
    sql`SELECT account_id AS id FROM ledger.accounts_to_audit(${limit})`,
  );
  return rows.map(({ id }) => id);
}

/** Audits one account, and remembers up to which entry: what was entered meanwhile is audited again. */
export async function auditAccount(db: Queryable, accountId: AccountId): Promise<Broken[]> {
  const [before] = await db.query<{ seq: bigint }>(
    sql`SELECT seq FROM balances WHERE account_id = ${accountId}`,
  );
  const broken = await auditLedger(db, [accountId]);
  await db.query(sql`SELECT ledger.mark_audited(${accountId}, ${before?.seq ?? 0n})`);
  return broken;
}

/** True where it was not frozen before. What is frozen stays so until somebody thaws it. */
export async function freezeAccount(
  db: Queryable,
  { accountId, because }: { accountId: AccountId; because: string },
): Promise<boolean> {
  const [row] = await db.query<{ done: boolean }>(
    sql`SELECT ledger.freeze_account(${accountId}, ${because}) AS done`,
  );
  return row?.done === true;
}

/** True where it was frozen until now. */
/** Why an account is frozen; null where it is not. */
export async function findFreeze(db: Queryable, accountId: AccountId): Promise<string | null> {
  const [row] = await db.query<{ because: string | null }>(
    sql`SELECT frozen_because AS because FROM accounts WHERE account_id = ${accountId} AND frozen_at IS NOT NULL`,
  );
  return row?.because ?? null;
}

export async function thawAccount(db: Queryable, accountId: AccountId): Promise<boolean> {
  const [row] = await db.query<{ done: boolean }>(sql`SELECT ledger.thaw_account(${accountId}) AS done`);
  return row?.done === true;
}
