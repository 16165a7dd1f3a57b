import { StripeError } from '../errors';
import { emit } from '../events';
import type { Context } from '../world';
import { attemptInvoice, methodFor } from './collect';
import { finalizeInvoice } from './finalize';

/** The hour has come for a draft that advances by itself. */
export const advanceInvoice = (ctx: Context, id: string): void => {
  const draft = ctx.store.invoices.get(id);
  if (draft?.status !== 'draft' || draft.auto_advance !== true) return;
  try {
    const opened = finalizeInvoice(ctx, draft);
    const method = ctx.store.payment_methods.get(methodFor(ctx, opened) ?? '');
    if (opened.status !== 'open' || opened.collection_method === 'send_invoice' || method === null) return;
    attemptInvoice(ctx, opened, { method, offSession: true, returnUrl: null });
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
  }
};

export const overdueInvoice = (ctx: Context, id: string): void => {
  const invoice = ctx.store.invoices.get(id);
  if (invoice?.status === 'open') emit(ctx, 'invoice.overdue', invoice);
};
