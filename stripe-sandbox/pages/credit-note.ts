import type { Hono } from 'hono';

import type { CreditNote } from '../objects';
import { noteByToken } from '../resources/credit-notes';
import { uncaused, type Context, type World } from '../world';
import { billedTo, taxSums, type Sum } from './bill';
import { notice } from './layout';
import { asPdf, pdfOf } from './pdf';
import { day, money, spoken } from './words';

const sums = (ctx: Context, note: CreditNote): Sum[] => {
  const { currency } = note;
  const refunded = note.refunds.reduce((all, { amount_refunded: amount }) => all + (amount ?? 0), 0);
  const part = (name: string, amount: number): Sum[] =>
    amount === 0 ? [] : [{ name, amount: money(amount, currency) }];
  return [
    { name: 'Subtotal', amount: money(note.subtotal, currency) },
    ...taxSums(ctx, note.total_taxes, currency),
    { name: 'Total credited', amount: money(note.total, currency), strong: true },
    ...part('Refunded', refunded),
    ...part('Credited outside Stripe', note.out_of_band_amount ?? 0),
    ...part('Taken off what is due', note.pre_payment_amount),
  ];
};

const pdf = (ctx: Context, note: CreditNote) => {
  const invoice = ctx.store.invoices.get(note.invoice);
  const { currency } = note;
  return pdfOf({
    title: 'Credit note',
    written: note.created,
    facts: [
      ['Credit note number', note.number],
      ['Date of issue', day(note.created)],
      ['For invoice', invoice?.number ?? note.invoice],
      ...(note.reason === null ? [] : [['Reason', spoken(note.reason)] as [string, string]]),
    ],
    parties: [
      { heading: ctx.merchant.name, lines: [ctx.merchant.country] },
      { heading: 'Credit to', lines: invoice === null ? [note.customer] : billedTo(invoice) },
    ],
    headline:
      note.status === 'void'
        ? 'Void: nothing is credited'
        : `${money(note.total, currency)} credited on ${day(note.created)}`,
    lines: note.lines.data.map(({ description, quantity, amount }) => ({
      description: description ?? 'Credit',
      quantity: `${quantity ?? 1}`,
      unit: money(amount / Math.max(1, quantity ?? 1), currency),
      amount: money(amount, currency),
    })),
    sums: sums(ctx, note),
    notes: note.memo === null ? [] : [note.memo],
    foot: `${note.number} · Sandbox: not a real credit note`,
  });
};

export const mountCreditNote = (app: Hono, world: World): void => {
  app.get('/credit_notes/:account/:token/pdf', async (c) => {
    const ctx = uncaused(world);
    const note = noteByToken(ctx, c.req.param('token'));
    if (note === null) return c.html(notice('Nothing here', 'This credit note does not exist.'), 404);
    return asPdf(c, `CreditNote-${note.number}`, await pdf(ctx, note));
  });
};
