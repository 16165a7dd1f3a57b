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

/** failed: the same was refunded before, and the bank sent it back. */
type Refunded =
  | { kind: 'done'; creditNote: string }
  | { kind: 'refused'; because: string }
  | { kind: 'failed' };

/** Gives money back for an invoice by a credit note, which has a PDF and takes the tax back, too. */
export async function refundByCreditNote({
  id,
  invoice,
  amount,
  reason,
  memo,
}: WantedRefund): Promise<Refunded> {
  const notes = await everyOf(
    stripe().creditNotes.list({ invoice, limit: 100, expand: ['data.refunds.refund'] }),
  );
  const before = notes.find(({ metadata }) => metadata?.['refund_id'] === id);
  if (before) return isBack(before) ? { kind: 'done', creditNote: before.id } : { kind: 'failed' };

  const refunded = exactNumber(amount);
  const wanted = {
    invoice,
    amount: refunded,
    refund_amount: refunded,
    metadata: { refund_id: id },
    ...(reason === null ? {} : { reason }),
    ...(memo === null ? {} : { memo }),
  };
  return stepOnce(`refund/${id}`, (options) => stripe().creditNotes.create(wanted, options)).then(
    (note): Refunded => ({ kind: 'done', creditNote: note.id }),
    refusedOf,
  );
}

/** Whether what a note gives back has gone, or is on its way. */
function isBack({ status, refunds }: Stripe.CreditNote): boolean {
  if (status !== 'issued') return false;
  return refunds.every(
    ({ refund }) =>
      typeof refund !== 'object' || (refund.status !== 'failed' && refund.status !== 'canceled'),
  );
}

/** As where it is more than is left, or the payment is disputed: Stripe says which. */
function refusedOf(error: unknown): Refunded {
  if (error instanceof Stripe.errors.StripeInvalidRequestError)
    return { kind: 'refused', because: error.message };
  throw error;
}
