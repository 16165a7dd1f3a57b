import type { Stripe } from 'stripe';

import { cents, type Cents } from '@/lib/domain/credits';
import type { CreditNote, Invoice, InvoiceDocument } from '@/lib/domain/invoice';

import { stripe } from './client';
import { everyOf } from './every';
import { orUnavailable } from './unavailable';

/** An invoice as a list shows it, and whose it is; null while it is a draft, which nobody is meant to see. */
export type SaidInvoice = { customer: string; invoice: Invoice; creditNotes: CreditNote[] };

export async function readInvoiceForList(id: string): Promise<SaidInvoice | null> {
  const [invoice, notes] = await Promise.all([
    orUnavailable(stripe().invoices.retrieve(id)),
    everyOf(stripe().creditNotes.list({ invoice: id, limit: 100 })),
  ]);
  const customer = idOf(invoice.customer);
  const { number, status, status_transitions: at } = invoice;
  if (customer === null || number === null || status === null || status === 'draft') return null;
  return {
    customer,
    invoice: {
      id,
      number,
      status: knownStatus(status),
      currency: invoice.currency,
      subtotal: amount(invoice.subtotal),
      tax: amount((invoice.total_taxes ?? []).reduce((sum, tax) => sum + tax.amount, 0)),
      total: amount(invoice.total),
      issuedAt: instant(at.finalized_at ?? invoice.created),
    },
    creditNotes: notes.map((note) => ({
      id: note.id,
      number: note.number,
      status: note.status === 'void' ? 'void' : 'issued',
      total: amount(note.total),
      issuedAt: instant(note.created),
    })),
  };
}

const amount = (value: number): Cents => cents(BigInt(value));
const instant = (seconds: number) => new Date(seconds * 1_000);
const idOf = (expandable: string | { id: string } | null | undefined) =>
  typeof expandable === 'object' && expandable !== null ? expandable.id : (expandable ?? null);

const STATUSES: readonly Invoice['status'][] = ['open', 'paid', 'void', 'uncollectible'];

function knownStatus(status: string): Invoice['status'] {
  const known = STATUSES.find((one) => one === status);
  if (known === undefined) throw new Error(`An invoice is ${status}`);
  return known;
}

/** The invoice that a credit note belongs to. */
export async function invoiceOfCreditNote(id: string): Promise<string> {
  const { invoice } = await orUnavailable(stripe().creditNotes.retrieve(id));
  return typeof invoice === 'string' ? invoice : invoice.id;
}

/** Where a document of an invoice is now, and whose it is. Stripe's addresses end after weeks, so none is kept. */
export type DocumentAddress = { customer: string | null; url: string | null };

export async function readDocumentAddress(id: string, document: InvoiceDocument): Promise<DocumentAddress> {
  const expand = ['payments.data.payment.payment_intent'];
  const invoice = await orUnavailable(stripe().invoices.retrieve(id, { expand }));
  const customer = idOf(invoice.customer);
  if (document === 'receipt') return { customer, url: await readReceiptAddress(invoice) };
  return { customer, url: (document === 'pdf' ? invoice.invoice_pdf : invoice.hosted_invoice_url) ?? null };
}

/** Asked apart: no expansion of Stripe's reaches from an invoice to its charge. */
async function readReceiptAddress({ payments }: Stripe.Invoice): Promise<string | null> {
  const intents = (payments?.data ?? []).map(({ payment }) => payment.payment_intent);
  const paid = intents.find((intent) => typeof intent === 'object' && intent.status === 'succeeded');
  const charge = typeof paid === 'object' ? idOf(paid.latest_charge) : null;
  if (charge === null) return null;
  return (await orUnavailable(stripe().charges.retrieve(charge))).receipt_url;
}

/** The same of a credit note, which has only its PDF. */
export async function readCreditNoteAddress(id: string): Promise<DocumentAddress> {
  const note = await orUnavailable(stripe().creditNotes.retrieve(id));
  return { customer: idOf(note.customer), url: note.pdf };
}
