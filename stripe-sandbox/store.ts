import type {
  BalanceTransaction,
  Charge,
  CheckoutSession,
  Customer,
  Deleted,
  Event,
  Invoice,
} from './objects';
import type { InvoicePayment, LineItem, Metadata, PaymentIntent, PaymentMethod, Product } from './objects';
import type { BillingDetails, WebhookEndpoint } from './objects';

export type Row = { id: string; created: number };

/** Objects of one kind, kept in the order of Stripe's lists: by creation, then by arrival. */
export type Table<T extends Row> = {
  get(id: string): T | null;
  put(row: T): T;
  remove(id: string): void;
  oldestFirst(after?: string): Iterable<T>;
  newestFirst(after?: string): Iterable<T>;
  size(): number;
  clear(): void;
};

type Entry<T> = { row: T; arrival: number };

const createTable = <T extends Row>(changed: () => void): Table<T> => {
  let entries: Entry<T>[] = [];
  let arrivals = 0;
  const byId = new Map<string, Entry<T>>();
  const isBefore = (a: Entry<T>, b: Entry<T>) =>
    a.row.created === b.row.created ? a.arrival < b.arrival : a.row.created < b.row.created;

  const positionOf = (entry: Entry<T>): number => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = entries[middle];
      if (candidate !== undefined && isBefore(candidate, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const cursor = (id: string | undefined): number | null => {
    const entry = id === undefined ? undefined : byId.get(id);
    return entry === undefined ? null : positionOf(entry);
  };

  return {
    get: (id) => byId.get(id)?.row ?? null,
    put(row) {
      changed();
      const known = byId.get(row.id);
      if (known !== undefined) {
        known.row = row;
        return row;
      }
      const entry = { row, arrival: arrivals++ };
      byId.set(row.id, entry);
      entries.splice(positionOf(entry), 0, entry);
      return row;
    },
    remove(id) {
      const position = cursor(id);
      if (position === null) return;
      changed();
      entries.splice(position, 1);
      byId.delete(id);
    },
    *oldestFirst(after) {
      for (let i = (cursor(after) ?? -1) + 1; i < entries.length; i += 1) {
        const entry = entries[i];
        if (entry !== undefined) yield entry.row;
      }
    },
    *newestFirst(after) {
      for (let i = (cursor(after) ?? entries.length) - 1; i >= 0; i -= 1) {
        const entry = entries[i];
        if (entry !== undefined) yield entry.row;
      }
    },
    size: () => entries.length,
    clear() {
      changed();
      entries = [];
      byId.clear();
    },
  };
};

/** What Stripe knows of a card and never tells: which test card it is, and whether its bank has set it up. */
type CardOnFile = Row & { number: string; setUp: boolean; outcome: string | null };

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
  customerUpdate: { address: 'auto' | 'never'; name: 'auto' | 'never' };
  /** Set from the moment the form is first sent: where to go on when the bank has been asked. */
  submission: { billing: BillingDetails; save: boolean } | null;
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
  kind: 'settle_charge' | 'invoice_checkout' | 'expire_session';
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
  'invoices',
  'invoice_payments',
  'events',
  'webhook_endpoints',
  'deleted',
  'cards_on_file',
  'checkout_details',
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
  invoices: Invoice;
  invoice_payments: InvoicePayment;
  events: Event;
  webhook_endpoints: WebhookEndpoint;
  deleted: Deleted;
  cards_on_file: CardOnFile;
  checkout_details: CheckoutDetails;
  endpoint_secrets: EndpointSecret;
  outbox: Parcel;
  deliveries: Delivery;
  kept_answers: KeptAnswer;
  tasks: Task;
};

type Tables = { [Name in (typeof tableNames)[number]]: Table<Rows[Name]> };

export type Store = Tables & {
  /** Grows with every change, so that whoever keeps a snapshot knows when to write. */
  revision(): number;
  snapshot(): Record<string, Row[]>;
  restore(snapshot: Record<string, Row[]>): void;
  clear(): void;
};

export const createStore = (): Store => {
  let revision = 0;
  const changed = () => {
    revision += 1;
  };
  const tables = Object.fromEntries(
    tableNames.map((name) => [name, createTable(changed)]),
  ) as unknown as Tables;
  const everyTable: [string, Table<Row>][] = tableNames.map((name) => [
    name,
    tables[name] as unknown as Table<Row>,
  ]);

  return {
    ...tables,
    revision: () => revision,
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
