import { docUrl, invalidRequest, StripeError } from '../errors';
import { emit } from '../events';
import type { Attempt } from '../intents/machine';
import { pay, type PaymentOutcome } from '../intents/payments';
import type { Invoice, PaymentIntent } from '../objects';
import { knownCustomer } from '../resources/customers';
import { defaultPayment, markPaymentPaid, paymentFor } from '../resources/invoice-payments';
import type { Context } from '../world';
import { credit } from './credit';
import { keepInvoice } from './draft';

/** What an attempt on an intent means for its invoice, if it pays one. */
export const settleInvoice = (ctx: Context, { kind, intent }: PaymentOutcome): void => {
  const payment = paymentFor(ctx, intent.id);
  const invoice = payment === null ? null : ctx.store.invoices.get(payment.invoice);
  if (payment === null || payment.status !== 'open' || invoice === null || invoice.status === 'paid') return;
  const attempted = payment.is_default ? { attempt_count: invoice.attempt_count + 1, attempted: true } : {};
  if (kind === 'succeeded') {
    if (intent.status !== 'succeeded') return;
    markPaymentPaid(ctx, payment, intent.amount_received);
    credit(ctx, invoice, intent.amount_received, attempted);
    return;
  }
  if (!payment.is_default) return;
  const after = keepInvoice(ctx, invoice, { ...invoice, ...attempted });
  if (kind === 'requires_action') emit(ctx, 'invoice.payment_action_required', after);
  if (kind === 'declined' || ctx.switches.actionRequired === 'with_payment_failed') {
    emit(ctx, 'invoice.payment_failed', after);
  }
};

const needsItsHolder = (intent: PaymentIntent): StripeError =>
  new StripeError(402, {
    type: 'card_error',
    code: 'invoice_payment_intent_requires_action',
    doc_url: docUrl('invoice_payment_intent_requires_action'),
    message: 'This invoice requires additional user action before it can be paid successfully.',
    payment_intent: intent,
  });

/** The intent of an open invoice. */
export const intentOf = (ctx: Context, invoice: Invoice): PaymentIntent => {
  const id = defaultPayment(ctx, invoice.id)?.payment.payment_intent;
  const intent = id === undefined ? null : ctx.store.payment_intents.get(id);
  if (intent === null) throw new Error(`${invoice.id} is ${invoice.status ?? ''} and has no intent`);
  return intent;
};

/** Stripe refuses to take money twice, or for nothing. */
export const requirePayable = ({ switches }: Context, invoice: Invoice): void => {
  if (invoice.status === 'paid') {
    const code = switches.paidInvoiceRefusal === 'with_code' ? { code: 'invoice_not_editable' } : {};
    throw invalidRequest('Invoice is already paid', code);
  }
  if (invoice.status === 'void') throw invalidRequest("You can't pay an invoice that has been voided.");
};

/** Tries to take the money of an invoice with a card. */
export const attemptInvoice = (
  ctx: Context,
  invoice: Invoice,
  attempt: Omit<Attempt, 'keep' | 'onChallenge'> & { keep?: Attempt['keep'] },
): PaymentOutcome => {
  requirePayable(ctx, invoice);
  const waits = ctx.switches.offSessionChallenge === 'requires_action';
  const outcome = pay(ctx, intentOf(ctx, invoice), {
    keep: null,
    ...attempt,
    onChallenge: waits ? 'wait' : 'refuse',
  });
  settleInvoice(ctx, outcome);
  return outcome;
};

/** Pays as the API does: what is not paid by the end of the call is a 402. */
export const payInvoice = (
  ctx: Context,
  invoice: Invoice,
  attempt: Omit<Attempt, 'keep' | 'onChallenge'>,
): Invoice => {
  const outcome = attemptInvoice(ctx, invoice, attempt);
  if (outcome.kind === 'declined') throw outcome.error;
  if (outcome.kind === 'requires_action') throw needsItsHolder(outcome.intent);
  return ctx.store.invoices.get(invoice.id) ?? invoice;
};

/** The card that an invoice is charged to when none is named. */
export const methodFor = (ctx: Context, invoice: Invoice): string | null =>
  invoice.default_payment_method ??
  knownCustomer(ctx, invoice.customer ?? '').invoice_settings.default_payment_method;
