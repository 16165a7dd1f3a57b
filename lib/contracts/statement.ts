import { z } from 'zod';

/** Before and beyond these years there is nothing to see. */
const MonthField = z.string().regex(/^20[2-9]\d-(0[1-9]|1[0-2])$/, 'Choose a month, such as 2026-11.');

export const StatementOf = z.strictObject({ month: MonthField });
export type StatementOf = z.output<typeof StatementOf>;

/** The months that an account has a statement of, the newest first: that one is not over. */
export const StatementMonths = z.object({ timeZone: z.string(), months: z.array(z.string()) });
export type StatementMonths = z.output<typeof StatementMonths>;
