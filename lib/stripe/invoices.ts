import { Stripe } from 'stripe';

import { cents, type Cents } from '@/lib/domain/credits';
import { exactNumber } from '@/lib/domain/number-of';
import type { ChargedInvoice } from '@/lib/domain/top-up';
import { env } from '@/lib/env';

import { TAX_CODE } from './checkout';
import { stripe } from './client';
import { createOnce, stepOnce } from './create-once';
import { nullWhenCustomerGone } from './customers';
import { nullWhenMissing } from './missing';
import { isAuthentication } from './payments';
import { orUnavailable } from './unavailable';

type NewInvoice = { topUpId: string; accountId: string; customer: string; currency: string };

/**
 * A draft for one top-up; null when its customer is gone at Stripe. A draft is never charged by itself, so that a second
 * one, which a bad minute at Stripe may leave behind, costs nobody anything: keep the first, and charge no other.
 */
export async function draftInvoice({
  topUpId,
  accountId,
  customer,
  currency,
}: NewInvoice): Promise<string | null> {
  const drafting = createOnce(`topup/${topUpId}/invoice/${customer}`, (options) =>
    stripe().invoices.create(
      {
        customer,
        currency,
        collection_method: 'charge_automatically',
        auto_advance: false,
        pending_invoice_items_behavior: 'exclude',
        payment_settings: { payment_method_types: ['card'] },
        ...(env().STRIPE_TAX === 'automatic' ? { automatic_tax: { enabled: true } } : {}),
        description: 'Automatic top-up',
        metadata: { topup_id: topUpId, account_id: accountId },
      },
      options,
    ),
  );
  return (await drafting.catch(nullWhenCustomerGone))?.id ?? null;
}

/** Puts what is bought on the empty draft of a top-up. */
export async function addToInvoice(
  { invoice, customer, currency }: ChargedInvoice,
  bought: { topUpId: string; description: string; price: Cents },
): Promise<void> {
  await stepOnce(`topup/${bought.topUpId}/item/${invoice}`, (options) =>
    stripe().invoiceItems.create(
      {
        customer: customer ?? '',
        invoice,
        currency,
        amount: exactNumber(bought.price),
        description: bought.description,
        tax_behavior: 'exclusive',
        tax_code: TAX_CODE,
        discountable: false,
        metadata: { topup_id: bought.topUpId },
      },
      options,
    ),
  );
}

/** Makes the draft one that can be paid, and is not charged by itself. */
export async function finalizeInvoice({ invoice }: ChargedInvoice): Promise<void> {
  await stepOnce(`invoice/${invoice}/finalize`, (options) =>
    stripe().invoices.finalizeInvoice(invoice, { auto_advance: false }, options),
  );
}

/** Charges a card without the customer. What the bank said is read from the invoice, as everything is. */
export async function payInvoice({ invoice }: ChargedInvoice, paymentMethod: string): Promise<void> {
  await stepOnce(`invoice/${invoice}/pay/${paymentMethod}`, (options) =>
    stripe().invoices.pay(invoice, { payment_method: paymentMethod, off_session: true }, options),
  ).catch((error: unknown) => {
    if (!(error instanceof Stripe.errors.StripeCardError)) throw error;
  });
}

/** Sees to it that nobody can pay the invoice any more. A draft is finalized first: only then can it be void. */
export async function voidInvoice(invoice: ChargedInvoice): Promise<void> {
  if (invoice.state === 'ready') await finalizeInvoice(invoice);
  await stepOnce(`invoice/${invoice.invoice}/void`, (options) =>
    stripe().invoices.voidInvoice(invoice.invoice, {}, options),
  );
}

/** Where the customer can pay the invoice on Stripe's own page. Fetched when it is wanted: it does not last. */
export async function readInvoicePage(id: string): Promise<string | null> {
  return (await orUnavailable(stripe().invoices.retrieve(id))).hosted_invoice_url ?? null;
}

/** What Stripe says now, in our words. */
export async function readInvoice(id: string): Promise<ChargedInvoice> {
  const invoice = await orUnavailable(
    stripe().invoices.retrieve(id, { expand: ['payments.data.payment.payment_intent'] }),
  );
  const payment = paymentOf(invoice);
  return {
    invoice: id,
    topUpId: invoice.metadata?.['topup_id'] ?? null,
    customer: typeof invoice.customer === 'object' ? (invoice.customer?.id ?? null) : invoice.customer,
    currency: invoice.currency,
    subtotal: cents(BigInt(invoice.subtotal)),
    received: cents(BigInt(payment?.amount_received ?? 0)),
    state: stateOf(invoice, payment),
    payment: payment?.id ?? null,
  };
}

/** The same; null where Stripe has it no more, as a draft that was deleted there. */
export const findInvoice = (id: string): Promise<ChargedInvoice | null> =>
  readInvoice(id).catch(nullWhenMissing);

function paymentOf({ payments }: Stripe.Invoice): Stripe.PaymentIntent | null {
  const intents = (payments?.data ?? []).map(({ payment }) => payment.payment_intent);
  const known = intents.filter((intent) => typeof intent === 'object' && intent !== null);
  return known.find(({ status }) => status === 'succeeded') ?? known[0] ?? null;
}

function stateOf(invoice: Stripe.Invoice, payment: Stripe.PaymentIntent | null): ChargedInvoice['state'] {
  if (invoice.status === 'draft') return invoice.lines.data.length === 0 ? 'empty' : 'ready';
  if (invoice.status === 'paid') return 'paid';
  if (invoice.status === 'void') return 'void';
  if (payment?.status === 'processing' || payment?.status === 'succeeded') return 'processing';
  const { code = null, decline_code: declineCode = null } = payment?.last_payment_error ?? {};
  if (payment?.status === 'requires_action' || isAuthentication({ code, declineCode })) {
    return 'authentication-required';
  }
  return invoice.attempted ? 'declined' : 'open';
}
