import { html } from 'hono/html';

import type { BillingDetails } from '../objects';
import { emptyAddress } from '../resources/customers';
import { field, select, typedIn, wrong, type Filled, type Reading } from './fields';

type Address = NonNullable<BillingDetails['address']>;

const countries =
  'AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IN IS IT JP LI LT LU LV MT MX NL NO NZ PL PT RO SE SG SI SK US'.split(
    ' ',
  );
const nameOf = new Intl.DisplayNames(['en'], { type: 'region' });
const named = countries
  .map((code) => ({ value: code, text: nameOf.of(code) ?? code }))
  .toSorted((a, b) => a.text.localeCompare(b.text));

/** Countries whose addresses can do without a postcode. */
const withoutPostcode = new Set(['HK', 'IE']);
/** Countries whose addresses name a state, a province or a territory. */
const withState = new Set(['AU', 'BR', 'CA', 'IN', 'MX', 'US']);

const states: Record<string, string> = Object.fromEntries(
  `Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|District of Columbia DC|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|Indiana IN|Iowa IA|Kansas KS|Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|Michigan MI|Minnesota MN|Mississippi MS|Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|New Jersey NJ|New Mexico NM|New York NY|North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|Rhode Island RI|South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|Utah UT|Vermont VT|Virginia VA|Washington WA|West Virginia WV|Wisconsin WI|Wyoming WY`
    .split('|')
    .map((state) => [state.slice(0, -3).toLowerCase(), state.slice(-2)]),
);

/** A state of the United States by its name or its two letters, as Stripe keeps it. */
const stateCode = (written: string): string | null => {
  const code = states[written.toLowerCase()] ?? written.toUpperCase();
  return Object.values(states).includes(code) ? code : null;
};

const readState = (form: Reading, country: string): string | null => {
  const written = typedIn(form, 'state');
  if (written === '')
    return withState.has(country) ? wrong(form, 'state', 'Enter your state or province.') : null;
  if (country !== 'US') return written;
  return stateCode(written) ?? wrong(form, 'state', 'Enter a state of the United States, like NY.');
};

/** What was typed into the address form: a whole address, or null and what is missing. */
export const readAddress = (form: Reading): Address | null => {
  const read = (name: string, sentence: string | null): string | null => {
    const written = typedIn(form, name);
    if (written !== '') return written;
    return sentence === null ? null : wrong(form, name, sentence);
  };
  const country = typedIn(form, 'country');
  if (!countries.includes(country)) return wrong(form, 'country', 'Choose your country.');
  const line1 = read('line1', 'Enter your address.');
  const city = read('city', 'Enter your city.');
  const state = readState(form, country);
  const postcode = read('postcode', withoutPostcode.has(country) ? null : 'Enter your postcode.');
  if (['country', 'line1', 'city', 'state', 'postcode'].some((name) => form.mistakes.has(name))) return null;
  return { ...emptyAddress, country, line1, line2: read('line2', null), city, state, postal_code: postcode };
};

/** What is known of an address, as the fields have it. */
export const knownAddress = (address: Partial<Address> | null | undefined): Record<string, string> => ({
  country: address?.country ?? 'US',
  line1: address?.line1 ?? '',
  line2: address?.line2 ?? '',
  city: address?.city ?? '',
  state: address?.state ?? '',
  postcode: address?.postal_code ?? '',
});

/** An address in the lines of an envelope. */
export const addressLines = (address: Partial<Address> | null | undefined): string[] => {
  if (address === null || address === undefined) return [];
  const { line1, line2, city, state, postal_code: postcode, country } = address;
  const place = [city, [state, postcode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const name = typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? nameOf.of(country) : country;
  return [line1, line2, place, name].filter(
    (line): line is string => typeof line === 'string' && line !== '',
  );
};

export const addressFields = (filled: Filled) => html`
  ${select(filled, { id: 'country', label: 'Country', autocomplete: 'billing country', options: named })}
  ${field(filled, { id: 'line1', label: 'Address', autocomplete: 'billing address-line1' })}
  ${field(filled, {
    id: 'line2',
    label: 'Flat, floor or building',
    autocomplete: 'billing address-line2',
    aside: 'optional',
  })}
  <div class="pair">
    ${field(filled, { id: 'city', label: 'City', autocomplete: 'billing address-level2' })}
    ${field(filled, { id: 'postcode', label: 'Postcode', autocomplete: 'billing postal-code' })}
  </div>
  ${field(filled, {
    id: 'state',
    label: 'State or province',
    autocomplete: 'billing address-level1',
    aside: 'where there is one',
  })}
`;
