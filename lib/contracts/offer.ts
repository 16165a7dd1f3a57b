import { z } from 'zod';

import { CentsField, CreditsField } from './amounts';

/** What can be bought, and how this price book speaks of credits. */
export const Offer = z.object({
  credit: z.object({ singular: z.string(), plural: z.string(), decimals: z.number().int().min(0).max(6) }),
  currency: z.string(),
  packages: z.array(
    z.object({ id: z.string(), credits: CreditsField, priceCents: CentsField, priceOfOneCredit: z.string() }),
  ),
  /** How long what is bought lasts; null where it never expires. */
  lastsDays: z.number().int().nullable(),
  /** Any other amount may be bought within these bounds, too; null where only packages are sold. */
  freeAmount: z
    .object({
      leastCents: CentsField,
      mostCents: CentsField,
      stepCents: CentsField,
      rate: z.object({ creditUnits: CreditsField, priceCents: CentsField }),
    })
    .nullable(),
});
export type Offer = z.output<typeof Offer>;
