import { z } from 'zod';

import { CreditsText } from './fields';

const Digits = z.string().regex(/^-?\d+$/);
const RoundingText = z.object({ direction: z.enum(['up', 'down', 'nearest']), step: Digits });

/** How an amount came about: the sum of the lines, rounded, at least the minimum, at most what was quoted. */
export const CalculationAnswer = z
  .object({
    formula: z.string().meta({ description: 'The arithmetic in words and numbers, for people.' }),
    price_book: z.string(),
    price_book_version: z.string(),
    inputs: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    lines: z.array(
      z.object({
        item: z.string(),
        measure: z.string(),
        quantity: Digits,
        at_most: Digits.nullable(),
        counted: RoundingText,
        credits: CreditsText,
        per: Digits,
      }),
    ),
    rounding: RoundingText.meta({ description: 'Of the sum, in millionths of a credit.' }),
    minimum: CreditsText,
    quoted: CreditsText.nullable(),
  })
  .meta({ id: 'Calculation' });
export type CalculationAnswer = z.output<typeof CalculationAnswer>;
