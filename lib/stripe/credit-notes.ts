import { Stripe } from 'stripe';

import type { Cents } from '@/lib/domain/credits';
import { exactNumber } from '@/lib/domain/number-of';

import { stripe } from './client';
import { stepOnce } from './create-once';
import { everyOf } from './every';

type Reason = 'duplicate' | 'fraudulent' | 'order_change' | 'product_unsatisfactory';
export type WantedRefund = {
  /** Ours: the same again is the same refund. */
  id: string;
  invoice: string;
  /** Of what was paid, with its tax. */
  amount: Cents;
  reason: Reason | null;
  /** Stands on the credit note, for the customer. */
  memo: string | null;
};

/**
 * Gives money back for an invoice by a credit note, which has a PDF and takes the tax back, too. Null where Stripe refuses
 * the amount: more than is left, or a payment that is disputed.
 */
export async function refundByCreditNote({
  id,
  invoice,
  amount,
  reason,
  memo,
}: WantedRefund): Promise<string | null> {
  const notes = await everyOf(stripe().creditNotes.list({ invoice, limit: 100 }));
  const before = notes.find(({ metadata }) => metadata?.['refund_id'] === id);
  if (before) return before.id;

  const refunded = exactNumber(amount);
  const wanted = {
    invoice,
    amount: refunded,
    refund_amount: refunded,
    metadata: { refund_id: id },
    ...(reason === null ? {} : { reason }),
    ...(memo === null ? {} : { memo }),
  };
  const note = await stepOnce(`refund/${id}`, (options) =>
    stripe().creditNotes.create(wanted, options),
  ).catch(nullWhenRefused);
  return note?.id ?? null;
}

function nullWhenRefused(error: unknown): null {
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
  throw error;
}
