import type { Price } from './price';
import type { Measure } from './work';
import type { WorkColumn } from './work-of-record';

type PriceField = { readonly column: WorkColumn; readonly label: string; readonly choices: string[] | null };

const FIELDS: Readonly<Record<Measure, PriceField>> = {
  milliseconds: { column: 'seconds', label: 'Seconds', choices: null },
  characters: { column: 'characters', label: 'Characters', choices: null },
  maxMinutes: { column: 'max_minutes', label: 'Limit in minutes', choices: null },
  inputTokens: { column: 'input_tokens', label: 'Input tokens', choices: null },
  outputTokens: { column: 'output_tokens', label: 'Output tokens', choices: null },
};

/** What has to be known of work before it has this price, as a form asks for it. */
export function fieldsOf(price: Price): PriceField[] {
  if (price.form === 'flat') return [];
  if (price.form === 'block' || price.form === 'unit') return [FIELDS[price.measure]];
  if (price.form === 'session') return [FIELDS.milliseconds];
  if (price.form === 'hourly')
    return [
      FIELDS.milliseconds,
      { column: 'features', label: 'Features', choices: Object.keys(price.features) },
    ];
  return [
    { column: 'model', label: 'Model', choices: Object.keys(price.models) },
    FIELDS.inputTokens,
    FIELDS.outputTokens,
  ];
}

/** What a field is called where work is written down. */
export const columnOf = (measure: Measure): WorkColumn => FIELDS[measure].column;
