import { z } from 'zod';

export const StaffSearch = z.strictObject({
  /** Whatever a customer sent. */
  sought: z.string().max(1_000).optional(),
});
