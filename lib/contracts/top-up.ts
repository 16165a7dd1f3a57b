import { z } from 'zod';

import { credits } from '@/lib/domain/credits';
import { TOP_UP_STATUSES } from '@/lib/domain/top-up';

import { CentsField, CreditsField, InstantField } from './amounts';

export const StartTopUp = z.strictObject({
  /** Made in the browser, so that a second click, a reload or a retry is the same purchase. */
  id: z.uuid(),
  packageId: z.string().min(1).max(64),
  /** The card that pays is kept for auto top-up. Nobody is asked to untick it. */
  savesCard: z.boolean(),
});
export type StartTopUp = z.output<typeof StartTopUp>;

export const TopUpStarted = z.object({
  id: z.uuid(),
  /** Where the customer pays. */
  checkoutUrl: z.url(),
});

export type TopUpStarted = z.output<typeof TopUpStarted>;

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

export const TopUpById = z.strictObject({ id: z.uuid() });

/** What Stripe's page adds to the address that it leads back to. */
export const CheckoutReturn = z.strictObject({ session_id: z.string().regex(/^cs_\w{1,200}$/) });

/** How many credits something lacks, in an address. */
export const CreditsNeeded = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .transform((digits) => credits(BigInt(digits)));
