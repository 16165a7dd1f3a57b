import { emit, emitUpdate } from '../events';
import { cancelIntent } from '../intents/payments';
import type { Invoice, PaymentIntent } from '../objects';
import { cancelPayment, defaultPayment } from '../resources/invoice-payments';
import type { Context } from '../world';
import { intentOf, markPaid, requirePayable, tellPaid } from './collect';
import { keepInvoice, notEditable } from './draft';

const giveUpPayment = (ctx: Context, invoice: Invoice, reason: PaymentIntent['cancellation_reason']) => {
  const payment = defaultPayment(ctx, invoice.id);
  if (payment === null || payment.status !== 'open') return;
  const intent = ctx.store.payment_intents.get(payment.payment.payment_intent ?? '');
  if (intent !== null && intent.status !== 'canceled') cancelIntent(ctx, intent, reason);
  cancelPayment(ctx, payment);
};

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
    ctx.store.payment_intents.put({ ...intentOf(ctx, invoice), amount: left });
    return keepInvoice(ctx, invoice, credited);
  }
  giveUpPayment(ctx, invoice, 'void_invoice');
  const paid = markPaid(ctx, credited);
  emitUpdate(ctx, 'invoice.updated', invoice, paid);
  tellPaid(ctx, paid);
  return paid;
};

/** Paid by wire or by cheque: the money came another way, and the intent is not needed. */
export const payOutOfBand = (ctx: Context, invoice: Invoice): Invoice => {
  requirePayable(invoice);
  giveUpPayment(ctx, invoice, 'void_invoice');
  const paid = markPaid(ctx, invoice, { amount_paid_off_stripe: invoice.amount_due });
  emitUpdate(ctx, 'invoice.updated', invoice, paid);
  tellPaid(ctx, paid);
  return paid;
};

export const voidInvoice = (ctx: Context, invoice: Invoice): Invoice => {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw notEditable(
      `You can only void open or uncollectible invoices. This invoice is ${invoice.status ?? ''}.`,
    );
  }
  giveUpPayment(ctx, invoice, 'void_invoice');
  const voided = keepInvoice(ctx, invoice, {
    ...invoice,
    amount_remaining: 0,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: ctx.clock.seconds() },
  });
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
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: ctx.clock.seconds() },
  });
  emit(ctx, 'invoice.marked_uncollectible', marked);
  return marked;
};
