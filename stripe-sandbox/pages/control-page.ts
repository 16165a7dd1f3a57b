import type { Hono } from 'hono';
import { html } from 'hono/html';

import type { Delivery, Row, Table } from '../store';
import type { World } from '../world';
import { document, type Html } from './layout';
import { money } from './words';

// As many as fit on a screen: this is a window, not an archive.
const SHOWN = 25;

const latest = <T extends Row>(table: Table<T>): T[] => [...table.newestFirst()].slice(0, SHOWN);

const time = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);

const table = (title: string, heads: string[], rows: Html[]) =>
  html`<section>
    <h2>${title}</h2>
    ${
      rows.length === 0
        ? html`<p class="quiet">None yet.</p>`
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  ${heads.map((head) => html`<th scope="col">${head}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }
  </section>`;

const button = (action: string, text: string, fields: Record<string, string> = {}) =>
  html`<form method="post" action="${action}" style="display:inline">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="small">${text}</button>
  </form>`;

const result = (delivery: Delivery) =>
  delivery.status === null ? (delivery.error ?? 'no answer') : `${delivery.status}`;

const hour = ({ clock }: World) => {
  const now = new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ');
  return `It is ${now} UTC here${clock.state().frozenAtMs === null ? '' : ', and time stands still'}.`;
};

const page = (world: World) => {
  const { store, delivery } = world;
  return document(
    'Stripe sandbox',
    html`<main>
      <h1>Stripe sandbox for ${world.merchant.name}</h1>
      <p>
        ${hour(world)} ${button('/_sandbox/clock', 'One hour on', { advance: '3600' })}
        ${button('/_sandbox/clock', 'One day on', { advance: '86400' })}
      </p>
      <p>
        Webhooks are ${delivery.hold ? 'held' : 'delivered'}.
        ${
          delivery.hold
            ? button('/_sandbox/webhooks/release', 'Release')
            : button('/_sandbox/webhooks', 'Hold', { hold: 'true' })
        }
      </p>
      ${table(
        'Checkout sessions',
        ['Session', 'Customer', 'Amount', 'Status', 'Payment'],
        latest(store.checkout_sessions).map(
          (session) =>
            html`<tr>
              <td>
                <a href="/c/pay/${session.id}"><code>${session.id.slice(0, 20)}…</code></a>
              </td>
              <td>${session.customer_details?.email ?? session.customer}</td>
              <td>${money(session.amount_total ?? 0, session.currency ?? 'usd')}</td>
              <td>${session.status}</td>
              <td>${session.payment_status}</td>
            </tr>`,
        ),
      )}
      ${table(
        'Saved cards',
        ['Card', 'Customer', 'Next charge'],
        latest(store.payment_methods)
          .filter(({ customer }) => customer !== null)
          .map((method) => {
            const outcome = store.cards_on_file.get(method.id)?.outcome ?? 'as_card';
            const action = `/_sandbox/payment_methods/${method.id}/behaviour`;
            return html`<tr>
              <td>${method.card?.brand} •••• ${method.card?.last4}</td>
              <td>${store.customers.get(method.customer ?? '')?.email ?? method.customer}</td>
              <td>
                ${
                  outcome === 'as_card'
                    ? button(action, 'Make it decline', { outcome: 'insufficient_funds' })
                    : button(action, `Stop: ${outcome}`, { outcome: 'as_card' })
                }
              </td>
            </tr>`;
          }),
      )}
      ${table(
        'Charges',
        ['Charge', 'Amount', 'Status', 'Trouble'],
        latest(store.charges).map(
          (charge) =>
            html`<tr>
              <td><code>${charge.id}</code></td>
              <td>${money(charge.amount, charge.currency)}</td>
              <td>${charge.disputed ? 'disputed' : charge.refunded ? 'refunded' : charge.status}</td>
              <td>
                ${
                  charge.status !== 'succeeded' || charge.disputed
                    ? ''
                    : html`${button(`/_sandbox/charges/${charge.id}/dispute`, 'Dispute')}
                      ${button(`/_sandbox/charges/${charge.id}/early_fraud_warning`, 'Fraud warning')}`
                }
              </td>
            </tr>`,
        ),
      )}
      ${table(
        'Events',
        ['Time', 'Type', 'Event', 'Waiting', 'Again'],
        latest(store.events).map(
          (event) =>
            html`<tr>
              <td>${time(event.created)}</td>
              <td>${event.type}</td>
              <td><code>${event.id}</code></td>
              <td>${event.pending_webhooks}</td>
              <td>${button(`/_sandbox/events/${event.id}/redeliver`, 'Redeliver')}</td>
            </tr>`,
        ),
      )}
      ${table(
        'Deliveries',
        ['Time', 'Type', 'To', 'Try', 'Answer'],
        latest(store.deliveries).map(
          (sent) =>
            html`<tr>
              <td>${time(sent.created)}</td>
              <td>${sent.type}</td>
              <td>${sent.url}</td>
              <td>${sent.attempt}</td>
              <td>${result(sent)}</td>
            </tr>`,
        ),
      )}
      ${table(
        'Requests',
        ['Time', 'Request', 'Answer'],
        world.requests
          .slice(-SHOWN)
          .toReversed()
          .map(
            (request) =>
              html`<tr>
                <td>${time(request.at)}</td>
                <td>${request.method} ${request.path}</td>
                <td>${request.status ?? 'none'}${request.replayed ? ' (replayed)' : ''}</td>
              </tr>`,
          ),
      )}
    </main>`,
  );
};

export const mountControlPage = (app: Hono, world: World): void => {
  app.get('/', (c) => c.html(page(world)));
  app.get('/_sandbox', (c) => c.redirect('/', 303));
};
