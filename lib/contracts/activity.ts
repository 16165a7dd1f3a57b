import { z } from 'zod';

import { ENTRY_KINDS } from '@/lib/domain/entry';

import { CentsField, CreditsField, InstantField } from './amounts';

/** One line of the ledger, as its account's members see it. */
export const ActivityEntry = z.object({
  /** The account's own gapless number of the line. */
  seq: z.string(),
  kind: z.enum(ENTRY_KINDS),
  delta: CreditsField,
  balanceAfter: CreditsField,
  reference: z.string(),
  /** What a charge was for. */
  service: z.string().nullable(),
  /** Present on purchases. */
  purchase: z
    .object({
      topUpId: z.uuid(),
      priceCents: CentsField,
      currency: z.string(),
      stripeInvoiceId: z.string().nullable(),
    })
    .nullable(),
  createdAt: InstantField,
});
export type ActivityEntry = z.output<typeof ActivityEntry>;

/** Newest first. `nextBefore` asks for the page that follows, and is null on the last one. */
export const ActivityPage = z.object({
  entries: z.array(ActivityEntry),
  nextBefore: z.string().nullable(),
});
export type ActivityPage = z.output<typeof ActivityPage>;

/** The number of a line on the ledger. */
export const SeqField = z.string().regex(/^[1-9]\d{0,17}$/);

export const ActivityQuery = z.strictObject({
  before: SeqField.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ActivityQuery = z.output<typeof ActivityQuery>;
