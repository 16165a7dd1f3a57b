import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { mirrorCreditNote, mirrorInvoice as keep } from '@/lib/db/invoices';
import { findAccountOfCustomer } from '@/lib/db/stripe-customers';
import { readInvoiceForList } from '@/lib/stripe/documents';

/** Asks Stripe for an invoice and its credit notes, and keeps what a list shows of them. Those of no account are left alone. */
export async function mirrorInvoice({ db }: Ctx, id: string): Promise<void> {
  const said = await readInvoiceForList(id);
  const accountId = said === null ? null : await findAccountOfCustomer(db, said.customer);
  if (said === null || accountId === null) return;
  await inTransaction(db, async (tx) => {
    await keep(tx, accountId, said.invoice);
    for (const note of said.creditNotes) await mirrorCreditNote(tx, { accountId, invoice: id }, note);
  });
}
