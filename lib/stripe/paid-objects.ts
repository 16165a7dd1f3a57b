import type { Cents } from '@/lib/domain/credits';

import { readCheckout } from './checkout';
import { stripe } from './client';
import { everyOf } from './every';
import { findInvoice, readInvoice } from './invoices';
import { type Origin, originIn } from './objects';
import { orUnavailable } from './unavailable';

/** What money moved for: an object of Stripe's, and the purchase that its mark names. */
export type PaidObject = { id: string; origin: Origin };

/** Every payment page and invoice that was opened since and paid, and carries our mark. */
export async function listPaidObjects(since: Date): Promise<PaidObject[]> {
  const window = { created: { gte: Math.floor(since.getTime() / 1_000) }, limit: 100 };
  const sessions = await everyOf(stripe().checkout.sessions.list({ ...window, status: 'complete' }));
  const invoices = await everyOf(stripe().invoices.list({ ...window, status: 'paid' }));
  const paid = [...sessions.filter(({ payment_status }) => payment_status !== 'unpaid'), ...invoices];
  return paid.flatMap(({ id, metadata }) => {
    const origin = originIn(metadata);
    return origin === null ? [] : [{ id, origin }];
  });
}

/** Every payment of which something went back or was disputed since. */
export async function listPaymentsBack(since: Date): Promise<string[]> {
  const window = { created: { gte: Math.floor(since.getTime() / 1_000) }, limit: 100 };
  const refunds = await everyOf(stripe().refunds.list(window));
  const disputes = await everyOf(stripe().disputes.list(window));
  const payments = [...refunds, ...disputes].map(({ payment_intent: payment }) =>
    typeof payment === 'object' ? payment?.id : payment,
  );
  return [...new Set(payments.filter((payment) => payment !== undefined && payment !== null))];
}

/** When the money of a payment came; null where it did not. */
export async function readPaidAt(payment: string): Promise<Date | null> {
  const intent = await orUnavailable(
    stripe().paymentIntents.retrieve(payment, { expand: ['latest_charge'] }),
  );
  const charge = intent.latest_charge;
  return intent.status === 'succeeded' && typeof charge === 'object' && charge !== null
    ? new Date(charge.created * 1_000)
    : null;
}

/** Whether a purchase is paid, by its payment page or its invoice, and with which payment. */
export type Paid = { isPaid: boolean; payment: string | null; received: Cents };

type AskedOf = {
  session: string | null;
  invoice: string | null;
  /** What failed for good may have left a draft, which is all that can be deleted at Stripe. */
  hasFailed: boolean;
};

/**
 * Null where nothing was ever asked of Stripe. Throws where Stripe does not know what we name: then we may be asking
 * another account, which must not look as if nobody had paid.
 */
export async function readPaid(of: AskedOf): Promise<Paid | null> {
  if (of.session !== null) {
    const { page, money, payment, received } = await readCheckout(of.session);
    return {
      isPaid: page === 'complete' && (money === 'paid' || money === 'not-required'),
      payment,
      received,
    };
  }
  if (of.invoice === null) return null;
  const invoice = await (of.hasFailed ? findInvoice : readInvoice)(of.invoice);
  if (invoice === null) return null;
  const { state, payment, received } = invoice;
  return { isPaid: state === 'paid', payment, received };
}
