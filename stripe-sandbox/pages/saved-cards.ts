import { html } from 'hono/html';

import type { PaymentMethod } from '../objects';
import type { Filled } from './fields';
import type { Html } from './layout';
import { brandName } from './words';

export const cardName = ({ card }: PaymentMethod) =>
  `${brandName(card?.brand ?? '')} •••• ${card?.last4 ?? ''}`;

export const cardLabel = (method: PaymentMethod) => {
  const { exp_month: month = 0, exp_year: year = 0 } = method.card ?? {};
  return `${cardName(method)}, expires ${String(month).padStart(2, '0')} / ${String(year).slice(-2)}`;
};

/** Asks before a card is taken away. */
export const removal = (method: PaymentMethod, button: Html) =>
  html`<details class="remove">
    <summary aria-label="Remove ${cardName(method)}">Remove</summary>
    <p>It can not be charged any more, and this can not be undone.</p>
    ${button}
  </details>`;

/** The cards on file, and a new one. */
export const savedChoices = (
  { typed, refusal }: Filled,
  methods: PaymentMethod[],
  beside: (method: PaymentMethod) => Html | '' = () => '',
) => {
  const chosen = typed.get('method') ?? methods[0]?.id ?? 'new';
  const choice = (value: string, id: string, text: string) =>
    html`<label class="choice" for="${id}">
      <input type="radio" id="${id}" name="method" value="${value}" ${chosen === value ? 'checked' : ''} />
      <span>${text}</span>
    </label>`;
  return methods.length === 0
    ? ''
    : html`<fieldset ${refusal === null ? '' : html`aria-describedby="refusal"`}>
        <legend>Pay with</legend>
        ${methods.map(
          (method) =>
            html`<div class="saved">
              ${choice(method.id, `method-${method.id}`, cardLabel(method))}${beside(method)}
            </div>`,
        )}
        ${choice('new', 'method-new', 'A new card')}
      </fieldset>`;
};
