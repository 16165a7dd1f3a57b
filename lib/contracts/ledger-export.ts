import { z } from 'zod';

import { ENTRY_KINDS } from '@/lib/domain/entry';

import { LocalDateField, TimeZoneField } from './dates';
import { usageFilters } from './usage';

export const LedgerExportQuery = z
  .strictObject({
    /** Both included, as days of `timeZone`. */
    from: LocalDateField,
    to: LocalDateField,
    timeZone: TimeZoneField.default('UTC'),
    /** `json` is one object a line. */
    format: z.enum(['csv', 'json']).default('csv'),
    /** Only entries of these kinds: `consume,refund`. */
    kinds: z
      .string()
      .transform((names) => names.split(','))
      .pipe(z.array(z.enum(ENTRY_KINDS)))
      .optional(),
    ...usageFilters,
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'This is before the first day.' });
export type LedgerExportQuery = z.output<typeof LedgerExportQuery>;
