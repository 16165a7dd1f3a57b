import { z } from 'zod';

/** The number of a line on the ledger. */
export const SeqField = z.string().regex(/^[1-9]\d{0,17}$/);
