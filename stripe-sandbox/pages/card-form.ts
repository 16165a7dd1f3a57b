import { html } from 'hono/html';

import { cardByNumber, declines, passesLuhn, type TestCard } from '../cards';

export type CardEntry = { card: TestCard; expires: { month: number; year: number } };
export type Mistake = { field: string; sentence: string };

const mistake = (field: string, sentence: string): Mistake => ({ field, sentence });

/** What was typed into the card form: a test card, or the first thing wrong with it. */
export const readCard = (typed: URLSearchParams, now: number): CardEntry | Mistake => {
  const number = (typed.get('number') ?? '').replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(number)) return mistake('number', 'Your card number is incomplete.');
  if (!passesLuhn(number)) return mistake('number', 'Your card number is invalid.');

  const [, month = '', year = ''] =
    /^\s*(\d{1,2})\s*\/?\s*(\d{2}|20\d{2})\s*$/.exec(typed.get('expiry') ?? '') ?? [];
  if (month === '' || Number(month) < 1 || Number(month) > 12) {
    return mistake('expiry', "Your card's expiration date is incomplete.");
  }
  const expires = { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) };
  if (now >= Date.UTC(expires.year, expires.month)) {
    return mistake('expiry', "Your card's expiration date is in the past.");
  }
  if (!/^\s*\d{3,4}\s*$/.test(typed.get('cvc') ?? '')) {
    return mistake('cvc', "Your card's security code is incomplete.");
  }
  if ((typed.get('name') ?? '').trim() === '') return mistake('name', 'Enter the name on your card.');
  const card = cardByNumber(number);
  return card === null ? mistake('number', declines.test_mode_live_card.message) : { card, expires };
};

/** One labelled input. A mistake is announced by the alert and marked on its field. */
export const field = (
  {
    id,
    label,
    value = '',
    autocomplete,
    inputmode = 'text',
    type = 'text',
  }: {
    id: string;
    label: string;
    value?: string;
    autocomplete: string;
    inputmode?: string;
    type?: string;
  },
  wrong: string | null,
) =>
  html`<div>
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${id}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      inputmode="${inputmode}"
      aria-invalid="${wrong === id ? 'true' : 'false'}"
      ${wrong === id ? 'autofocus' : ''}
    />
  </div>`;

/** The fields of a new card. Number and CVC are never given back. */
export const cardFields = (typed: URLSearchParams, wrong: string | null) => html`
  ${field({ id: 'number', label: 'Card number', autocomplete: 'cc-number', inputmode: 'numeric' }, wrong)}
  <div class="pair">
    ${field(
      {
        id: 'expiry',
        label: 'Expiry (MM / YY)',
        value: typed.get('expiry') ?? '',
        autocomplete: 'cc-exp',
        inputmode: 'numeric',
      },
      wrong,
    )}
    ${field({ id: 'cvc', label: 'CVC', autocomplete: 'cc-csc', inputmode: 'numeric' }, wrong)}
  </div>
  ${field({ id: 'name', label: 'Name on card', value: typed.get('name') ?? '', autocomplete: 'cc-name' }, wrong)}
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
  html`<details open>
    <summary>Test cards to try</summary>
    <p>Any future date and any CVC will do.</p>
    <ul class="lines">
      ${tried.map(([number, meaning]) => html`<li><code>${number}</code><span class="quiet">${meaning}</span></li>`)}
    </ul>
  </details>`;

const countries =
  'AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP LI LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK US'.split(
    ' ',
  );
const nameOf = new Intl.DisplayNames(['en'], { type: 'region' });
const named = countries
  .map((code) => ({ code, name: nameOf.of(code) ?? code }))
  .toSorted((a, b) => a.name.localeCompare(b.name));

export const isCountry = (code: string): boolean => countries.includes(code);

export const addressFields = (typed: URLSearchParams, wrong: string | null) =>
  html`<div class="pair">
    <div>
      <label for="country">Country</label>
      <select id="country" name="country" autocomplete="billing country">
        ${named.map(
          ({ code, name }) =>
            html`<option value="${code}" ${(typed.get('country') ?? 'US') === code ? 'selected' : ''}>
              ${name}
            </option>`,
        )}
      </select>
    </div>
    ${field(
      {
        id: 'postcode',
        label: 'Postcode',
        value: typed.get('postcode') ?? '',
        autocomplete: 'billing postal-code',
      },
      wrong,
    )}
  </div>`;
