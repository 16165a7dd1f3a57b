import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { cancelIntent } from '../intents/payments';
import type { Invoice, PaymentIntent } from '../objects';
import { moveBalance } from '../resources/customer-balance-transactions';
import { knownCustomer } from '../resources/customers';
import {
  cancelPayment,
  markPaymentPaid,
  openPayment,
  paymentFor,
  paymentsOf,
} from '../resources/invoice-payments';
import { hourFor } from '../test-clock';
import type { Context } from '../world';
import { keepInvoice, notEditable } from './draft';

export const markPaid = (ctx: Context, invoice: Invoice, more: Partial<Invoice> = {}): Invoice => {
  const now = hourFor(ctx, invoice);
  return ctx.store.invoices.put({
    ...invoice,
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: now },
    webhooks_delivered_at: now,
    ...more,
  });
};

export const tellPaid = (ctx: Context, invoice: Invoice) => {
  emit(ctx, 'invoice.paid', invoice);
  emit(ctx, 'invoice.payment_succeeded', invoice);
};

/** Nothing more is asked of the payments of an invoice; its own intent ends with it. */
export const giveUpPayments = (ctx: Context, invoice: Invoice): void => {
  for (const payment of paymentsOf(ctx, invoice.id).data.filter(({ status }) => status === 'open')) {
    const intent = ctx.store.payment_intents.get(payment.payment.payment_intent ?? '');
    if (payment.is_default && intent !== null && intent.status !== 'canceled') {
      cancelIntent(ctx, intent, 'void_invoice');
    }
    cancelPayment(ctx, payment);
  }
};

/** The intent of an invoice asks for what is still left of it. */
export const askFor = (ctx: Context, invoice: Invoice, left: number): void => {
  const payment = paymentsOf(ctx, invoice.id).data.find((one) => one.is_default && one.status === 'open');
  const intent = ctx.store.payment_intents.get(payment?.payment.payment_intent ?? '');
  if (intent !== null) ctx.store.payment_intents.put({ ...intent, amount: left });
};

/** More came than was asked for: the rest is the customer's. */
const overpay = (ctx: Context, invoice: Invoice, amount: number) => {
  if (amount === 0) return;
  const { currency, customer, id } = invoice;
  const move = { amount: -amount, currency, invoice: id, type: 'invoice_overpaid' as const };
  moveBalance(ctx, knownCustomer(ctx, customer ?? ''), move);
  emit(ctx, 'invoice.overpaid', invoice);
};

/** Money came for an invoice: a part of it, all of it, or more. */
export const credit = (
  ctx: Context,
  invoice: Invoice,
  amount: number,
  more: Partial<Invoice> = {},
): Invoice => {
  const paid = invoice.amount_paid + amount;
  const left = invoice.amount_due - paid;
  if (left > 0) {
    askFor(ctx, invoice, left);
    return keepInvoice(ctx, invoice, { ...invoice, ...more, amount_paid: paid, amount_remaining: left });
  }
  giveUpPayments(ctx, invoice);
  const over = Math.max(0, -left);
  const done = markPaid(ctx, invoice, { ...more, amount_paid: paid, amount_overpaid: over });
  emitUpdate(ctx, 'invoice.updated', invoice, done);
  tellPaid(ctx, done);
  overpay(ctx, done, over);
  return done;
};

/** Lets an intent that was made apart pay for an invoice, now if it has succeeded and else when it does. */
export const attachPayment = (ctx: Context, invoice: Invoice, intent: PaymentIntent): Invoice => {
  if (invoice.status !== 'open') {
    throw notEditable(
      `You can only attach payments to open invoices. This invoice is ${invoice.status ?? ''}.`,
    );
  }
  if (intent.customer !== invoice.customer || intent.currency !== invoice.currency) {
    throw invalidRequest('The customer and the currency of the payment must be those of the invoice.', {
      param: 'payment_intent',
    });
  }
  if (intent.status === 'canceled' || paymentFor(ctx, intent.id) !== null) {
    throw invalidRequest(
      intent.status === 'canceled'
        ? 'A canceled PaymentIntent cannot be attached to an invoice.'
        : 'This PaymentIntent is attached to an invoice already.',
      { code: 'intent_invalid_state', param: 'payment_intent' },
    );
  }
  const payment = openPayment(ctx, invoice, intent, { isDefault: false });
  if (intent.status !== 'succeeded') return invoice;
  markPaymentPaid(ctx, payment, intent.amount_received);
  return credit(ctx, invoice, intent.amount_received);
};
