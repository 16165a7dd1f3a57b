import type { Quantities, Work } from './work';

/** What of a piece of work may be written, by the names that the public API gives it. */
export const WORK_COLUMNS = [
  'service',
  'seconds',
  'characters',
  'max_minutes',
  'input_tokens',
  'output_tokens',
  'model',
  'features',
] as const;
export type WorkColumn = (typeof WORK_COLUMNS)[number];

/** A line of a table, or a form that was filled in. What is empty was not said. */
export type WorkRecord = { readonly [column in WorkColumn]?: string | undefined };

const WHOLE = ['characters', 'max_minutes', 'input_tokens', 'output_tokens'] as const;
const MOST_DIGITS = 12;

/** The work that a record says, or every mistake in it as a sentence. */
export function workOfRecord(record: WorkRecord): Work | { readonly mistakes: readonly string[] } {
  const said = (column: WorkColumn) => {
    const text = record[column]?.trim();
    return text === undefined || text === '' ? undefined : text;
  };
  const seconds = said('seconds');
  const service = said('service');
  const mistakes = [
    ...(service === undefined ? ['service is needed.'] : []),
    ...(seconds !== undefined && millisecondsOf(seconds) === null
      ? ['seconds must be a number with at most three decimals, such as 90 or 12.5.']
      : []),
    ...WHOLE.filter((column) => {
      const text = said(column);
      return text !== undefined && wholeOf(text) === null;
    }).map((column) => `${column} must be a whole number.`),
  ];
  if (service === undefined || mistakes.length > 0) return { mistakes };

  const whole = (column: (typeof WHOLE)[number]) => wholeOf(said(column) ?? '') ?? undefined;
  const quantities: Quantities = {
    milliseconds: millisecondsOf(seconds ?? '') ?? undefined,
    characters: whole('characters'),
    maxMinutes: whole('max_minutes'),
    inputTokens: whole('input_tokens'),
    outputTokens: whole('output_tokens'),
    model: said('model'),
    features: said('features')
      ?.split(/[;\s]+/)
      .filter((name) => name !== ''),
  };
  return { service, quantities };
}

const wholeOf = (text: string): bigint | null =>
  /^\d+$/.test(text) && text.length <= MOST_DIGITS ? BigInt(text) : null;

function millisecondsOf(text: string): bigint | null {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d{1,3}))?$/.exec(text) ?? [];
  if (whole === undefined || whole.length > MOST_DIGITS) return null;
  return BigInt(whole + fraction.padEnd(3, '0'));
}
