import type {
  BalanceTransaction,
  Charge,
  CheckoutSession,
  Customer,
  Deleted,
  Event,
  Invoice,
} from './objects';
import type {
  InvoiceItem,
  InvoicePayment,
  LineItem,
  LineTax,
  Metadata,
  PaymentIntent,
  PaymentMethod,
} from './objects';
import type {
  Coupon,
  CreditNote,
  CustomerBalanceTransaction,
  Discount,
  Dispute,
  EarlyFraudWarning,
  PortalConfiguration,
  PortalSession,
  PromotionCode,
  Refund,
  TaxId,
  TaxRate,
  TestClock,
} from './objects';
import type { BillingDetails, Price, Product, SetupIntent, WebhookEndpoint } from './objects';
import { createTable, type Indexes, type Journal, type Row, type Table } from './table';

/** What Stripe knows of a card and never tells: which test card it is, and whether its bank has set it up. */
type CardOnFile = Row & { number: string; setUp: boolean; outcome: string | null };

/** Where somebody buys from, under which numbers and in which name. */
export type Place = {
  address: BillingDetails['address'];
  taxIds: { type: string; value: string }[];
  businessName: string | null;
};

/** What a Checkout Session was asked for and does not show. */
export type CheckoutDetails = Row & {
  lines: LineItem[];
  intent: {
    description: string | null;
    metadata: Metadata;
    receiptEmail: string | null;
    setupFutureUsage: 'off_session' | 'on_session' | null;
    statementDescriptorSuffix: string | null;
  };
  /** How a card saved by a session in setup mode may be shown again. */
  redisplay: 'always' | 'limited' | 'unspecified' | null;
  customerUpdate: { address: 'auto' | 'never'; name: 'auto' | 'never' };
  /** Set from the moment the form is first sent: where to go on when the bank has been asked. */
  submission: { billing: BillingDetails; save: boolean } | null;
  /** What the buyer said of their place: tax follows it. */
  place: Place | null;
};

/** A discount, with the terms of its coupon as they were when it was given. */
export type KeptDiscount = Row & { session: string | null; discount: Discount; terms: Coupon };

/** What is known of a line of Checkout and shown only when asked for. */
export type LineDetails = Row & {
  rates: TaxRate[];
  discounts: { discount: string; amount: number }[];
  taxes: LineTax[];
};

type EndpointSecret = Row & { secret: string; configured: boolean };

/** One event on its way to one endpoint. */
export type Parcel = Row & {
  event: string;
  endpoint: string;
  attempt: number;
  dueAt: number;
  /** Short waits pass in real time even while the virtual clock stands still. */
  dueBy: 'real' | 'virtual';
};

export type Delivery = Row & {
  event: string;
  type: string;
  endpoint: string;
  url: string;
  attempt: number;
  status: number | null;
  error: string | null;
  delivered: boolean;
};

/** An answer kept under its idempotency key. `status` is null while the first request still runs. */
export type KeptAnswer = Row & {
  fingerprint: string;
  requestId: string;
  status: number | null;
  headers: Record<string, string>;
  body: string;
};

/** Something that the passing of time will bring. */
export type Task = Row & {
  dueAt: number;
  /** The test clock by which it is due, in place of the sandbox's own. */
  clock?: string | null;
  kind:
    | 'settle_charge'
    | 'invoice_checkout'
    | 'settle_checkout'
    | 'expire_session'
    | 'expire_authorization'
    | 'expire_coupon'
    | 'expire_promotion_code'
    | 'advance_invoice'
    | 'overdue_invoice'
    | 'advance_test_clock'
    | 'settle_refund'
    | 'dispute_charge'
    | 'decide_dispute'
    | 'warn_of_fraud';
  subject: string;
};

const tableNames = [
  'customers',
  'payment_methods',
  'payment_intents',
  'charges',
  'balance_transactions',
  'checkout_sessions',
  'products',
  'prices',
  'invoices',
  'invoice_items',
  'invoice_payments',
  'setup_intents',
  'customer_balance_transactions',
  'test_clocks',
  'refunds',
  'coupons',
  'promotion_codes',
  'discounts',
  'tax_rates',
  'disputes',
  'early_fraud_warnings',
  'credit_notes',
  'tax_ids',
  'portal_configurations',
  'portal_sessions',
  'events',
  'webhook_endpoints',
  'deleted',
  'cards_on_file',
  'checkout_details',
  'line_details',
  'endpoint_secrets',
  'outbox',
  'deliveries',
  'kept_answers',
  'tasks',
] as const;

type Rows = {
  customers: Customer;
  payment_methods: PaymentMethod;
  payment_intents: PaymentIntent;
  charges: Charge;
  balance_transactions: BalanceTransaction;
  checkout_sessions: CheckoutSession;
  products: Product;
  prices: Price;
  invoices: Invoice;
  invoice_items: InvoiceItem;
  invoice_payments: InvoicePayment;
  setup_intents: SetupIntent;
  customer_balance_transactions: CustomerBalanceTransaction;
  test_clocks: TestClock;
  refunds: Refund;
  coupons: Coupon;
  promotion_codes: PromotionCode;
  discounts: KeptDiscount;
  tax_rates: TaxRate;
  disputes: Dispute;
  early_fraud_warnings: EarlyFraudWarning;
  credit_notes: CreditNote;
  tax_ids: TaxId;
  portal_configurations: PortalConfiguration;
  portal_sessions: PortalSession;
  events: Event;
  webhook_endpoints: WebhookEndpoint;
  deleted: Deleted;
  cards_on_file: CardOnFile;
  checkout_details: CheckoutDetails;
  line_details: LineDetails;
  endpoint_secrets: EndpointSecret;
  outbox: Parcel;
  deliveries: Delivery;
  kept_answers: KeptAnswer;
  tasks: Task;
};

const found: { [Name in keyof Rows]?: Indexes<Rows[Name]> } = {
  customers: { email: (row) => row.email, test_clock: (row) => row.test_clock },
  customer_balance_transactions: { customer: (row) => row.customer },
  payment_methods: { customer: (row) => row.customer },
  payment_intents: { customer: (row) => row.customer },
  charges: {
    customer: (row) => row.customer,
    payment_intent: (row) => row.payment_intent,
    receipt_url: (row) => row.receipt_url,
  },
  checkout_sessions: {
    customer: (row) => row.customer,
    payment_intent: (row) => row.payment_intent,
    setup_intent: (row) => row.setup_intent,
  },
  invoices: { customer: (row) => row.customer },
  invoice_items: { customer: (row) => row.customer, invoice: (row) => row.invoice },
  invoice_payments: {
    invoice: (row) => row.invoice,
    payment_intent: (row) => row.payment.payment_intent,
  },
  prices: { product: (row) => row.product, lookup_key: (row) => row.lookup_key },
  setup_intents: { customer: (row) => row.customer },
  balance_transactions: { source: (row) => row.source },
  promotion_codes: { code: (row) => row.code.toUpperCase(), coupon: (row) => row.promotion.coupon },
  discounts: { session: (row) => row.session },
  refunds: { charge: (row) => row.charge, payment_intent: (row) => row.payment_intent },
  disputes: { charge: (row) => row.charge, payment_intent: (row) => row.payment_intent },
  early_fraud_warnings: { charge: (row) => row.charge },
  credit_notes: { customer: (row) => row.customer, invoice: (row) => row.invoice },
  tax_ids: { customer: (row) => row.customer },
  portal_sessions: { url: (row) => row.url },
  events: { type: (row) => row.type, delivered: (row) => `${row.pending_webhooks === 0}` },
};

type Tables = { [Name in (typeof tableNames)[number]]: Table<Rows[Name]> };

export type Store = Tables & {
  /** Grows with every change, so that whoever keeps a snapshot knows when to write. */
  revision(): number;
  /** Does the work and leaves no trace of it. */
  rehearse<T>(work: () => T): T;
  /** Does the work; what is thrown undoes it, unless it is to be kept. */
  attempt<T>(work: () => T, isKept: (error: unknown) => boolean): T;
  snapshot(): Record<string, Row[]>;
  restore(snapshot: Record<string, Row[]>): void;
  clear(): void;
};

export const createStore = (): Store => {
  let revision = 0;
  const changed = () => {
    revision += 1;
  };
  const journal: Journal = { undo: null };
  const tables = Object.fromEntries(
    tableNames.map((name) => [name, createTable(changed, journal, (found[name] ?? {}) as Indexes<Row>)]),
  ) as unknown as Tables;
  /** Does the work with a journal of its own, which is undone, or handed on to the work around it. */
  const journaled = <T>(work: () => T, isUndone: (thrown: { error: unknown } | null) => boolean): T => {
    const around = journal.undo;
    const steps: (() => void)[] = [];
    let thrown: { error: unknown } | null = null;
    journal.undo = steps;
    try {
      return work();
    } catch (error) {
      thrown = { error };
      throw error;
    } finally {
      journal.undo = null;
      if (isUndone(thrown)) for (const step of steps.toReversed()) step();
      else around?.push(...steps);
      journal.undo = around;
    }
  };
  const everyTable: [string, Table<Row>][] = tableNames.map((name) => [
    name,
    tables[name] as unknown as Table<Row>,
  ]);

  return {
    ...tables,
    revision: () => revision,
    rehearse: (work) => journaled(work, () => true),
    attempt: (work, isKept) => journaled(work, (thrown) => thrown !== null && !isKept(thrown.error)),
    snapshot: () => Object.fromEntries(everyTable.map(([name, table]) => [name, [...table.oldestFirst()]])),
    restore(snapshot) {
      for (const [name, table] of everyTable) {
        table.clear();
        for (const row of snapshot[name] ?? []) table.put(row);
      }
    },
    clear() {
      for (const [, table] of everyTable) table.clear();
    },
  };
};
