import { html } from 'hono/html';

import { outcomes } from '../../levers';
import type { Charge, PaymentMethod } from '../../objects';
import { cardLabel, cardName } from '../saved-cards';
import { money } from '../words';
import { browsePath, choose, lever, section, table, type View } from './frame';

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

export const savedCards = (view: View) => {
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

export const charges = (view: View) => {
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
