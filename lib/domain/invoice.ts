import type { Cents } from './credits';

/** Stripe's invoice, as a list shows it. */
export type Invoice = {
  id: string;
  number: string;
  status: 'open' | 'uncollectible' | 'void' | 'paid';
  currency: string;
  /** Before discounts and tax. */
  subtotal: Cents;
  tax: Cents;
  total: Cents;
  issuedAt: Date;
};

export type CreditNote = {
  id: string;
  number: string;
  status: 'issued' | 'void';
  total: Cents;
  issuedAt: Date;
};

/** pdf: to keep · page: Stripe's own, where it can be paid · receipt: of its payment. */
export const INVOICE_DOCUMENTS = ['pdf', 'page', 'receipt'] as const;
export type InvoiceDocument = (typeof INVOICE_DOCUMENTS)[number];

export const INVOICE_STANDINGS = [
  'paid',
  'open',
  'void',
  'uncollectible',
  'refunded',
  'partly-refunded',
  'disputed',
] as const;
/** What an invoice and its money come to, in one word. */
export type InvoiceStanding = (typeof INVOICE_STANDINGS)[number];

/** A dispute says more than a refund, and a refund more than that it was paid. */
export function standingOf(
  { status, total }: Pick<Invoice, 'status' | 'total'>,
  money: { refunded: Cents; isDisputed: boolean },
): InvoiceStanding {
  if (status !== 'paid') return status;
  if (money.isDisputed) return 'disputed';
  if (money.refunded <= 0n) return 'paid';
  return money.refunded >= total ? 'refunded' : 'partly-refunded';
}
