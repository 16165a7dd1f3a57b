import type { AccountCtx } from '@/lib/db/context';
import { hasCreditNote, hasInvoice } from '@/lib/db/invoices';
import { listStripeCustomers } from '@/lib/db/stripe-customers';
import { AppError } from '@/lib/domain/app-error';
import type { InvoiceDocument } from '@/lib/domain/invoice';
import { type DocumentAddress, readCreditNoteAddress, readDocumentAddress } from '@/lib/stripe/documents';

const notThere = () => new AppError('not_found', 'There is no such document.');

/** Where a document of one of the account's invoices is at Stripe at this moment. */
export async function openInvoiceDocument(
  ctx: AccountCtx,
  { id, document }: { id: string; document: InvoiceDocument },
): Promise<string> {
  if (!(await hasInvoice(ctx.db, { accountId: ctx.accountId, id }))) throw notThere();
  return ownUrl(ctx, await readDocumentAddress(id, document));
}

export async function openCreditNote(ctx: AccountCtx, { id }: { id: string }): Promise<string> {
  if (!(await hasCreditNote(ctx.db, { accountId: ctx.accountId, id }))) throw notThere();
  return ownUrl(ctx, await readCreditNoteAddress(id));
}

/** Whose it is, Stripe is asked too: a wrong row here must not open another customer's invoice. */
async function ownUrl({ db, accountId }: AccountCtx, { customer, url }: DocumentAddress): Promise<string> {
  const isOwn = customer !== null && (await listStripeCustomers(db, accountId)).includes(customer);
  if (!isOwn || url === null) throw notThere();
  return url;
}
