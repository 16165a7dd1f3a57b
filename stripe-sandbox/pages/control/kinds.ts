import { html } from 'hono/html';

import type { Charge, Customer, Dispute, Event, Invoice, PaymentIntent, PaymentMethod } from '../../objects';
import type { CheckoutSession, Refund } from '../../objects';
import type { Delivery, Store } from '../../store';
import type { Row, Table } from '../../table';
import type { World } from '../../world';
import { status, type Tone } from '../layout';
import { cardLabel } from '../saved-cards';
import { money, spoken } from '../words';
import { at, browsePath, type Cell } from './frame';

/** A kind of thing that can be looked through, newest first. */
export type Kind = {
  kind: string;
  title: string;
  heads: string[];
  rows(store: Store): Table<Row>;
  cells(world: World, row: Row): Cell[];
};

const kindOf = <T extends Row>(
  kind: string,
  title: string,
  rows: (store: Store) => Table<T>,
  columns: Record<string, (row: T, world: World) => Cell>,
): Kind => ({
  kind,
  title,
  heads: Object.keys(columns),
  rows: (store) => rows(store),
  cells: (world, row) => Object.values(columns).map((cell) => cell(row as T, world)),
});

const SHOWN = 18;
const link = (kind: string, id: string | null): Cell =>
  id === null
    ? 'none'
    : html`<a href="${browsePath(kind, id)}"
        ><code>${id.length > SHOWN ? `${id.slice(0, SHOWN)}…` : id}</code></a
      >`;

const tones: Record<string, Tone> = {
  succeeded: 'good',
  paid: 'good',
  complete: 'good',
  won: 'good',
  failed: 'alarm',
  uncollectible: 'alarm',
  lost: 'alarm',
  needs_response: 'alarm',
  warning_needs_response: 'warn',
  requires_action: 'warn',
  requires_payment_method: 'warn',
  open: 'warn',
  pending: 'warn',
};
const state = (word: string | null): Cell => status(spoken(word ?? 'none'), tones[word ?? ''] ?? 'calm');

const who = ({ store }: World, id: string | null): Cell =>
  id === null
    ? 'nobody'
    : html`<a href="${browsePath('customers', id)}">${store.customers.get(id)?.email ?? id}</a>`;

const sumOf = (amount: number | null, currency: string | null): Cell =>
  html`<span class="amount">${money(amount ?? 0, currency ?? 'usd')}</span>`;

const made = ({ created }: Row): Cell => at(created);

const charged = (charge: Charge): string => {
  if (charge.disputed) return 'disputed';
  return charge.refunded ? 'refunded' : charge.status;
};

const answered = ({ status: code, error }: Delivery): Cell =>
  status(code === null ? (error ?? 'no answer') : `${code}`, code !== null && code < 300 ? 'good' : 'alarm');

export const kinds: Kind[] = [
  kindOf<Customer>('customers', 'Customers', (store) => store.customers, {
    Customer: ({ id }) => link('customers', id),
    Email: ({ email }) => email ?? 'none',
    Name: ({ name }) => name ?? 'none',
    Made: made,
  }),
  kindOf<PaymentMethod>('payment_methods', 'Cards', (store) => store.payment_methods, {
    Card: ({ id }) => link('payment_methods', id),
    Label: (method) => cardLabel(method),
    Customer: ({ customer }, world) => who(world, customer),
    'Its bank says': ({ id }, { store }) => store.cards_on_file.get(id)?.outcome ?? 'what its number says',
    Made: made,
  }),
  kindOf<CheckoutSession>('checkout_sessions', 'Sessions', (store) => store.checkout_sessions, {
    Session: ({ id }) => link('checkout_sessions', id),
    Customer: ({ customer }, world) => who(world, customer),
    Amount: ({ amount_total: amount, currency }) => sumOf(amount, currency),
    Status: (session) => state(session.status),
    Made: made,
  }),
  kindOf<PaymentIntent>('payment_intents', 'Payments', (store) => store.payment_intents, {
    Payment: ({ id }) => link('payment_intents', id),
    Customer: ({ customer }, world) => who(world, customer),
    Amount: ({ amount, currency }) => sumOf(amount, currency),
    Status: (intent) => state(intent.status),
    Reason: ({ last_payment_error: error }) => error?.decline_code ?? error?.code ?? '',
    Made: made,
  }),
  kindOf<Charge>('charges', 'Charges', (store) => store.charges, {
    Charge: ({ id }) => link('charges', id),
    Customer: ({ customer }, world) => who(world, customer),
    Amount: ({ amount, currency }) => sumOf(amount, currency),
    Status: (charge) => state(charged(charge)),
    Made: made,
  }),
  kindOf<Invoice>('invoices', 'Invoices', (store) => store.invoices, {
    Invoice: ({ id }) => link('invoices', id),
    Number: ({ number }) => number ?? 'none yet',
    Customer: ({ customer }, world) => who(world, customer),
    Total: ({ total, currency }) => sumOf(total, currency),
    Status: (invoice) => state(invoice.status),
    Made: made,
  }),
  kindOf<Refund>('refunds', 'Refunds', (store) => store.refunds, {
    Refund: ({ id }) => link('refunds', id),
    Charge: ({ charge }) => link('charges', charge),
    Amount: ({ amount, currency }) => sumOf(amount, currency),
    Status: (refund) => state(refund.status),
    Made: made,
  }),
  kindOf<Dispute>('disputes', 'Disputes', (store) => store.disputes, {
    Dispute: ({ id }) => link('disputes', id),
    Charge: ({ charge }) => link('charges', charge),
    Amount: ({ amount, currency }) => sumOf(amount, currency),
    Reason: ({ reason }) => spoken(reason),
    Status: (dispute) => state(dispute.status),
    Made: made,
  }),
  kindOf<Event>('events', 'Events', (store) => store.events, {
    Event: ({ id }) => link('events', id),
    Type: ({ type }) => type,
    'Not delivered yet': ({ pending_webhooks: waiting }) => `${waiting}`,
    Made: made,
  }),
  kindOf<Delivery>('deliveries', 'Deliveries', (store) => store.deliveries, {
    Event: ({ event }) => link('events', event),
    Type: ({ type }) => type,
    To: ({ url }) => url,
    Try: ({ attempt }) => `${attempt}`,
    Answer: answered,
    Made: made,
  }),
];

const prefixes: [string, string][] = [
  ['cus_', 'customers'],
  ['pm_', 'payment_methods'],
  ['cs_', 'checkout_sessions'],
  ['pi_', 'payment_intents'],
  ['ch_', 'charges'],
  ['in_', 'invoices'],
  ['re_', 'refunds'],
  ['du_', 'disputes'],
  ['dp_', 'disputes'],
  ['evt_', 'events'],
];

/** The kind of the thing that an id names, where it can be looked at. */
export const kindOfId = (id: string): string | null =>
  prefixes.find(([prefix]) => id.startsWith(prefix))?.[1] ?? null;
