import sql from 'sql-template-tag';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

/** A broken invariant, by its number and name; of no one account where it concerns all. */
export type Broken = { invariant: string; accountId: AccountId | null; detail: string };

/** What is wrong with the ledger, or with these accounts of it; nothing when it is sound. */
export const auditLedger = (db: Queryable, accounts: readonly AccountId[] | null = null): Promise<Broken[]> =>
  db.query(
    sql`SELECT invariant, account_id AS "accountId", detail FROM ledger.audit(${accounts}::bigint[]) ORDER BY 1, 2`,
  );

/** An account, and the entry up to which its next audit reaches at least. */
export type AuditMark = { accountId: AccountId; seq: bigint };

/** Accounts that changed since their last audit, or had none for a day. */
export const accountsToAudit = (db: Queryable, limit: number): Promise<AuditMark[]> =>
  db.query(sql`SELECT account_id AS "accountId", seq FROM ledger.accounts_to_audit(${limit})`);

/** Remembers what was audited. Read the marks before the audit: what changes in between is audited again. */
export async function markAudited(db: Queryable, marks: readonly AuditMark[]): Promise<void> {
  const accounts = marks.map(({ accountId }) => accountId);
  const seqs = marks.map(({ seq }) => seq);
  await db.query(sql`SELECT ledger.mark_audited(${accounts}::bigint[], ${seqs}::bigint[])`);
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
export async function thawAccount(db: Queryable, accountId: AccountId): Promise<boolean> {
  const [row] = await db.query<{ done: boolean }>(sql`SELECT ledger.thaw_account(${accountId}) AS done`);
  return row?.done === true;
}
