import { z } from 'zod';

import { ENTRY_KINDS } from '@/lib/domain/entry';

import { CreditsField, InstantField } from './amounts';

export const HistoryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  /** How many of the newest entries to leave out. */
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export type HistoryQuery = z.output<typeof HistoryQuery>;

export const HistoryEntry = z.object({
  /** The account's own gapless number of the line. */
  seq: z.string(),
  kind: z.enum(ENTRY_KINDS),
  delta: CreditsField,
  balanceAfter: CreditsField,
  reference: z.string(),
  service: z.string().nullable(),
  apiKeyId: z.string().nullable(),
  /** The grant that it opened, or that it was taken from; null where that was more than one. */
  grantId: z.string().nullable(),
  /** The number of the line that it answers. */
  ofSeq: z.string().nullable(),
  stripeInvoiceId: z.string().nullable(),
  createdAt: InstantField,
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** The ledger, newest first, by limit and offset. What is added later moves the pages; by `seq` they stay. */
export const HistoryPage = z.object({
  entries: z.array(HistoryEntry),
  total: z.int(),
});
export type HistoryPage = z.output<typeof HistoryPage>;
