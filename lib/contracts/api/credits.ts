import { z } from 'zod';

import { CreditsNumber, InstantText, limitField } from './fields';

/** What an account has, as Roughy's document names it. */
export const CreditsBalanceAnswer = z
  .object({
    balance: CreditsNumber.meta({ description: 'The sum of every line, without what has expired.' }),
    available: CreditsNumber.meta({ description: 'The balance without what is held for running work.' }),
    held: CreditsNumber,
    as_of: InstantText,
  })
  .meta({ id: 'CreditsBalance' });

const MOST_OFFSET = Number.MAX_SAFE_INTEGER;

export const HistoryQuery = z.strictObject({
  limit: limitField({ most: 200, usual: 50 }),
  offset: z.coerce.number().int().min(0).max(MOST_OFFSET).default(0),
});
export type HistoryQuery = z.output<typeof HistoryQuery>;

/** A page of the ledger. Lines that come meanwhile move later pages; `GET /usage` has pages that they do not move. */
export const HistoryPage = z
  .object({
    data: z.array(
      z.object({
        id: z.string().meta({ description: 'The number of the line, from 1.', example: '42' }),
        type: z.string().meta({ description: 'As the price book names its kind.', example: 'consume_asset' }),
        delta: CreditsNumber,
        asset_id: z.string().nullable().meta({ description: 'Of a charge: what was charged for.' }),
        grant_id: z.string().nullable().meta({
          description: 'Of credits that were given, and of those that expired: the line that gave them.',
        }),
        stripe_invoice_id: z
          .string()
          .nullable()
          .meta({ description: 'Of a purchase, once Stripe has made it.' }),
        created_at: InstantText,
      }),
    ),
    total: z.int().meta({ description: 'Lines in all.' }),
    limit: z.int(),
    offset: z.int(),
  })
  .meta({ id: 'HistoryPage' });
