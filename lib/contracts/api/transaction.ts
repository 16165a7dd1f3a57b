import { z } from 'zod';

import { CreditsNumber, InstantText, limitField } from './fields';

export const TransactionsQuery = z.strictObject({
  limit: limitField({ most: 200, usual: 50 }),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'is no cursor of ours')
    .optional(),
});

/** The ledger as Dessert's document shows it, newest first; what comes meanwhile moves no later page. */
export const TransactionsPage = z
  .object({
    data: z.array(
      z.object({
        id: z.string().meta({ description: 'The number of the line, from 1.' }),
        type: z.string().meta({ description: 'As the price book names its kind.', example: 'Generation' }),
        credits: CreditsNumber.meta({ description: 'Below zero where they were taken.' }),
        balance_after: CreditsNumber,
        reference: z.string().meta({ description: 'Of a refund: the id of what was refunded.' }),
        service: z.string().nullable().meta({ description: 'Of a charge: what was charged for.' }),
        created_at: InstantText,
      }),
    ),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'TransactionsPage' });
