import type { Context as Call, Hono } from 'hono';
import { html } from 'hono/html';

import { attemptInvoice, intentOf } from '../invoicing/collect';
import { invoiceByToken } from '../invoicing/finalize';
import type { Invoice, PaymentMethod } from '../objects';
import { methodFromCard } from '../resources/payment-methods';
import { uncaused, type Context, type World } from '../world';
import { cardFields, cardsToTry, readCard, type Mistake } from './card-form';
import { day, document, money, notice } from './layout';
import { pdfOf } from './pdf';
import { savedChoices } from './saved-cards';

const A_DAY = 24 * 60 * 60;
/** Stripe closes the page this long after the invoice was due. */
const OPEN_FOR = 30 * A_DAY;

const savedMethods = (ctx: Context, { customer }: Invoice): PaymentMethod[] =>
  customer === null
    ? []
    : [...ctx.store.payment_methods.newestFirst(undefined, { by: 'customer', is: customer })];

type Shown = { typed: URLSearchParams; mistake: Mistake | null };

const payForm = (ctx: Context, invoice: Invoice, { typed, mistake }: Shown) => {
  const saved = savedMethods(ctx, invoice);
  const chosen = typed.get('method') ?? saved[0]?.id ?? 'new';
  const { pathname } = new URL(invoice.hosted_invoice_url ?? ctx.origin);
  return html`<form class="card" method="post" action="${pathname}" novalidate>
    <h2>Pay this invoice</h2>
    ${mistake === null ? '' : html`<p role="alert">${mistake.sentence}</p>`} ${savedChoices(saved, chosen)}
    <div class="new-card">${cardFields(typed, mistake?.field ?? null)}</div>
    <button type="submit">Pay ${money(invoice.amount_remaining, invoice.currency)}</button>
    ${cardsToTry()}
  </form>`;
};

const headline = (invoice: Invoice): string => {
  const { paid_at: paid } = invoice.status_transitions;
  if (paid !== null) return `Paid on ${day(paid)}`;
  if (invoice.status === 'void') return 'Voided: nothing is due';
  return `Due on ${day(invoice.due_date ?? invoice.created)}`;
};

const receiptOf = (ctx: Context, invoice: Invoice): string | null => {
  if (invoice.status !== 'paid' || invoice.amount_due === 0) return null;
  return ctx.store.charges.get(intentOf(ctx, invoice).latest_charge ?? '')?.receipt_url ?? null;
};

const isPayable = ({ status }: Invoice) => status === 'open' || status === 'uncollectible';

const page = (ctx: Context, invoice: Invoice, shown: Shown) => {
  const receipt = receiptOf(ctx, invoice);
  const sum = (name: string, amount: number) =>
    html`<p class="sum"><span>${name}</span><span>${money(amount, invoice.currency)}</span></p>`;
  const tax = taxOf(invoice);
  return document(
    `Invoice ${invoice.number ?? ''}`,
    html`<main class="narrow">
      <div class="card">
        <h1>Invoice ${invoice.number} from ${ctx.merchant.name}</h1>
        <p class="total">${money(invoice.total, invoice.currency)}</p>
        <p class="quiet">
          ${headline(invoice)}, billed to ${invoice.customer_name ?? invoice.customer_email}
        </p>
        <ul class="lines">
          ${invoice.lines.data.map(
            (line) =>
              html`<li>
                <span>${line.description}</span><span>${money(line.amount, line.currency)}</span>
              </li>`,
          )}
        </ul>
        ${tax === 0 ? '' : sum('Tax', tax)} ${sum('Total', invoice.total)}
        <p><a href="${invoice.invoice_pdf}">Download invoice (PDF)</a></p>
        ${receipt === null ? '' : html`<p><a href="${receipt}">View receipt</a></p>`}
      </div>
      ${isPayable(invoice) ? payForm(ctx, invoice, shown) : ''}
    </main>`,
  );
};

const chosenCard = (ctx: Context, invoice: Invoice, typed: URLSearchParams): PaymentMethod | Mistake => {
  const saved = savedMethods(ctx, invoice).find((method) => method.id === typed.get('method'));
  if (saved !== undefined) return saved;
  const entry = readCard(typed, ctx.clock.now());
  return 'sentence' in entry ? entry : methodFromCard(ctx, entry.card, { expires: entry.expires });
};

const sent = async (c: Call, ctx: Context, invoice: Invoice) => {
  const typed = new URLSearchParams(await c.req.text());
  const address = invoice.hosted_invoice_url ?? '/';
  if (!isPayable(invoice)) return c.redirect(address, 303);
  const method = chosenCard(ctx, invoice, typed);
  if ('sentence' in method) return c.html(page(ctx, invoice, { typed, mistake: method }), 422);
  const outcome = attemptInvoice(ctx, invoice, { method, offSession: false, returnUrl: address });
  if (outcome.kind === 'succeeded') return c.redirect(address, 303);
  if (outcome.kind === 'requires_action') {
    return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? address, 303);
  }
  const mistake = { field: 'number', sentence: outcome.error.message };
  return c.html(page(ctx, ctx.store.invoices.get(invoice.id) ?? invoice, { typed, mistake }), 402);
};

/** What went wrong at the bank's page, for who comes back from it. */
const failure = (c: Call, ctx: Context, invoice: Invoice): Mistake | null => {
  if (c.req.query('redirect_status') !== 'failed' || !isPayable(invoice)) return null;
  const sentence = intentOf(ctx, invoice).last_payment_error?.message;
  return sentence === undefined ? null : { field: 'number', sentence };
};

const taxOf = ({ total_taxes: taxes }: Invoice) => (taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);

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
  ...(invoice.customer_tax_ids ?? []).map(({ type, value }) => `Tax ID: ${type} ${value ?? ''}`),
  ...(taxOf(invoice) === 0 ? [] : [`Tax: ${money(taxOf(invoice), invoice.currency)}`]),
  `Total: ${money(invoice.total, invoice.currency)}`,
  `Amount paid: ${money(invoice.amount_paid, invoice.currency)}`,
  ...(invoice.description === null ? [] : ['', invoice.description]),
  ...(invoice.footer === null ? [] : ['', invoice.footer]),
];

export const mountHostedInvoice = (app: Hono, world: World): void => {
  const nothing = () => notice('Nothing here', 'This invoice does not exist.');
  const hasClosed = ({ due_date: due, effective_at: from, created }: Invoice) =>
    world.clock.seconds() > (due ?? from ?? created) + OPEN_FOR;

  app.on(['GET', 'POST'], '/i/:account/:token', (c) => {
    const ctx = uncaused(world);
    c.header('Cache-Control', 'no-store');
    const invoice = invoiceByToken(ctx, c.req.param('token'));
    if (invoice === null) return c.html(nothing(), 404);
    if (hasClosed(invoice)) {
      return c.html(notice('This link has expired', 'Ask for a new link to this invoice.'), 410);
    }
    if (c.req.method === 'POST') return sent(c, ctx, invoice);
    const mistake = failure(c, ctx, invoice);
    return c.html(page(ctx, invoice, { typed: new URLSearchParams(), mistake }));
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
