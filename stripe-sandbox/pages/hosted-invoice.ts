import type { Context as Call, Hono } from 'hono';
import { html } from 'hono/html';

import type { PaymentOutcome } from '../intents/payments';
import { attemptInvoice, intentOf } from '../invoicing/collect';
import { invoiceByToken } from '../invoicing/finalize';
import type { Invoice, PaymentMethod } from '../objects';
import { paymentsOf } from '../resources/invoice-payments';
import { methodFromCard } from '../resources/payment-methods';
import { uncaused, type Context, type World } from '../world';
import { billedTo, billLines, billNotes, billSums } from './bill';
import { cardFields, cardsToTry, readCard } from './card-form';
import { mistaken, problem, reading, refused, titled, untouched, type Filled, type Reading } from './fields';
import { invoicePdf } from './invoice-pdf';
import { document, facts, notice, status, sum, type Html, type Tone } from './layout';
import { asPdf } from './pdf';
import { cardName, savedChoices } from './saved-cards';
import { day, money } from './words';

const A_DAY = 24 * 60 * 60;
/** Stripe closes the page this long after the invoice was due. */
const OPEN_FOR = 30 * A_DAY;

const savedMethods = (ctx: Context, { customer }: Invoice): PaymentMethod[] =>
  customer === null
    ? []
    : [...ctx.store.payment_methods.newestFirst(undefined, { by: 'customer', is: customer })];

const pathOf = (ctx: Context, invoice: Invoice) => new URL(invoice.hosted_invoice_url ?? ctx.origin).pathname;

const isPayable = (invoice: Invoice) =>
  (invoice.status === 'open' || invoice.status === 'uncollectible') && invoice.amount_remaining > 0;

/** The card of an attempt whose bank waits for its holder. */
const waitingCard = (ctx: Context, invoice: Invoice): PaymentMethod | null => {
  if (!isPayable(invoice)) return null;
  const intent = intentOf(ctx, invoice);
  return intent.status === 'requires_action'
    ? ctx.store.payment_methods.get(intent.payment_method ?? '')
    : null;
};

const confirmForm = (ctx: Context, invoice: Invoice, method: PaymentMethod) =>
  html`<form class="card" method="post" action="${pathOf(ctx, invoice)}">
    <h2>Your bank asks you to confirm this payment</h2>
    <p>It was begun with ${cardName(method)} and waits for you. The next page is your bank's.</p>
    <button type="submit" name="do" value="confirm">Confirm payment</button>
  </form>`;

const payForm = (ctx: Context, invoice: Invoice, filled: Filled) =>
  html`<form class="card" method="post" action="${pathOf(ctx, invoice)}" novalidate>
    <h2>Pay this invoice</h2>
    ${problem(filled)} ${savedChoices(filled, savedMethods(ctx, invoice))}
    <div class="new-card">${cardFields(filled)}</div>
    <button type="submit">Pay ${money(invoice.amount_remaining, invoice.currency)}</button>
    ${cardsToTry()}
  </form>`;

const standing = (ctx: Context, invoice: Invoice): { word: string; tone: Tone } => {
  if (invoice.status === 'paid') return { word: 'Paid', tone: 'good' };
  if (invoice.status === 'void') return { word: 'Void', tone: 'calm' };
  if (invoice.status === 'uncollectible') return { word: 'Uncollectible', tone: 'alarm' };
  const isLate = invoice.due_date !== null && ctx.clock.seconds() > invoice.due_date;
  return isLate ? { word: 'Past due', tone: 'alarm' } : { word: 'Open', tone: 'warn' };
};

const headline = (invoice: Invoice): string => {
  const { paid_at: paid } = invoice.status_transitions;
  if (paid !== null) return `Paid on ${day(paid)}`;
  if (invoice.status === 'void') return 'Voided: nothing is due';
  if (invoice.status === 'uncollectible') return 'No longer asked for; it can still be paid';
  return `Due on ${day(invoice.due_date ?? invoice.created)}`;
};

/** The receipts of what was charged for it, the newest first: a wire has none. */
const receiptsOf = (ctx: Context, { id }: Invoice): string[] =>
  paymentsOf(ctx, id).data.flatMap(({ payment, status: state }) => {
    const intent = ctx.store.payment_intents.get(payment.payment_intent ?? '');
    const charge = ctx.store.charges.get(intent?.latest_charge ?? '');
    return state === 'paid' && typeof charge?.receipt_url === 'string' ? [charge.receipt_url] : [];
  });

const bill = (ctx: Context, invoice: Invoice) => {
  const { word, tone } = standing(ctx, invoice);
  const due = isPayable(invoice) ? invoice.amount_remaining : invoice.total;
  const notes = billNotes(invoice);
  return html`<div class="card">
    <section>
      <p>${status(word, tone)}</p>
      <h1>Invoice ${invoice.number} from ${ctx.merchant.name}</h1>
      <p class="total">${money(due, invoice.currency)}</p>
      <p class="quiet">${headline(invoice)}</p>
      ${facts([
        ['Bill to', billedTo(invoice).join('\n') || null],
        ['Issued', day(invoice.effective_at ?? invoice.created)],
      ])}
    </section>
    <section aria-label="What is billed">
      <ul class="lines">
        ${billLines(invoice).map(
          ({ description, quantity, amount }) =>
            html`<li>
              <span
                >${description}${quantity === '1' ? '' : html` <span class="quiet">× ${quantity}</span>`}</span
              >
              <span class="amount">${amount}</span>
            </li>`,
        )}
      </ul>
      ${billSums(ctx, invoice).map(({ name, amount, strong }) => sum(name, amount, strong))}
      ${notes.map((note) => html`<p class="quiet small">${note}</p>`)}
    </section>
    <section class="actions">
      <a href="${invoice.invoice_pdf}">Download invoice (PDF)</a>
      ${receiptsOf(ctx, invoice).map(
        (receipt) =>
          html`<a href="${receipt}">View receipt</a> <a href="${receipt}/pdf">Download receipt (PDF)</a>`,
      )}
    </section>
  </div>`;
};

const way = (ctx: Context, invoice: Invoice, filled: Filled): Html | '' => {
  if (!isPayable(invoice)) return '';
  const waiting = waitingCard(ctx, invoice);
  return html`${waiting === null ? '' : confirmForm(ctx, invoice, waiting)} ${payForm(ctx, invoice, filled)}`;
};

const page = (ctx: Context, invoice: Invoice, filled: Filled) =>
  document(
    titled(`Invoice ${invoice.number ?? ''} from ${ctx.merchant.name}`, filled),
    html`<main class="narrow">${bill(ctx, invoice)} ${way(ctx, invoice, filled)}</main>`,
  );

const chosenCard = (ctx: Context, invoice: Invoice, form: Reading): PaymentMethod | null => {
  const saved = savedMethods(ctx, invoice).find((method) => method.id === form.typed.get('method'));
  if (saved !== undefined) return saved;
  const entry = readCard(form, ctx.clock.now());
  return entry === null || form.mistakes.size > 0
    ? null
    : methodFromCard(ctx, entry.card, { expires: entry.expires });
};

/** On to the bank, back to the invoice that is paid, or the reason why not. */
const after = (c: Call, ctx: Context, { id }: Invoice, typed: URLSearchParams, outcome: PaymentOutcome) => {
  const invoice = ctx.store.invoices.get(id);
  const address = invoice?.hosted_invoice_url ?? '/';
  if (outcome.kind === 'declined' && invoice !== null) {
    return c.html(page(ctx, invoice, refused(typed, outcome.error.message)), 402);
  }
  return c.redirect(outcome.intent.next_action?.redirect_to_url?.url ?? address, 303);
};

const sent = async (c: Call, ctx: Context, invoice: Invoice) => {
  const typed = new URLSearchParams(await c.req.text());
  const returnUrl = invoice.hosted_invoice_url ?? '/';
  if (!isPayable(invoice)) return c.redirect(returnUrl, 303);
  const form = reading(typed);
  const waiting = typed.get('do') === 'confirm' ? waitingCard(ctx, invoice) : null;
  const method = waiting ?? chosenCard(ctx, invoice, form);
  if (method === null) return c.html(page(ctx, invoice, mistaken(form)), 422);
  const outcome = attemptInvoice(ctx, invoice, { method, offSession: false, returnUrl });
  return after(c, ctx, invoice, typed, outcome);
};

/** What went wrong at the bank's page, for who comes back from it. */
const failure = (c: Call, ctx: Context, invoice: Invoice): string | null =>
  c.req.query('redirect_status') === 'failed' && isPayable(invoice)
    ? (intentOf(ctx, invoice).last_payment_error?.message ?? null)
    : null;

export const mountHostedInvoice = (app: Hono, world: World): void => {
  const nothing = () => notice('Nothing here', 'This invoice does not exist.');
  const hasClosed = ({ due_date: due, effective_at: from, created }: Invoice) =>
    world.clock.seconds() > (due ?? from ?? created) + OPEN_FOR;

  app.on(['GET', 'POST'], '/i/:account/:token', (c) => {
    const ctx = uncaused(world);
    const invoice = invoiceByToken(ctx, c.req.param('token'));
    if (invoice === null) return c.html(nothing(), 404);
    if (hasClosed(invoice)) {
      return c.html(notice('This link has expired', 'Ask for a new link to this invoice.'), 410);
    }
    if (c.req.method === 'POST') return sent(c, ctx, invoice);
    return c.html(page(ctx, invoice, { ...untouched(), refusal: failure(c, ctx, invoice) }));
  });
  app.get('/invoice/:account/:token/pdf', async (c) => {
    const ctx = uncaused(world);
    const invoice = invoiceByToken(ctx, c.req.param('token'));
    if (invoice === null) return c.html(nothing(), 404);
    return asPdf(c, `Invoice-${invoice.number ?? invoice.id}`, await invoicePdf(ctx, invoice));
  });
};
