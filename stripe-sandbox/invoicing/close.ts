import { emit, emitUpdate } from '../events';
import type { Invoice } from '../objects';
import { moveBalance } from '../resources/customer-balance-transactions';
import { knownCustomer } from '../resources/customers';
import { hourFor } from '../test-clock';
import type { Context } from '../world';
import { requirePayable } from './collect';
import { askFor, giveUpPayments, markPaid, tellPaid } from './credit';
import { keepInvoice, notEditable } from './draft';

/** Less is asked of an open invoice, and of its intent; an invoice of which nothing is left is paid. */
export const creditOpenInvoice = (ctx: Context, invoice: Invoice, amount: number): Invoice => {
  const left = invoice.amount_remaining - amount;
  const credited: Invoice = {
    ...invoice,
    amount_due: invoice.amount_due - amount,
    amount_remaining: left,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + amount,
  };
  if (left > 0) {
    askFor(ctx, invoice, left);
    return keepInvoice(ctx, invoice, credited);
  }
  giveUpPayments(ctx, invoice);
  const paid = markPaid(ctx, credited);
  emitUpdate(ctx, 'invoice.updated', invoice, paid);
  tellPaid(ctx, paid);
  return paid;
};

/** Paid by wire or by cheque: the money came another way, and the intent is not needed. */
export const payOutOfBand = (ctx: Context, invoice: Invoice): Invoice => {
  requirePayable(ctx, invoice);
  giveUpPayments(ctx, invoice);
  const paid = markPaid(ctx, invoice, { amount_paid_off_stripe: invoice.amount_remaining });
  emitUpdate(ctx, 'invoice.updated', invoice, paid);
  tellPaid(ctx, paid);
  return paid;
};

/** The balance that a voided invoice had taken, or asked for, is as it was before. */
const giveBack = (ctx: Context, { id, currency, customer, ...invoice }: Invoice) => {
  const amount = invoice.starting_balance - (invoice.ending_balance ?? 0);
  if (amount === 0) return;
  moveBalance(ctx, knownCustomer(ctx, customer ?? ''), {
    amount,
    currency,
    invoice: id,
    type: 'unapplied_from_invoice',
  });
};

export const voidInvoice = (ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw notEditable(
      `You can only void open or uncollectible invoices. This invoice is ${invoice.status ?? ''}.`,
    );
  }
  giveUpPayments(ctx, invoice);
  const voided = keepInvoice(ctx, invoice, {
    ...invoice,
    amount_remaining: 0,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: hourFor(ctx, invoice) },
  });
  giveBack(ctx, voided);
  emit(ctx, 'invoice.voided', voided);
  return voided;
};

export const markUncollectible = (ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open') {
    throw notEditable(
      `You can only mark open invoices as uncollectible. This invoice is ${invoice.status ?? ''}.`,
    );
  }
  const marked = keepInvoice(ctx, invoice, {
    ...invoice,
    status: 'uncollectible',
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: hourFor(ctx, invoice) },
  });
  emit(ctx, 'invoice.marked_uncollectible', marked);
  return marked;
};
