import { z } from 'zod';

import { INVOICE_DOCUMENTS, INVOICE_STANDINGS } from '@/lib/domain/invoice';
import { TOP_UP_ORIGINS } from '@/lib/domain/top-up';

import { CentsField, CreditsField, InstantField } from './amounts';

const CreditNote = z.object({
  id: z.string(),
  number: z.string(),
  total: CentsField,
  issuedAt: InstantField,
});

/** One purchase on paper. A purchase whose invoice Stripe has not made yet has no number. */
export const InvoiceLine = z.object({
  /** Stripe's; null until it is made. */
  id: z.string().nullable(),
  number: z.string().nullable(),
  standing: z.enum(INVOICE_STANDINGS),
  currency: z.string(),
  tax: CentsField,
  total: CentsField,
  refunded: CentsField,
  /** What it was for; null for an invoice of no purchase of credits. */
  purchase: z.object({ origin: z.enum(TOP_UP_ORIGINS), credits: CreditsField }).nullable(),
  creditNotes: z.array(CreditNote),
  issuedAt: InstantField,
});
export type InvoiceLine = z.output<typeof InvoiceLine>;

/** Newest first. `nextBefore` asks for the page that follows, and is null on the last one. */
export const InvoicePage = z.object({ invoices: z.array(InvoiceLine), nextBefore: z.string().nullable() });
export type InvoicePage = z.output<typeof InvoicePage>;

export const InvoiceQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,16}_[\w-]{1,200}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type InvoiceQuery = z.output<typeof InvoiceQuery>;

export const InvoiceDocumentOf = z.strictObject({
  id: z.string().regex(/^in_\w{1,200}$/),
  document: z.enum(INVOICE_DOCUMENTS),
});
export const CreditNoteById = z.strictObject({ id: z.string().regex(/^cn_\w{1,200}$/) });
