import type { Hono } from 'hono';
import { html } from 'hono/html';

import type { Charge } from '../objects';
import { uncaused, type Context, type World } from '../world';
import { billedTo, billLines, billSums, invoiceOfCharge, type BillLine, type Sum } from './bill';
import { document, facts, notice, sum } from './layout';
import { asPdf, pdfOf } from './pdf';
import { brandName, day, money } from './words';

const cardOf = ({ payment_method_details: details }: Charge) =>
  `${brandName(details?.card?.brand ?? '')} •••• ${details?.card?.last4 ?? ''}`;

/** What was bought: the lines of the invoice, or what the payment says of itself. */
const linesOf = (ctx: Context, charge: Charge): BillLine[] => {
  const invoice = invoiceOfCharge(ctx, charge);
  if (invoice !== null) return billLines(invoice);
  const amount = money(charge.amount, charge.currency);
  return [{ description: charge.description ?? 'Payment', quantity: '1', unit: amount, amount }];
};

const sumsOf = (ctx: Context, charge: Charge): Sum[] => {
  const { amount, amount_refunded: refunded, currency } = charge;
  const invoice = invoiceOfCharge(ctx, charge);
  const bill = invoice === null ? [] : billSums(ctx, invoice);
  const untilTotal = bill.slice(
    0,
    bill.findIndex(({ name }) => name === 'Total'),
  );
  return [
    ...untilTotal,
    { name: 'Amount paid', amount: money(amount, currency), strong: true },
    ...(refunded === 0 ? [] : [{ name: 'Refunded', amount: money(-refunded, currency) }]),
  ];
};

const headline = ({ amount, amount_refunded: refunded, currency, created }: Charge): string => {
  const paid = `${money(amount, currency)} paid on ${day(created)}`;
  return refunded === 0 ? paid : `${paid}, ${money(refunded, currency)} refunded`;
};

const numbers = (ctx: Context, charge: Charge): [string, string][] => {
  const number = invoiceOfCharge(ctx, charge)?.number ?? null;
  return [
    ['Receipt number', charge.receipt_number ?? charge.id],
    ...(number === null ? [] : [['Invoice number', number] as [string, string]]),
    ['Date paid', day(charge.created)],
    ['Payment method', cardOf(charge)],
  ];
};

const page = (ctx: Context, charge: Charge) => {
  const invoice = invoiceOfCharge(ctx, charge);
  const title = `Receipt from ${ctx.merchant.name}`;
  return document(
    title,
    html`<main class="narrow">
      <div class="card">
        <section>
          <h1>${title}</h1>
          <p class="total">${money(charge.amount, charge.currency)}</p>
          <p class="quiet">${headline(charge)}</p>
          ${facts(numbers(ctx, charge))}
        </section>
        <section aria-label="What was paid for">
          <ul class="lines">
            ${linesOf(ctx, charge).map(
              ({ description, amount }) =>
                html`<li><span>${description}</span><span class="amount">${amount}</span></li>`,
            )}
          </ul>
          ${sumsOf(ctx, charge).map(({ name, amount, strong }) => sum(name, amount, strong))}
        </section>
        <section class="actions">
          <a href="${new URL(charge.receipt_url ?? '').pathname}/pdf">Download receipt (PDF)</a>
          ${invoice === null ? '' : html`<a href="${invoice.hosted_invoice_url}">View invoice</a>`}
        </section>
      </div>
    </main>`,
  );
};

const payer = (ctx: Context, charge: Charge): string[] => {
  const invoice = invoiceOfCharge(ctx, charge);
  const { name, email } = charge.billing_details;
  return invoice === null ? [name, email].filter((line) => line !== null) : billedTo(invoice);
};

const pdf = (ctx: Context, charge: Charge) =>
  pdfOf({
    title: 'Receipt',
    written: charge.created,
    facts: numbers(ctx, charge),
    parties: [
      { heading: ctx.merchant.name, lines: [ctx.merchant.country] },
      { heading: 'Paid by', lines: payer(ctx, charge) },
    ],
    headline: headline(charge),
    lines: linesOf(ctx, charge),
    sums: sumsOf(ctx, charge),
    notes: [],
    foot: `${charge.receipt_number ?? charge.id} · Sandbox: not a real receipt`,
  });

const chargeByToken = ({ origin, store }: Context, token: string): Charge | null => {
  const among = { by: 'receipt_url', is: `${origin}/receipts/payment/${token}` };
  return [...store.charges.newestFirst(undefined, among)][0] ?? null;
};

export const mountReceipt = (app: Hono, world: World): void => {
  const nothing = () => notice('Nothing here', 'This receipt does not exist.');

  app.get('/receipts/payment/:token', (c) => {
    const ctx = uncaused(world);
    const charge = chargeByToken(ctx, c.req.param('token'));
    return charge === null ? c.html(nothing(), 404) : c.html(page(ctx, charge));
  });
  app.get('/receipts/payment/:token/pdf', async (c) => {
    const ctx = uncaused(world);
    const charge = chargeByToken(ctx, c.req.param('token'));
    if (charge === null) return c.html(nothing(), 404);
    return asPdf(c, `Receipt-${charge.receipt_number ?? charge.id}`, await pdf(ctx, charge));
  });
};
