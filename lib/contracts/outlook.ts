import { z } from 'zod';

import { CentsField, CreditsField, InstantField } from './amounts';
import { AutoTopUp } from './auto-top-up';

/** How long what is available lasts at the pace of the last seven days. */
const RunwayField = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('idle') }),
  /** There is too little to go by until then. */
  z.object({ kind: z.literal('accumulating'), readyAt: InstantField }),
  z.object({ kind: z.literal('lasting'), days: z.int(), until: InstantField, perDay: CreditsField }),
  z.object({ kind: z.literal('ample'), perDay: CreditsField }),
]);

/** Finished work that waits to be paid for, the oldest first; the first few are `lines`. */
const Waiting = z.object({
  count: z.int(),
  amount: CreditsField,
  /** What has to come in for all of it to be released; zero while it is being released. */
  lacks: CreditsField,
  lines: z.array(
    z.object({ reference: z.string(), service: z.string(), amount: CreditsField, daysLeft: z.int() }),
  ),
});

/** What is to come: how long credits last, what auto top-up does next, what waits for credits. */
export const Outlook = z.object({
  asOf: InstantField,
  runway: RunwayField,
  /** Null until a rule was set, and while it is off. */
  autoTopUp: z
    .object({
      ...AutoTopUp.pick({ now: true, next: true }).shape,
      sentence: z.string(),
      threshold: CreditsField,
      isPaused: z.boolean(),
      perChargeCents: CentsField,
      perMonthCents: CentsField,
      chargedThisMonth: CentsField,
      /** `Visa ·4242`; null where there is none, or where it is not the reader's to see. */
      card: z.string().nullable(),
    })
    .nullable(),
  currency: z.string(),
  waiting: Waiting,
});
export type Outlook = z.output<typeof Outlook>;
