import { z } from 'zod';

/** The zone in which an account's days begin and end, by its IANA name. */
export const AccountTimeZone = z.strictObject({ timeZone: z.string().min(1).max(64) });
export type AccountTimeZone = z.output<typeof AccountTimeZone>;
