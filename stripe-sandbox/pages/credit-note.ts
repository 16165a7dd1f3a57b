import type { Hono } from 'hono';

import type { CreditNote } from '../objects';
import { noteByToken } from '../resources/credit-notes';
import { uncaused, type Context, type World } from '../world';
import { day, money, notice } from './layout';
import { pdfOf } from './pdf';

const pdfLines = (ctx: Context, note: CreditNote): string[] => {
  const invoice = ctx.store.invoices.get(note.invoice);
  const customer = ctx.store.customers.get(note.customer);
  const named = [customer?.name, customer?.email].filter((part) => typeof part === 'string');
  const tax = (note.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return [
    `Credit note ${note.number}`,
    `${ctx.merchant.name} (sandbox: not a real credit note)`,
    '',
    `Date: ${day(note.created)}`,
    `For invoice: ${invoice?.number ?? note.invoice}`,
    `Credit to: ${named.join(', ')}`,
    '',
    ...note.lines.data.map((line) => `${line.description ?? ''}   ${money(line.amount, note.currency)}`),
    '',
    ...(tax === 0 ? [] : [`Tax: ${money(tax, note.currency)}`]),
    `Total: ${money(note.total, note.currency)}`,
    ...(note.memo === null ? [] : ['', note.memo]),
  ];
};

export const mountCreditNote = (app: Hono, world: World): void => {
  app.get('/credit_notes/:account/:token/pdf', (c) => {
    const ctx = uncaused(world);
    const note = noteByToken(ctx, c.req.param('token'));
    if (note === null) return c.html(notice('Nothing here', 'This credit note does not exist.'), 404);
    return c.body(pdfOf(pdfLines(ctx, note)), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="CreditNote-${note.number}.pdf"`,
    });
  });
};
