import { stringify } from 'csv-stringify/sync';

import { credits } from '@/lib/domain/credits';
import { decimalOf } from '@/lib/domain/decimal';

/** Text that a spreadsheet could take for a formula is quoted; amounts are numbers, and stay so below zero. */
export const csv = (records: unknown[][]) =>
  stringify(records, {
    escape_formulas: true,
    record_delimiter: 'windows',
    // Else a line break of its own would begin a record of the customer's making.
    quote_record_delimiter: true,
    cast: { bigint: (amount) => decimalOf(credits(amount)), date: (instant) => instant.toISOString() },
  });
