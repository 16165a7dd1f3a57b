import { html } from 'hono/html';

import { deliverySays, faultSays, outcomes } from '../../levers';
import type { Charge, PaymentMethod } from '../../objects';
import { orderly, type DeliveryMode, type Fault, type Switches, type World } from '../../world';
import { status, type Html } from '../layout';
import { cardLabel, cardName } from '../saved-cards';
import { money } from '../words';
import { browsePath, control, lever, table, type View } from './frame';

const section = (id: string, title: string, help: string, body: Html) =>
  html`<section class="card" id="${id}">
    <h2>${title}</h2>
    <p class="quiet small">${help}</p>
    ${body}
  </section>`;

const choose = (name: string, label: string, options: { value: string; text: string }[], chosen: string) =>
  html`<select name="${name}" aria-label="${label}">
    ${options.map(
      ({ value, text }) =>
        html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`,
    )}
  </select>`;

const outcomeWords: Record<(typeof outcomes)[number], string> = {
  as_card: 'what its number says',
  ok: 'yes',
  generic_decline: 'no, and not why',
  insufficient_funds: 'not enough funds',
  lost_card: 'lost card',
  stolen_card: 'stolen card',
  card_velocity_exceeded: 'too many charges',
  expired_card: 'expired card',
  incorrect_cvc: 'wrong security code',
  incorrect_number: 'wrong number',
  processing_error: 'an error, try again',
  authentication_required: 'ask the holder (3-D Secure)',
};

/** What the bank of a card is to say to its next charges. */
export const outcomeLever = (view: View, method: PaymentMethod) => {
  const now = view.world.store.cards_on_file.get(method.id)?.outcome ?? 'as_card';
  const options = outcomes.map((value) => ({ value, text: outcomeWords[value] }));
  return lever(view, `payment_methods/${method.id}/behaviour`, {
    label: 'Set',
    name: cardName(method),
    inner: choose('outcome', `What the bank of ${cardName(method)} says`, options, now),
  });
};

/** A new date on a card, as its network sends it when a bank has posted a new one. */
export const renewalLever = (view: View, { id, card }: PaymentMethod) =>
  lever(view, `payment_methods/${id}/renew`, {
    label: 'Send a new date',
    inner: html`<label
        >Month<input name="exp_month" inputmode="numeric" size="3" value="${card?.exp_month ?? 12}"
      /></label>
      <label
        >Year<input name="exp_year" inputmode="numeric" size="5" value="${(card?.exp_year ?? 2030) + 3}"
      /></label>`,
  });

/** As many as one can see at once; the rest is a page away. */
const FEW = 8;

const first = <T>(rows: Iterable<T>, wanted: (row: T) => boolean): T[] => {
  const found: T[] = [];
  for (const row of rows) {
    if (wanted(row)) found.push(row);
    if (found.length === FEW) break;
  }
  return found;
};

const savedCards = (view: View) => {
  const { store } = view.world;
  const methods = first(store.payment_methods.newestFirst(), ({ customer }) => customer !== null);
  return section(
    'cards',
    'Saved cards',
    'Make a card that worked fail from its next charge on, or the other way round.',
    html`${table(
        'Saved cards',
        ['Card', 'Customer', 'Its bank says'],
        methods.map((method) => [
          html`<a href="${browsePath('payment_methods', method.id)}">${cardLabel(method)}</a>`,
          store.customers.get(method.customer ?? '')?.email ?? method.customer ?? '',
          outcomeLever(view, method),
        ]),
      )}
      <p><a href="${browsePath('payment_methods')}">All cards</a></p>`,
  );
};

const complaints = [
  { value: 'fraudulent', text: 'as fraud' },
  { value: 'product_not_received', text: 'as not received' },
  { value: 'general', text: 'for another reason' },
];

/** What a holder and an issuer can do about a charge. */
export const chargeLevers = (view: View, { id, disputed, status: state }: Charge) =>
  state !== 'succeeded' || disputed
    ? ''
    : html`<span class="actions">
        ${lever(view, `charges/${id}/dispute`, {
          label: 'Dispute',
          name: id,
          inner: html`${choose('reason', `Why ${id} is disputed`, complaints, 'fraudulent')}
            <label class="choice"
              ><input type="checkbox" name="inquiry" value="true" /><span>only ask</span></label
            >`,
        })}
        ${lever(view, `charges/${id}/early_fraud_warning`, { label: 'Fraud warning', name: id })}
      </span>`;

const charges = (view: View) => {
  const { store } = view.world;
  const paid = first(
    store.charges.newestFirst(),
    (charge) => charge.status === 'succeeded' && !charge.disputed,
  );
  return section(
    'charges',
    'Charges that succeeded',
    'A holder may dispute a charge months later; an issuer may warn before.',
    html`${table(
        'Charges that succeeded',
        ['Charge', 'Customer', 'Amount', 'Trouble'],
        paid.map((charge) => [
          html`<a href="${browsePath('charges', charge.id)}"><code>${charge.id.slice(0, 16)}…</code></a>`,
          store.customers.get(charge.customer ?? '')?.email ?? charge.customer ?? 'nobody',
          html`<span class="amount">${money(charge.amount, charge.currency)}</span>`,
          chargeLevers(view, charge),
        ]),
      )}
      <p><a href="${browsePath('charges')}">All charges</a></p>`,
  );
};

const HOUR = 3600;
const DAY = 24 * HOUR;
const steps: [string, number][] = [
  ['1 hour on', HOUR],
  ['1 day on', DAY],
  ['7 days on', 7 * DAY],
  ['30 days on', 30 * DAY],
];

const time = (view: View) => {
  const isFrozen = view.world.clock.state().frozenAtMs !== null;
  const number = (name: string, label: string) =>
    html`<label>${label}<input name="${name}" type="text" inputmode="numeric" value="0" /></label>`;
  return section(
    'time',
    'Time',
    'Sessions expire, invoices fall due, cards run out and retries come by this clock. Signatures keep to real time.',
    html`<div class="actions">
        ${steps.map(([label, seconds]) => lever(view, 'clock', { label, fields: { advance: `${seconds}` } }))}
        ${
          isFrozen
            ? lever(view, 'clock', { label: 'Let time run', fields: { freeze: 'false' } })
            : lever(view, 'clock', { label: 'Freeze', fields: { freeze: 'true' } })
        }
        ${lever(view, 'clock', { label: 'Back to real time', fields: { offset: '0', freeze: 'false' } })}
      </div>
      <div class="actions">
        ${lever(view, 'clock', { label: 'Advance', inner: number('advance', 'Seconds on from now') })}
        ${lever(view, 'clock', { label: 'Shift', inner: number('offset', 'Seconds off real time') })}
      </div>`,
  );
};

const modes: { name: keyof DeliveryMode; on: string; off: string; value?: string }[] = [
  { name: 'hold', on: 'Hold', off: 'Stop holding' },
  { name: 'shuffle', on: 'Shuffle', off: 'Stop shuffling' },
  { name: 'duplicate', on: 'Send twice', off: 'Send once', value: '1' },
  { name: 'duplicateNewId', on: 'Write twice', off: 'Write once' },
  { name: 'drop', on: 'Drop', off: 'Stop dropping' },
  { name: 'wrongSignature', on: 'Sign wrongly', off: 'Sign rightly' },
  { name: 'oldTimestamp', on: 'Date back an hour', off: 'Date rightly' },
];

const deliveries = (view: View) => {
  const { delivery, store } = view.world;
  const row = ({ name, on, off, value = 'true' }: (typeof modes)[number]) => {
    const isOn = delivery[name] !== orderly[name];
    const fields = { [name]: isOn ? `${orderly[name]}` : value };
    return html`<li>
      <span>${deliverySays[name](delivery)} ${isOn ? status('On', 'warn') : ''}</span>
      ${lever(view, 'webhooks', { label: isOn ? off : on, fields })}
    </li>`;
  };
  const all = Object.fromEntries(Object.entries(orderly).map(([name, value]) => [name, `${value}`]));
  return section(
    'deliveries',
    'Deliveries',
    `How webhooks go wrong. ${store.outbox.size()} on their way.`,
    html`<ul class="lines cards">
        ${modes.map(row)}
        <li>
          <span>${deliverySays.delayMs(delivery)} ${delivery.delayMs > 0 ? status('On', 'warn') : ''}</span>
          ${lever(view, 'webhooks', {
            label: 'Delay',
            inner: html`<input
              name="delayMs"
              inputmode="numeric"
              aria-label="Delay in milliseconds"
              value="${delivery.delayMs}"
            />`,
          })}
        </li>
      </ul>
      <div class="actions">
        ${lever(view, 'webhooks/release', { label: 'Release what is held' })}
        ${lever(view, 'webhooks', { label: 'Deliver as Stripe does', fields: all })}
      </div>`,
  );
};

const faultWords: Record<Fault['fault'], string> = {
  timeout_before: 'Time out, nothing done',
  drop_after_commit: 'Time out, and done all the same',
  '409': '409: one is running already',
  '429': '429: locked',
  rate_limit: '429: too many requests',
  '500': '500: Stripe is broken',
  slow: 'Slow',
};
const faultOptions = Object.entries(faultWords).map(([value, text]) => ({ value, text }));
const methods = ['*', 'GET', 'POST', 'DELETE'].map((value) => ({
  value,
  text: value === '*' ? 'Any' : value,
}));

/** Requests that an app makes often, to choose from while typing a path. */
const paths = [
  '/v1/*',
  '/v1/checkout/sessions',
  '/v1/checkout/sessions/*',
  '/v1/customers',
  '/v1/invoices',
  '/v1/invoices/*/finalize',
  '/v1/invoices/*/pay',
  '/v1/payment_intents/*/confirm',
  '/v1/refunds',
  '/v1/credit_notes',
  '/v1/events',
];

/** Lays a fault in wait for requests whose path is like `path`. */
export const faultLever = (view: View, path: string) =>
  lever(view, 'faults', {
    label: 'Lie in wait',
    inner: html`<label>Request ${choose('method', 'Method', methods, '*')}</label>
      <label>Path (* for any)<input name="path" list="paths" value="${path}" size="28" /></label>
      <datalist id="paths">${paths.map((one) => html`<option value="${one}"></option>`)}</datalist>
      <label>Goes wrong like this ${choose('fault', 'Fault', faultOptions, '500')}</label>
      <label>Times<input name="times" inputmode="numeric" value="1" size="3" /></label>
      <label>If slow, by ms<input name="delayMs" inputmode="numeric" value="3000" size="6" /></label>`,
  });

const faults = (view: View) =>
  section(
    'faults',
    'Faults',
    'What the app asks of Stripe goes wrong, once or more often. A path may name one object: /v1/invoices/in_…/pay.',
    html`${faultLever(view, '/v1/*')}
      <ul class="lines">
        ${view.world.faults.map((fault) => html`<li><span>${faultSays(fault)}</span></li>`)}
      </ul>
      ${
        view.world.faults.length === 0
          ? html`<p class="quiet small">None lies in wait.</p>`
          : lever(view, 'faults/clear', { label: 'Take all away' })
      }`,
  );

const points: { [Name in keyof Switches]: { says: string; choices: Record<Switches[Name], string> } } = {
  checkoutInvoice: {
    says: 'When a paid session has its invoice',
    choices: {
      in_completed_event: 'In the completed event already',
      after_completed_event: 'Right after it',
      seconds_later: 'Some seconds later',
    },
  },
  offSessionChallenge: {
    says: 'What becomes of an off-session invoice whose bank wants the holder',
    choices: {
      requires_action: 'A: its payment waits for an action',
      requires_payment_method: 'B: its payment is declined',
    },
  },
  actionRequired: {
    says: 'What is told when an action is required',
    choices: { alone: 'That alone', with_payment_failed: 'A failed payment beside it' },
  },
  invoiceIntentConfirm: {
    says: 'Whether the API confirms the payment of an invoice',
    choices: { allowed: 'It does', refused: 'It refuses' },
  },
  detachedDefault: {
    says: 'Whether a default card that is detached is still the default',
    choices: { cleared: 'No default is left', kept: 'It still is' },
  },
  cardsOnlyReturnUrl: {
    says: 'Whether a payment by card alone can be confirmed without a return address',
    choices: { not_needed: 'It can', required: 'It is refused' },
  },
  paidInvoiceRefusal: {
    says: 'How paying a paid invoice is refused',
    choices: { without_code: 'In a sentence', with_code: 'With a code beside it' },
  },
  delayedPayment: {
    says: 'Whether a card pays at once in Checkout',
    choices: { never: 'At once', succeeds: 'Later, as a debit does', fails: 'Later, and it fails' },
  },
  automaticTax: {
    says: 'What automatic tax comes to',
    choices: { zero: 'Nothing', by_place: 'A rate by country and state' },
  },
};

const switches = (view: View) =>
  section(
    'switches',
    'Points that Stripe’s documents leave open',
    'An app should be tried both ways.',
    html`<ul class="lines cards">
      ${(Object.keys(points) as (keyof Switches)[]).map((name) => {
        const { says, choices } = points[name];
        const options = Object.entries(choices).map(([value, text]) => ({ value, text }));
        return html`<li>
          <span>${says} <code class="quiet">${name}</code></span>
          ${lever(view, 'switches', { label: 'Set', name: says, inner: choose(name, says, options, view.world.switches[name]) })}
        </li>`;
      })}
    </ul>`,
  );

const recipes = html`<section class="card">
  <h2>Try this</h2>
  <ol>
    <li>
      Let auto top-up fail: under <a href="#cards">Saved cards</a>, let the bank say “not enough funds”, and
      use credits until the app charges the card. Set it back and pay from the app.
    </li>
    <li>
      Let the bank ask its holder: set a card to “ask the holder”, let the app charge it, and follow the app
      to the bank’s page.
    </li>
    <li>
      Lose a webhook: <a href="#deliveries">drop</a> deliveries, buy credits, close the page before it comes
      back, and watch the app find the payment by itself.
    </li>
    <li>
      Lose an answer: let <a href="#faults">the next request</a> to <code>/v1/invoices/*/pay</code> time out
      though it was done. The card is charged once.
    </li>
  </ol>
</section>`;

const lately = ({ said }: World) =>
  html`<section class="card">
    <h2>Done lately</h2>
    ${said.length === 0 ? html`<p class="quiet">Nothing yet.</p>` : ''}
    <ol class="lines" reversed>
      ${said
        .slice(-FEW)
        .toReversed()
        .map(
          ({ at, sentence, isRefusal }) =>
            html`<li>
              <span>${isRefusal ? 'Not done: ' : ''}${sentence}</span>
              <span class="quiet small">${new Date(at).toISOString().slice(11, 19)}</span>
            </li>`,
        )}
    </ol>
  </section>`;

const reset = (view: View) =>
  html`<details class="card">
    <summary>Start again</summary>
    <p>
      Every customer, card, payment and event is forgotten. The app still remembers them, and will find them
      gone.
    </p>
    ${lever(view, 'reset', { label: 'Forget everything' })}
  </details>`;

/** Every lever there is, on one page. */
export const leversPage = (view: View) =>
  control(
    view,
    'Make it fail',
    html`${recipes}
      <div class="columns">
        <div>${savedCards(view)} ${charges(view)} ${faults(view)} ${lately(view.world)} ${reset(view)}</div>
        <div>${time(view)} ${deliveries(view)} ${switches(view)}</div>
      </div>`,
  );
