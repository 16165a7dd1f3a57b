import { z } from 'zod';

import { WORK_COLUMNS } from '@/lib/domain/work-of-record';

import { CentsField, CreditsField } from './amounts';

const MOST_TEXT = 200;
/** What an address says of a field; one that is there several times is several words of it. */
const AskedField = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given : given.join(' ')).slice(0, MOST_TEXT))
  .optional();

/** One piece of work, as the address of the price list asks for it. */
export const EstimateQuery = z.object(
  Object.fromEntries(WORK_COLUMNS.map((column) => [column, AskedField])) as Record<
    (typeof WORK_COLUMNS)[number],
    typeof AskedField
  >,
);

export const MOST_ESTIMATED = 1_000;
// A write's body is at most 64 KiB, and JSON adds to the text.
const MOST_CSV = 60_000;

/** A table of work: its first line names the columns. */
export const EstimateCsv = z.strictObject({
  csv: z.string().max(MOST_CSV, 'is longer than 60,000 characters: estimate it in parts'),
});
export type EstimateCsv = z.output<typeof EstimateCsv>;

/** What work would cost now, against what is available; or what keeps it from having a price, by line. */
export const Estimate = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('estimated'),
    lines: z.array(
      z.object({ line: z.int(), service: z.string(), amount: CreditsField, formula: z.string() }),
    ),
    amount: CreditsField,
    /** At the price book's rate, rounded down to a cent. */
    worth: CentsField,
    available: CreditsField,
    sufficient: z.boolean(),
    shortfall: CreditsField,
    currency: z.string(),
  }),
  z.object({
    kind: z.literal('mistakes'),
    mistakes: z.array(z.object({ line: z.int(), message: z.string() })),
  }),
]);
export type Estimate = z.output<typeof Estimate>;
