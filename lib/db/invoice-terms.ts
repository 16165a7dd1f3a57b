import sql from 'sql-template-tag';

import type { LocalMonth } from '@/lib/domain/statement';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** Of an account that uses first and pays by an invoice at each month's end. */
export type InvoiceTerms = { netDays: number; poNumber: string | null; firstMonth: LocalMonth };

/** Null where it pays in advance. */
export async function lockInvoiceTerms(tx: Tx, accountId: AccountId): Promise<InvoiceTerms | null> {
  const [row] = await tx.query<InvoiceTerms>(sql`
    SELECT net_days AS "netDays", po_number AS "poNumber", first_month AS "firstMonth" FROM invoice_terms
     WHERE account_id = ${accountId} AND ended_at IS NULL FOR UPDATE`);
  return row ?? null;
}

/** Sets or changes them. Those that stood keep their first month. */
export async function keepInvoiceTerms(
  tx: Tx,
  accountId: AccountId,
  { netDays, poNumber, firstMonth, at }: InvoiceTerms & { at: Date },
): Promise<void> {
  await tx.query(sql`
    INSERT INTO invoice_terms AS t (account_id, net_days, po_number, first_month, changed_at)
    VALUES (${accountId}, ${netDays}, ${poNumber}, ${firstMonth}, ${at})
    ON CONFLICT (account_id) DO UPDATE
       SET net_days = excluded.net_days, po_number = excluded.po_number, changed_at = excluded.changed_at, ended_at = NULL,
           first_month = CASE WHEN t.ended_at IS NULL THEN t.first_month ELSE excluded.first_month END`);
}

export async function endInvoiceTerms(tx: Tx, accountId: AccountId, at: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE invoice_terms SET ended_at = ${at}, changed_at = ${at}
     WHERE account_id = ${accountId} AND ended_at IS NULL RETURNING account_id`);
  return rows.length === 1;
}

export async function listAccountsOnTerms(db: Queryable): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(
    sql`SELECT account_id AS id FROM invoice_terms WHERE ended_at IS NULL ORDER BY account_id`,
  );
  return rows.map(({ id }) => id);
}
