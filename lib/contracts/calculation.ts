import { z } from 'zod';

import { MEASURES } from '@/lib/domain/work';

const Digits = z.string().regex(/^-?\d+$/);
const Positive = z.string().regex(/^[1-9]\d*$/);
const KeptRounding = z.object({ direction: z.enum(['up', 'down', 'nearest']), step: Positive });

/** A calculation as it is kept beside an entry. What was kept by other programs may be anything. */
export const KeptCalculation = z.object({
  priceBook: z.object({ id: z.string(), version: z.string() }),
  service: z.string(),
  inputs: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  lines: z.array(
    z.object({
      item: z.string(),
      measure: z.enum([...MEASURES, 'operation']),
      quantity: Digits,
      atMost: Digits.nullable(),
      counted: KeptRounding,
      credits: Digits,
      per: Positive,
    }),
  ),
  rounding: KeptRounding,
  minimum: Digits,
  quoted: Digits.nullable(),
  formula: z.string(),
});
