import { html } from 'hono/html';

import type { PaymentMethod } from '../objects';
import { brandName } from './layout';

export const cardLabel = ({ card }: PaymentMethod) => {
  const { brand = '', last4 = '', exp_month: month = 0, exp_year: year = 0 } = card ?? {};
  return `${brandName(brand)} •••• ${last4}, expires ${String(month).padStart(2, '0')} / ${String(year).slice(-2)}`;
};

const savedChoice = (method: PaymentMethod, chosen: string) =>
  html`<label class="choice">
    <input type="radio" name="method" value="${method.id}" ${chosen === method.id ? 'checked' : ''} />
    <span>${cardLabel(method)}</span>
  </label>`;

/** The cards on file, and a new one. */
export const savedChoices = (methods: PaymentMethod[], chosen: string) =>
  methods.length === 0
    ? ''
    : html`<fieldset>
        <legend>Pay with</legend>
        ${methods.map((method) => savedChoice(method, chosen))}
        <label class="choice">
          <input
            type="radio"
            id="method-new"
            name="method"
            value="new"
            ${chosen === 'new' ? 'checked' : ''}
          />
          <span>A new card</span>
        </label>
      </fieldset>`;
