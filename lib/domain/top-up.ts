import type { Cents, Credits } from './credits';

/**
 * started: being prepared · open: waits for the customer on the payment page · processing: paid, the bank has not
 * said so yet · credited: the credits are on the ledger · abandoned: the payment page was left until it expired ·
 * failed: the bank refused in the end.
 */
export const TOP_UP_STATUSES = ['started', 'open', 'processing', 'credited', 'abandoned', 'failed'] as const;
export type TopUpStatus = (typeof TOP_UP_STATUSES)[number];

/** A purchase of credits, as it was promised before anyone paid. */
export type TopUp = {
  id: string;
  status: TopUpStatus;
  credits: Credits;
  priceCents: Cents;
  currency: string;
};

/** What Stripe says of the payment page and the money, now. */
export type Checkout = {
  session: string;
  topUpId: string | null;
  customer: string | null;
  currency: string;
  /** Before tax and promotion codes: what the package costs. */
  subtotal: Cents;
  /** What left the customer's card; zero when a promotion code paid for all of it. */
  received: Cents;
  page: 'open' | 'complete' | 'expired';
  /** refused: the page was completed, and the bank said no afterwards. */
  money: 'unpaid' | 'paid' | 'not-required' | 'refused';
  payment: string | null;
  invoice: string | null;
};

export type Settlement =
  | { kind: 'credit' }
  | { kind: 'move'; to: 'open' | 'processing' | 'abandoned' | 'failed' }
  | { kind: 'leave'; because: 'already-credited' | 'nothing-new' }
  | {
      kind: 'refuse';
      because: 'another-top-up' | 'another-customer' | 'another-currency' | 'another-amount';
    };

/** What a payment page's state means for the top-up it was opened for. The credits come from the top-up alone. */
export function settlementOf(topUp: TopUp, customers: readonly string[], checkout: Checkout): Settlement {
  if (checkout.topUpId !== topUp.id) return { kind: 'refuse', because: 'another-top-up' };
  if (topUp.status === 'credited') return { kind: 'leave', because: 'already-credited' };
  if (checkout.customer === null || !customers.includes(checkout.customer)) {
    return { kind: 'refuse', because: 'another-customer' };
  }
  if (checkout.currency !== topUp.currency) return { kind: 'refuse', because: 'another-currency' };
  if (checkout.subtotal !== topUp.priceCents) return { kind: 'refuse', because: 'another-amount' };

  const to = stateOf(checkout);
  if (to === 'paid') return { kind: 'credit' };
  return to === topUp.status ? { kind: 'leave', because: 'nothing-new' } : { kind: 'move', to };
}

function stateOf({ page, money }: Checkout) {
  if (page === 'expired') return 'abandoned';
  if (page === 'open') return 'open';
  if (money === 'unpaid') return 'processing';
  return money === 'refused' ? 'failed' : 'paid';
}
