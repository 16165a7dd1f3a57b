import type { Invoice } from '../objects';
import type { Context } from '../world';
import { billedTo, billLines, billNotes, billSums } from './bill';
import { pdfOf } from './pdf';
import { day, money } from './words';

const headline = (invoice: Invoice): string => {
  const { status, currency, status_transitions: when } = invoice;
  if (status === 'void') return 'Void: nothing is due';
  if (when.paid_at !== null) return `${money(invoice.amount_paid, currency)} paid on ${day(when.paid_at)}`;
  return `${money(invoice.amount_remaining, currency)} due ${day(invoice.due_date ?? invoice.effective_at ?? invoice.created)}`;
};

export const invoicePdf = (ctx: Context, invoice: Invoice) =>
  pdfOf({
    title: 'Invoice',
    written: invoice.effective_at ?? invoice.created,
    facts: [
      ['Invoice number', invoice.number ?? invoice.id],
      ['Date of issue', day(invoice.effective_at ?? invoice.created)],
      ...(invoice.due_date === null ? [] : [['Date due', day(invoice.due_date)] as [string, string]]),
    ],
    parties: [
      { heading: ctx.merchant.name, lines: [ctx.merchant.country] },
      { heading: 'Bill to', lines: billedTo(invoice) },
    ],
    headline: headline(invoice),
    lines: billLines(invoice),
    sums: billSums(ctx, invoice),
    notes: billNotes(invoice),
    foot: `${invoice.number ?? invoice.id} · Sandbox: not a real invoice`,
  });
