import { html } from 'hono/html';

import type { Charge, CheckoutSession, Event, Invoice, PaymentMethod } from '../../objects';
import type { Store } from '../../store';
import type { Row, Table } from '../../table';
import type { Html } from '../layout';
import { chargeLevers, outcomeLever, renewalLever } from './cards';
import { faultLever } from './faults';
import { at, browsePath, control, lever, table, type View } from './frame';
import { kindOfId, kinds, type Kind } from './kinds';

const PAGE = 25;

/** One more than a page, to know whether there are more. */
const pageOf = (rows: Iterable<Row>): { shown: Row[]; more: boolean } => {
  const shown: Row[] = [];
  for (const row of rows) {
    if (shown.length === PAGE) return { shown, more: true };
    shown.push(row);
  }
  return { shown, more: false };
};

export const listPage = (
  view: View,
  { kind, title, heads, rows, cells }: Kind,
  after: string | undefined,
) => {
  const { shown, more } = pageOf(rows(view.world.store).newestFirst(after));
  const last = shown.at(-1);
  return control(
    view,
    title,
    html`<section class="card" aria-label="${title}">
        ${table(
          title,
          heads,
          shown.map((row) => cells(view.world, row)),
        )}
      </section>
      <p class="actions">
        ${after === undefined ? '' : html`<a href="${browsePath(kind)}">Newest</a>`}
        ${more && last !== undefined ? html`<a href="${browsePath(kind)}?after=${last.id}">Older</a>` : ''}
      </p>`,
  );
};

const named = /"((?:cus|pm|cs|pi|ch|in|re|du|evt)_\w+)"/g;

/** An object as the API shows it, each id in it a link. */
const json = (row: Row) => {
  const text = JSON.stringify(row, null, 2);
  const parts: (string | Html)[] = [];
  let end = 0;
  for (const { 1: id = '', index } of text.matchAll(named)) {
    const kind = kindOfId(id);
    if (kind === null || id === row.id) continue;
    parts.push(text.slice(end, index + 1), html`<a href="${browsePath(kind, id)}">${id}</a>`);
    end = index + 1 + id.length;
  }
  return html`<pre class="json">${[...parts, text.slice(end)]}</pre>`;
};

const linked = (href: string | null | undefined, text: string) =>
  typeof href === 'string' ? html`<a href="${href}">${text}</a>` : '';

/** What can be done about a thing of this kind, beside letting requests about it fail. */
const deeds: Record<string, (view: View, row: Row) => Html | ''> = {
  payment_methods: (view, row) =>
    html`${outcomeLever(view, row as PaymentMethod)} ${renewalLever(view, row as PaymentMethod)}`,
  charges: (view, row) =>
    html`${chargeLevers(view, row as Charge)} ${linked((row as Charge).receipt_url, 'Receipt')}`,
  events: (view, row) => lever(view, `events/${row.id}/redeliver`, { label: 'Deliver again' }),
  invoices: (_view, row) =>
    html`${linked((row as Invoice).hosted_invoice_url, 'Hosted page')}
    ${linked((row as Invoice).invoice_pdf, 'PDF')}`,
  checkout_sessions: (_view, row) => linked((row as CheckoutSession).url, 'Payment page'),
};

/** Among so many of the newest events those of one object are looked for. */
const LOOKED_AT = 2000;

const eventsOf = (store: Store, id: string): Event[] => {
  const found: Event[] = [];
  let looked = 0;
  for (const event of store.events.newestFirst()) {
    looked += 1;
    if (looked > LOOKED_AT || found.length === PAGE) break;
    if ('id' in event.data.object && event.data.object.id === id) found.push(event);
  }
  return found;
};

const told = (view: View, id: string) =>
  html`<section class="card">
    <h2>Events about it</h2>
    ${table(
      'Events about it',
      ['Type', 'Event', 'Made', 'Again'],
      eventsOf(view.world.store, id).map((event) => [
        event.type,
        html`<a href="${browsePath('events', event.id)}"><code>${event.id}</code></a>`,
        at(event.created),
        lever(view, `events/${event.id}/redeliver`, { label: 'Deliver again', name: event.type }),
      ]),
    )}
  </section>`;

const sent = ({ world }: View, id: string) => {
  const deliveries = [...world.store.deliveries.newestFirst()].filter(({ event }) => event === id);
  return html`<section class="card">
    <h2>Its deliveries</h2>
    ${table(
      'Its deliveries',
      ['To', 'Try', 'Answer', 'Made'],
      deliveries.map(({ url, attempt, status, error, created }) => [
        url,
        `${attempt}`,
        `${status ?? error ?? 'no answer'}`,
        at(created),
      ]),
    )}
  </section>`;
};

/** What belongs to a customer, kind by kind. */
const belongings = (view: View, customer: string) =>
  kinds
    .filter(({ kind }) =>
      ['payment_methods', 'checkout_sessions', 'payment_intents', 'invoices'].includes(kind),
    )
    .map(({ title, heads, rows, cells }) => {
      const own: Table<Row> = rows(view.world.store);
      const { shown } = pageOf(own.newestFirst(undefined, { by: 'customer', is: customer }));
      return html`<section class="card">
        <h2>${title}</h2>
        ${table(
          title,
          heads,
          shown.map((row) => cells(view.world, row)),
        )}
      </section>`;
    });

export const objectPage = (view: View, { kind, title }: Kind, row: Row) => {
  const does = deeds[kind]?.(view, row) ?? '';
  const isEvent = kind === 'events';
  return control(
    view,
    row.id,
    html`<p><a href="${browsePath(kind)}">${title}</a></p>
      ${
        does === '' ? '' : html`<section class="card actions" aria-label="What can be done">${does}</section>`
      }
      ${kind === 'customers' ? belongings(view, row.id) : ''}
      ${isEvent ? sent(view, row.id) : told(view, row.id)}
      ${
        isEvent
          ? ''
          : html`<section class="card">
              <h2>Let requests about it fail</h2>
              ${faultLever(view, `/v1/*${row.id}*`)}
            </section>`
      }
      <section class="card">
        <h2>As it is kept</h2>
        ${json(row)}
      </section>`,
  );
};
