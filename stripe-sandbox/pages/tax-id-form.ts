import { html } from 'hono/html';

import { StripeError } from '../errors';
import { readTaxId } from '../resources/tax-ids';
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

/** The number as it is kept, or null when it cannot be one of its kind. */
const ofItsKind = (entry: TaxIdEntry): TaxIdEntry | null => {
  try {
    return readTaxId(entry);
  } catch (error) {
    if (error instanceof StripeError) return null;
    throw error;
  }
};

/** What was typed into the tax ID form: a number that can be one of its kind, or null and what is wrong. */
export const typedTaxId = (form: Reading): TaxIdEntry | null => {
  const entry = { type: typedIn(form, 'type'), value: typedIn(form, 'value') };
  const kind = kinds.get(entry.type);
  if (kind === undefined) return wrong(form, 'type', 'Choose the kind of your tax ID.');
  if (entry.value === '') return wrong(form, 'value', 'Enter your tax ID.');
  const sentence = `This is not a number of the kind ${kind.name}. One to try: ${kind.example}`;
  return ofItsKind(entry) ?? wrong(form, 'value', sentence);
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
