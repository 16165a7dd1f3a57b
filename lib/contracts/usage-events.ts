import { z } from 'zod';

import { ENTRY_KINDS } from '@/lib/domain/entry';

import { CreditsField, InstantField } from './amounts';
import { SeqField } from './seq';
import { usageFilters } from './usage';

export const UsageEventsQuery = z.strictObject({
  /** Only what stands below this number of the ledger. */
  before: SeqField.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  /** From this instant, and up to but without that one. */
  from: InstantField.optional(),
  to: InstantField.optional(),
  ...usageFilters,
});
export type UsageEventsQuery = z.output<typeof UsageEventsQuery>;

/** One charge. */
export const UsageEvent = z.object({
  seq: z.string(),
  reference: z.string(),
  service: z.string().nullable(),
  apiKeyId: z.string().nullable(),
  amount: CreditsField,
  /** How much of it was given back since. */
  returned: CreditsField,
  /** The kinds of the grants that paid; none for what was taken on debt. */
  paidBy: z.array(z.enum(ENTRY_KINDS)),
  durationMs: z.int(),
  metadata: z.record(z.string(), z.json()).nullable(),
  createdAt: InstantField,
});
export type UsageEvent = z.output<typeof UsageEvent>;

/** Newest first. `nextBefore` asks for the page that follows, and is null on the last one. */
export const UsageEventsPage = z.object({
  events: z.array(UsageEvent),
  nextBefore: z.string().nullable(),
});
export type UsageEventsPage = z.output<typeof UsageEventsPage>;
