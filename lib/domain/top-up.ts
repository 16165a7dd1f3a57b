import type { Cents, Credits } from './credits';

/**
 * started: being prepared · open: waits for the customer, on the payment page or in a recovery · processing: paid, the
 * bank has not said so yet · credited: the credits are on the ledger · abandoned: the payment page was left until it expired ·
 * failed: the bank refused in the end.
 */
export const TOP_UP_STATUSES = ['started', 'open', 'processing', 'credited', 'abandoned', 'failed'] as const;
export type TopUpStatus = (typeof TOP_UP_STATUSES)[number];

/** manual: on the payment page · auto: nobody pressed a button · invoice: used first, and billed at the month's end. */
export const TOP_UP_ORIGINS = ['manual', 'auto', 'invoice'] as const;
export type TopUpOrigin = (typeof TOP_UP_ORIGINS)[number];

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

/** What Stripe says of an invoice that is charged without the customer, now. */
export type ChargedInvoice = {
  invoice: string;
  topUpId: string | null;
  customer: string | null;
  currency: string;
  /** Before tax. */
  subtotal: Cents;
  received: Cents;
  /**
   * empty: a draft that asks for nothing yet · ready: a draft that asks for its price · open: no card was tried ·
   * processing: the bank has not said so yet · declined, authentication-required: a card was tried, and did not pay ·
   * void: can no longer be paid.
   */
  state: 'empty' | 'ready' | 'open' | 'processing' | 'declined' | 'authentication-required' | 'paid' | 'void';
  payment: string | null;
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
  const mismatch = mismatchOf(topUp, customers, checkout);
  if (mismatch !== null) return mismatch;
  const to = stateOf(checkout);
  return to === 'paid' ? { kind: 'credit' } : moved(topUp, to);
}

/** The same of an invoice. One that was not paid by the first card is no end: only a void one is. */
export function settlementOfInvoice(
  topUp: TopUp,
  customers: readonly string[],
  invoice: ChargedInvoice,
): Settlement {
  if (invoice.state === 'empty') return { kind: 'leave', because: 'nothing-new' };
  const mismatch = mismatchOf(topUp, customers, invoice);
  if (mismatch !== null) return mismatch;
  if (invoice.state === 'paid') return { kind: 'credit' };
  if (invoice.state === 'processing') return moved(topUp, 'processing');
  return invoice.state === 'void' ? moved(topUp, 'failed') : { kind: 'leave', because: 'nothing-new' };
}

type Claimed = Pick<Checkout, 'topUpId' | 'customer' | 'currency' | 'subtotal'>;

/** Why what Stripe says moves nothing: it is another purchase's, or there is nothing left to move. */
function mismatchOf(topUp: TopUp, customers: readonly string[], said: Claimed): Settlement | null {
  if (said.topUpId !== topUp.id) return { kind: 'refuse', because: 'another-top-up' };
  if (topUp.status === 'credited') return { kind: 'leave', because: 'already-credited' };
  if (said.customer === null || !customers.includes(said.customer)) {
    return { kind: 'refuse', because: 'another-customer' };
  }
  if (said.currency !== topUp.currency) return { kind: 'refuse', because: 'another-currency' };
  return said.subtotal === topUp.priceCents ? null : { kind: 'refuse', because: 'another-amount' };
}

const moved = ({ status }: TopUp, to: Extract<Settlement, { kind: 'move' }>['to']): Settlement =>
  to === status ? { kind: 'leave', because: 'nothing-new' } : { kind: 'move', to };

function stateOf({ page, money }: Checkout) {
  if (page === 'expired') return 'abandoned';
  if (page === 'open') return 'open';
  if (money === 'unpaid') return 'processing';
  return money === 'refused' ? 'failed' : 'paid';
}
