import { z } from 'zod';

import { creditsOfDecimal } from '@/lib/domain/decimal-credits';
import { ENTRY_KINDS } from '@/lib/domain/entry';

import { CentsField, CreditsField, InstantField } from './amounts';
import { LocalDateField, TimeZoneField } from './dates';
import { SeqField } from './seq';
import { usageFilters } from './usage';
import { UsageChoices } from './usage-choices';

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

/** What the activity page shows: a page of lines, and what they can be narrowed to. */
export const ActivityShown = z.object({
  page: ActivityPage,
  /** The zone whose days are asked for. */
  timeZone: z.string(),
  choices: UsageChoices,
});
export type ActivityShown = z.output<typeof ActivityShown>;

/** An amount as people write it: `14`, `0.5`. */
const AmountField = z
  .string()
  .transform((text) => creditsOfDecimal(text.trim()))
  .refine((amount) => amount !== null, 'Write an amount of credits, such as 14 or 0.5.');

/** How the ledger is narrowed. What is left out narrows nothing. */
const activityFilters = {
  /** `consume,refund`. */
  kinds: z
    .string()
    .transform((names) => names.split(','))
    .pipe(z.array(z.enum(ENTRY_KINDS)))
    .optional(),
  ...usageFilters,
  /** Both included, as days of `timeZone`. */
  from: LocalDateField.optional(),
  to: LocalDateField.optional(),
  /** The account's own, where none is said. */
  timeZone: TimeZoneField.optional(),
  /** How much moved, whichever way. */
  least: AmountField.optional(),
  most: AmountField.optional(),
  /** A reference, a line's number, an invoice or payment of Stripe's, or a request of the API. */
  sought: z.string().trim().min(1).max(200).optional(),
};
const isForward = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  from === undefined || to === undefined || from <= to;

export const ActivityQuery = z
  .strictObject({
    before: SeqField.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...activityFilters,
  })
  .refine(isForward, { path: ['to'], message: 'The last day is before the first.' });
export type ActivityQuery = z.output<typeof ActivityQuery>;
