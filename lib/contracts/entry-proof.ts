import { z } from 'zod';

import { ENTRY_KINDS } from '@/lib/domain/entry';
import { HOLD_STATES, OPERATION_STATES } from '@/lib/domain/operation-state';
import { TOP_UP_ORIGINS } from '@/lib/domain/top-up';

import { CentsField, CreditsField, InstantField } from './amounts';
import { SeqField } from './seq';

export const EntryProofQuery = z.strictObject({ seq: SeqField });

const EntryShort = z.object({
  seq: z.string(),
  kind: z.enum(ENTRY_KINDS),
  delta: CreditsField,
  reference: z.string(),
  createdAt: InstantField,
});

/** Why a line stands on the ledger, with all that it was made of. */
export const EntryProof = EntryShort.extend({
  service: z.string().nullable(),
  apiKeyName: z.string().nullable(),
  balanceBefore: CreditsField,
  balanceAfter: CreditsField,
  /** Of a charge that was calculated here; null where its amount was reported as it is. */
  arithmetic: z
    .object({
      formula: z.string(),
      priceBook: z.object({ id: z.string(), version: z.string() }),
      steps: z.array(z.object({ text: z.string(), comesTo: z.string() })),
      /** What the steps come to when they are worked out again now. */
      amount: CreditsField,
    })
    .nullable(),
  /** The request of the API that it came by. */
  requestId: z.string().nullable(),
  /** What the caller sent beside it. */
  given: z.record(z.string(), z.string()),
  /** Of an adjustment: why, in the words of who made it. */
  reason: z.string().nullable(),
  /** Credits that were set aside for it before. */
  hold: z
    .object({
      amount: CreditsField,
      state: z.enum(HOLD_STATES),
      createdAt: InstantField,
      expiresAt: InstantField,
    })
    .nullable(),
  operation: z
    .object({
      state: z.enum(OPERATION_STATES),
      createdAt: InstantField,
      finishedAt: InstantField.nullable(),
    })
    .nullable(),
  /** The grants that it was taken from, or given back to, each by the number of the line that opened it. */
  grants: z.array(
    z.object({
      seq: z.string(),
      kind: z.enum(ENTRY_KINDS),
      amount: CreditsField,
      expiresAt: InstantField.nullable(),
    }),
  ),
  /** The grant that it opened. */
  opened: z.object({ amount: CreditsField, expiresAt: InstantField.nullable() }).nullable(),
  /** What no grant could pay and was left as a debt, or what it repaid of one. */
  debt: CreditsField,
  purchase: z
    .object({
      origin: z.enum(TOP_UP_ORIGINS),
      priceCents: CentsField,
      currency: z.string(),
      priceBookVersion: z.string(),
      packageId: z.string().nullable(),
      stripePaymentId: z.string().nullable(),
      stripeInvoiceId: z.string().nullable(),
    })
    .nullable(),
  /** The line that this one answers. */
  answers: EntryShort.nullable(),
  /** The lines that answer this one: what was given back of it. */
  answeredBy: z.array(EntryShort),
});
export type EntryProof = z.output<typeof EntryProof>;
