import { emit } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page, whole, type List } from '../lists';
import type { Invoice, InvoicePayment, PaymentIntent } from '../objects';
import { get, type Operation } from '../operations';
import { missing, oneOf, required, shape, text, unmodelled } from '../params';
import type { Context } from '../world';

/** What an invoice asks of a PaymentIntent: open until it is paid or given up. */
export const openPayment = (
  ctx: Context,
  invoice: Invoice,
  intent: PaymentIntent,
  { isDefault }: { isDefault: boolean } = { isDefault: true },
): InvoicePayment =>
  ctx.store.invoice_payments.put({
    id: newId('invoice_payment'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: isDefault ? invoice.amount_due : intent.amount,
    created: ctx.clock.seconds(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: isDefault,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });

export const markPaymentPaid = (
  ctx: Context,
  payment: InvoicePayment,
  amount: number = payment.amount_requested,
): InvoicePayment => {
  const paid = ctx.store.invoice_payments.put({
    ...payment,
    amount_paid: amount,
    status: 'paid',
    status_transitions: { ...payment.status_transitions, paid_at: ctx.clock.seconds() },
  });
  emit(ctx, 'invoice_payment.paid', paid);
  return paid;
};

export const cancelPayment = (ctx: Context, payment: InvoicePayment): InvoicePayment =>
  ctx.store.invoice_payments.put({
    ...payment,
    status: 'canceled',
    status_transitions: { ...payment.status_transitions, canceled_at: ctx.clock.seconds() },
  });

const among = (ctx: Context, by: 'invoice' | 'payment_intent', is: string): InvoicePayment[] => [
  ...ctx.store.invoice_payments.newestFirst(undefined, { by, is }),
];

/** The payments of an invoice, which Stripe shows only when asked to expand them. */
export const paymentsOf = (ctx: Context, invoice: string): List<InvoicePayment> =>
  whole(among(ctx, 'invoice', invoice), '/v1/invoice_payments');

/** The one intent that an invoice waits for. */
export const defaultPayment = (ctx: Context, invoice: string): InvoicePayment | null =>
  among(ctx, 'invoice', invoice).find((payment) => payment.is_default) ?? null;

/** The invoice behind an intent, by way of its payment. */
export const paymentFor = (ctx: Context, intent: string): InvoicePayment | null =>
  among(ctx, 'payment_intent', intent)[0] ?? null;

/** With what Stripe.js would confirm the payment of an open invoice. */
export const confirmationSecretOf = (ctx: Context, invoice: string): object | null => {
  const payment = defaultPayment(ctx, invoice);
  const intent = ctx.store.payment_intents.get(payment?.payment.payment_intent ?? '');
  return payment?.status !== 'open' || intent === null
    ? null
    : { client_secret: intent.client_secret, type: 'payment_intent' };
};

const filters = shape({
  ...dated,
  invoice: text(),
  payment: shape({
    type: required(oneOf('payment_intent', 'payment_record')),
    payment_intent: text(),
    ...unmodelled('payment_record'),
  }),
  status: oneOf('open', 'paid', 'canceled'),
});

export const invoicePayments: Operation[] = [
  get('/v1/invoice_payments', 'list of invoice_payment', filters, (ctx, params) => {
    const intent = params.payment?.payment_intent;
    if (params.payment !== undefined && intent === undefined) {
      throw missing('payment[payment_intent]');
    }
    return page(ctx.store.invoice_payments, {
      url: '/v1/invoice_payments',
      kind: 'invoice_payment',
      params,
      among: { invoice: params.invoice, payment_intent: intent },
      where: (payment) =>
        (params.invoice === undefined || payment.invoice === params.invoice) &&
        (params.status === undefined || payment.status === params.status) &&
        (intent === undefined || payment.payment.payment_intent === intent),
    });
  }),
  get('/v1/invoice_payments/:id', 'invoice_payment', shape({}), (ctx, _params, { id }) =>
    known(ctx.store.invoice_payments, 'invoice_payment', id),
  ),
];
