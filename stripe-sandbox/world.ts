import type { Clock } from './clock';
import type { Cause } from './objects';
import type { Store } from './store';

export const API_VERSION = '2026-10-28.endive';

type Merchant = { name: string; account: string; country: string };

export type RetryProfile = 'fast' | 'sandbox' | 'live';

/** How deliveries misbehave until told otherwise. */
export type DeliveryMode = {
  hold: boolean;
  duplicate: number;
  duplicateNewId: boolean;
  drop: boolean;
  delayMs: number;
  wrongSignature: boolean;
  oldTimestamp: boolean;
  shuffle: boolean;
};

export const orderly: DeliveryMode = {
  hold: false,
  duplicate: 0,
  duplicateNewId: false,
  drop: false,
  delayMs: 0,
  wrongSignature: false,
  oldTimestamp: false,
  shuffle: false,
};

export const faultKinds = [
  'timeout_before',
  'drop_after_commit',
  '409',
  '429',
  'rate_limit',
  '500',
  'slow',
] as const;
type FaultKind = (typeof faultKinds)[number];
export type Fault = { method: string; path: string; fault: FaultKind; times: number; delayMs: number };

/** Points on which Stripe's documents are silent, so an app should be tried both ways. */
export type Switches = {
  /** Whether a paid Checkout Session has its invoice already when `checkout.session.completed` is written. */
  checkoutInvoice: 'in_completed_event' | 'after_completed_event' | 'seconds_later';
  /** What an invoice's intent becomes when the bank wants its holder, who is not there. */
  offSessionChallenge: 'requires_action' | 'requires_payment_method';
  /** Whether `invoice.payment_failed` is told beside `invoice.payment_action_required`. */
  actionRequired: 'alone' | 'with_payment_failed';
  /** Whether an invoice's intent may be confirmed by the API. */
  invoiceIntentConfirm: 'allowed' | 'refused';
  /** Whether a customer's default card is cleared when it is detached. */
  detachedDefault: 'cleared' | 'kept';
  /** Whether an intent that takes cards only may be confirmed without a `return_url`. */
  cardsOnlyReturnUrl: 'not_needed' | 'required';
  /** Whether the refusal to pay a paid invoice carries a code. */
  paidInvoiceRefusal: 'without_code' | 'with_code';
  /** Whether a card paid with in Checkout pays at once, or as a bank debit would: later, or never. */
  delayedPayment: 'never' | 'succeeds' | 'fails';
  /** What automatic tax comes to: nothing, or a rate by country and state. */
  automaticTax: 'zero' | 'by_place';
};

export const asDocumented: Switches = {
  checkoutInvoice: 'after_completed_event',
  offSessionChallenge: 'requires_action',
  actionRequired: 'alone',
  invoiceIntentConfirm: 'allowed',
  detachedDefault: 'cleared',
  cardsOnlyReturnUrl: 'not_needed',
  paidInvoiceRefusal: 'without_code',
  delayedPayment: 'never',
  automaticTax: 'zero',
};

/** What takes a delivery to its receiver: `fetch`, unless a test keeps what is sent. */
export type Carrier = (url: string, init: RequestInit) => Promise<Response>;

export type LoggedRequest = {
  id: string;
  at: number;
  method: string;
  path: string;
  idempotencyKey: string | null;
  replayed: boolean;
  status: number | null;
};

/** What a button of the control page did, or why it did not. */
type Said = { number: number; at: number; sentence: string; isRefusal: boolean };

/** Everything a resource may see: what is kept, what time it is, and whose sandbox this is. */
export type World = {
  store: Store;
  clock: Clock;
  merchant: Merchant;
  origin: string;
  profile: RetryProfile;
  carry: Carrier;
  delivery: DeliveryMode;
  switches: Switches;
  faults: Fault[];
  /** The objects that a request is working on: another that wants one is refused. */
  locks: Set<string>;
  requests: LoggedRequest[];
  said: Said[];
  /** Called when a parcel is ready to go. */
  wake(): void;
};

export type Context = World & { cause: Cause };

/** The context of what no API request caused: a hosted page, or time. */
export const uncaused = (world: World): Context => ({ ...world, cause: { id: null, idempotency_key: null } });
