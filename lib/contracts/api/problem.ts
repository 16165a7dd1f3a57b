import { z } from 'zod';

/** What every refused or failed call answers; beside the code stand the numbers behind it, where there are any. */
export const ApiProblem = z
  .object({
    error: z.looseObject({
      code: z.string(),
      message: z.string(),
      param: z.string().optional(),
      request_id: z.string(),
    }),
  })
  .meta({ id: 'Problem' });
