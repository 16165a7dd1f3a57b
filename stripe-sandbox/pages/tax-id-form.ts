import { html } from 'hono/html';

import { field, select, typedIn, wrong, type Filled, type Reading } from './fields';

/** The kinds that the form offers, with a number of each to try. The API takes every kind that Stripe has. */
const kinds = new Map([
  ['eu_vat', { name: 'EU VAT', example: 'DE123456789' }],
  ['gb_vat', { name: 'UK VAT', example: 'GB123456789' }],
  ['ch_vat', { name: 'Swiss VAT', example: 'CHE-123.456.789 MWST' }],
  ['no_vat', { name: 'Norwegian VAT', example: '123456789MVA' }],
  ['us_ein', { name: 'US EIN', example: '12-3456789' }],
  ['au_abn', { name: 'Australian ABN', example: '12345678912' }],
]);

export const taxIdName = (type: string): string => kinds.get(type)?.name ?? type;

export type TaxIdEntry = { type: string; value: string };

/** What was typed into the tax ID form. Whether the number can be one of its kind is for who keeps it to say. */
export const readTaxId = (form: Reading): TaxIdEntry | null => {
  const type = typedIn(form, 'type');
  const value = typedIn(form, 'value');
  if (!kinds.has(type)) return wrong(form, 'type', 'Choose the kind of your tax ID.');
  return value === '' ? wrong(form, 'value', 'Enter your tax ID.') : { type, value };
};

export const isNot = (form: Reading, { type }: TaxIdEntry): null => {
  const { name, example } = kinds.get(type) ?? { name: type, example: '' };
  return wrong(form, 'value', `This is not a number of the kind ${name}. One to try: ${example}`);
};

export const taxIdFields = (filled: Filled) => html`
  ${select(filled, {
    id: 'type',
    label: 'Kind of tax ID',
    autocomplete: 'off',
    options: [...kinds].map(([value, { name }]) => ({ value, text: name })),
  })}
  ${field(filled, { id: 'value', label: 'Tax ID', autocomplete: 'off', hint: 'For example DE123456789.' })}
`;
