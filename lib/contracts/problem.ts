import { z } from 'zod';

/** What every refused or failed request answers. */
export const Problem = z.object({
  error: z.object({ code: z.string(), message: z.string(), request_id: z.string() }),
});
