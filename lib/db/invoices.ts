import sql from 'sql-template-tag';

import type { CreditNote, Invoice } from '@/lib/domain/invoice';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** Keeps an invoice as Stripe last said. What an earlier answer says of its status never undoes a later one's. */
export async function mirrorInvoice(tx: Tx, accountId: AccountId, invoice: Invoice): Promise<void> {
  await tx.query(sql`
    INSERT INTO invoices (account_id, id, number, status, currency, subtotal_cents, tax_cents, total_cents, issued_at)
    VALUES (${accountId}, ${invoice.id}, ${invoice.number}, ${invoice.status}::invoice_status, ${invoice.currency},
            ${invoice.subtotal}, ${invoice.tax}, ${invoice.total}, ${invoice.issuedAt})
    ON CONFLICT (account_id, id) DO UPDATE SET status = greatest(invoices.status, excluded.status)`);
}

export async function mirrorCreditNote(
  tx: Tx,
  { accountId, invoice }: { accountId: AccountId; invoice: string },
  note: CreditNote,
): Promise<void> {
  await tx.query(sql`
    INSERT INTO credit_notes (account_id, id, invoice_id, number, status, total_cents, issued_at)
    VALUES (${accountId}, ${note.id}, ${invoice}, ${note.number}, ${note.status}::credit_note_status, ${note.total}, ${note.issuedAt})
    ON CONFLICT (account_id, id) DO UPDATE SET status = greatest(credit_notes.status, excluded.status)`);
}

export async function hasInvoice(
  db: Queryable,
  { accountId, id }: { accountId: AccountId; id: string },
): Promise<boolean> {
  const rows = await db.query(sql`SELECT 1 FROM invoices WHERE account_id = ${accountId} AND id = ${id}`);
  return rows.length === 1;
}

export async function hasCreditNote(
  db: Queryable,
  { accountId, id }: { accountId: AccountId; id: string },
): Promise<boolean> {
  const rows = await db.query(sql`SELECT 1 FROM credit_notes WHERE account_id = ${accountId} AND id = ${id}`);
  return rows.length === 1;
}
