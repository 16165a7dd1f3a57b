import { z } from 'zod';

import { CentsField, CreditsField, InstantField } from './amounts';

export const StartTopUp = z.strictObject({
  /** Made in the browser, so that a second click, a reload or a retry is the same purchase. */
  id: z.uuid(),
  packageId: z.string().min(1).max(64),
});
export type StartTopUp = z.output<typeof StartTopUp>;

export const TopUpStarted = z.object({
  id: z.uuid(),
  /** Where the customer pays. */
  checkoutUrl: z.url(),
});

/**
 * started: being prepared · open: waits for the customer on the payment page · processing: paid, the bank has not
 * said so yet · credited: the credits are on the ledger · abandoned: the payment page was left until it expired ·
 * failed: the bank refused in the end.
 */
export const TOP_UP_STATUSES = ['started', 'open', 'processing', 'credited', 'abandoned', 'failed'] as const;

export const TopUp = z.object({
  id: z.uuid(),
  status: z.enum(TOP_UP_STATUSES),
  credits: CreditsField,
  priceCents: CentsField,
  currency: z.string(),
  stripeInvoiceId: z.string().nullable(),
  createdAt: InstantField,
});
export type TopUp = z.output<typeof TopUp>;
