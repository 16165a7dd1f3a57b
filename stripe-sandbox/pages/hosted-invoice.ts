import type { Hono } from 'hono';
import { html } from 'hono/html';

import type { Invoice } from '../objects';
import { invoiceByToken } from '../resources/invoices';
import { uncaused, type Context, type World } from '../world';
import { day, document, money, notice } from './layout';
import { pdfOf } from './pdf';

const page = (ctx: Context, invoice: Invoice) =>
  document(
    `Invoice ${invoice.number ?? ''}`,
    html`<main class="narrow">
      <div class="card">
        <h1>Invoice ${invoice.number} from ${ctx.merchant.name}</h1>
        <p class="total">${money(invoice.total, invoice.currency)}</p>
        <p class="quiet">
          ${invoice.status === 'paid' ? 'Paid' : 'Due'} on
          ${day(invoice.status_transitions.paid_at ?? invoice.created)}, billed to
          ${invoice.customer_name ?? invoice.customer_email}
        </p>
        <ul class="lines">
          ${invoice.lines.data.map(
            (line) =>
              html`<li>
                <span>${line.description}</span><span>${money(line.amount, line.currency)}</span>
              </li>`,
          )}
        </ul>
        <p class="sum"><span>Total</span><span>${money(invoice.total, invoice.currency)}</span></p>
        <p><a href="${invoice.invoice_pdf}">Download invoice (PDF)</a></p>
      </div>
    </main>`,
  );

const pdfLines = (ctx: Context, invoice: Invoice): string[] => [
  `Invoice ${invoice.number ?? ''}`,
  `${ctx.merchant.name} (sandbox: not a real invoice)`,
  '',
  `Date: ${day(invoice.created)}`,
  `Bill to: ${[invoice.customer_name, invoice.customer_email].filter((part) => part !== null).join(', ')}`,
  '',
  ...invoice.lines.data.map((line) => `${line.description ?? ''}   ${money(line.amount, line.currency)}`),
  '',
  `Subtotal: ${money(invoice.subtotal, invoice.currency)}`,
  `Total: ${money(invoice.total, invoice.currency)}`,
  `Amount paid: ${money(invoice.amount_paid, invoice.currency)}`,
  ...(invoice.description === null ? [] : ['', invoice.description]),
  ...(invoice.footer === null ? [] : ['', invoice.footer]),
];

export const mountHostedInvoice = (app: Hono, world: World): void => {
  const nothing = () => notice('Nothing here', 'This invoice does not exist.');
  app.get('/i/:account/:token', (c) => {
    const ctx = uncaused(world);
    const invoice = invoiceByToken(ctx, c.req.param('token'));
    return invoice === null ? c.html(nothing(), 404) : c.html(page(ctx, invoice));
  });
  app.get('/invoice/:account/:token/pdf', (c) => {
    const ctx = uncaused(world);
    const invoice = invoiceByToken(ctx, c.req.param('token'));
    if (invoice === null) return c.html(nothing(), 404);
    return c.body(pdfOf(pdfLines(ctx, invoice)), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="Invoice-${invoice.number ?? invoice.id}.pdf"`,
    });
  });
};
