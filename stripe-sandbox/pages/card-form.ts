import { html } from 'hono/html';

import { cardByNumber, declines, passesLuhn, type TestCard } from '../cards';
import { field, typedIn, wrong, type Filled, type Reading } from './fields';

export type CardEntry = { card: TestCard; expires: { month: number; year: number } };

const readNumber = (form: Reading): TestCard | null => {
  const number = typedIn(form, 'number').replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(number)) return wrong(form, 'number', 'Your card number is incomplete.');
  if (!passesLuhn(number)) return wrong(form, 'number', 'Your card number is invalid.');
  return cardByNumber(number) ?? wrong(form, 'number', declines.test_mode_live_card.message);
};

const readExpiry = (form: Reading, now: number): CardEntry['expires'] | null => {
  const [, month = '', year = ''] = /^(\d{1,2})\s*\/?\s*(\d{2}|20\d{2})$/.exec(typedIn(form, 'expiry')) ?? [];
  if (month === '' || Number(month) < 1 || Number(month) > 12) {
    return wrong(form, 'expiry', "Your card's expiration date is incomplete.");
  }
  const expires = { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) };
  if (now < Date.UTC(expires.year, expires.month)) return expires;
  return wrong(form, 'expiry', "Your card's expiration date is in the past.");
};

/** What was typed into the card form: a test card, or null and what is wrong. */
export const readCard = (form: Reading, now: number): CardEntry | null => {
  const card = readNumber(form);
  const expires = readExpiry(form, now);
  if (!/^\d{3,4}$/.test(typedIn(form, 'cvc'))) wrong(form, 'cvc', "Your card's security code is incomplete.");
  if (typedIn(form, 'name') === '') wrong(form, 'name', 'Enter the name on your card.');
  return card === null || expires === null ? null : { card, expires };
};

/** The fields of a new card. Number and CVC are never given back. */
export const cardFields = (filled: Filled) => html`
  ${field(filled, {
    id: 'number',
    label: 'Card number',
    autocomplete: 'cc-number',
    inputmode: 'numeric',
    secret: true,
    bank: true,
  })}
  <div class="pair">
    ${field(filled, {
      id: 'expiry',
      label: 'Expiry (MM / YY)',
      autocomplete: 'cc-exp',
      inputmode: 'numeric',
    })}
    ${field(filled, { id: 'cvc', label: 'CVC', autocomplete: 'cc-csc', inputmode: 'numeric', secret: true })}
  </div>
  ${field(filled, { id: 'name', label: 'Name on card', autocomplete: 'cc-name' })}
`;

const tried = [
  ['4242 4242 4242 4242', 'succeeds'],
  ['4000 0000 0000 9995', 'declined: insufficient funds'],
  ['4000 0000 0000 0002', 'declined'],
  ['4000 0027 6000 3184', 'asks for 3-D Secure every time'],
  ['4000 0025 0000 3155', 'asks for 3-D Secure until it is set up'],
  ['4000 0000 0000 0341', 'can be saved, later charges fail'],
] as const;

export const cardsToTry = () =>
  html`<details class="try" open>
    <summary>Test cards to try</summary>
    <p class="quiet">Any date to come and any CVC will do.</p>
    <ul class="lines">
      ${tried.map(([number, meaning]) => html`<li><code>${number}</code><span class="quiet">${meaning}</span></li>`)}
    </ul>
  </details>`;
