import type Stripe from 'stripe';

import { cents } from '@/lib/domain/credits';
import type { MoneyBack, MoneyBackState } from '@/lib/domain/money-back';

import { stripe } from './client';
import { everyOf } from './every';
import { orUnavailable } from './unavailable';

export type SaidMoneyBack = MoneyBack & { currency: string };

/** Every refund and dispute of a payment, as they are at Stripe now. */
export async function readMoneyBack(payment: string): Promise<SaidMoneyBack[]> {
  const of = { payment_intent: payment, limit: 100 };
  const [refunds, disputes] = await Promise.all([
    everyOf(stripe().refunds.list(of)),
    everyOf(stripe().disputes.list(of)),
  ]);
  return [...refunds.map(ofRefund), ...disputes.map(ofDispute)];
}

/** Null where it is of no payment that we could have made. */
export const paymentOfRefund = async (id: string): Promise<string | null> =>
  idOf((await orUnavailable(stripe().refunds.retrieve(id))).payment_intent);
export const paymentOfDispute = async (id: string): Promise<string | null> =>
  idOf((await orUnavailable(stripe().disputes.retrieve(id))).payment_intent);

const idOf = (expandable: string | { id: string } | null) =>
  expandable === null || typeof expandable === 'string' ? expandable : expandable.id;

const fact = ({ id, amount, currency, created }: Stripe.Refund | Stripe.Dispute) => ({
  id,
  amount: cents(BigInt(amount)),
  currency,
  happenedAt: new Date(created * 1_000),
});

/** A refund on its way counts: its money cannot be spent twice. One that fails, even late, is over. */
function ofRefund(refund: Stripe.Refund): SaidMoneyBack {
  const isOver = refund.status === 'failed' || refund.status === 'canceled';
  const progress = isOver ? 2 : refund.status === 'succeeded' ? 1 : 0;
  return { ...fact(refund), kind: 'refund', state: isOver ? 'over' : 'gone', progress };
}

function ofDispute(dispute: Stripe.Dispute): SaidMoneyBack {
  const state = stateOf(dispute);
  const isClosed = state === 'gone' || state === 'over';
  // Each movement of money is a step, and so is the decision after it.
  const progress = 2 * dispute.balance_transactions.length + (isClosed ? 1 : 0);
  return { ...fact(dispute), kind: 'dispute', state, progress };
}

/** Only movements of money count as money: a lost dispute whose money was never withdrawn took nothing. */
function stateOf({ status, balance_transactions: moved }: Stripe.Dispute): MoneyBackState {
  const isWithdrawn = moved.reduce((sum, { amount }) => sum + amount, 0) < 0;
  switch (status) {
    case 'won':
    case 'warning_closed':
    case 'prevented':
      return 'over';
    case 'lost':
    case 'appeal_needs_response':
    case 'appeal_under_review':
      return isWithdrawn ? 'gone' : 'over';
    case 'needs_response':
    case 'under_review':
      return 'open';
    case 'warning_needs_response':
    case 'warning_under_review':
    default:
      return isWithdrawn ? 'open' : 'asked';
  }
}
