import { redeem } from '../discounts';
import { invalidRequest, kept } from '../errors';
import { emit } from '../events';
import { newId, randomText } from '../ids';
import { createIntent } from '../intents/payments';
import type { Invoice } from '../objects';
import { moveBalance } from '../resources/customer-balance-transactions';
import { knownCustomer } from '../resources/customers';
import { openPayment } from '../resources/invoice-payments';
import { taxIdsOf } from '../resources/tax-ids';
import { hourFor } from '../test-clock';
import type { Context } from '../world';
import { markPaid, tellPaid } from './credit';
import { requireDraft } from './draft';
import { discountsOf, summed } from './lines';

const addressed = (ctx: Context, invoice: Invoice) => {
  const token = `test_${Buffer.from(`${ctx.merchant.account},${invoice.id},${randomText(24)}`).toString('base64url')}`;
  return {
    hosted_invoice_url: `${ctx.origin}/i/${ctx.merchant.account}/${token}?s=ap`,
    invoice_pdf: `${ctx.origin}/invoice/${ctx.merchant.account}/${token}/pdf?s=ap`,
  };
};

/** Gives a draft its number and its pages; from here on its money cannot be edited. */
export const openInvoice = (ctx: Context, draft: Invoice): Invoice => {
  const customer = knownCustomer(ctx, draft.customer ?? '');
  const sequence = customer.next_invoice_sequence ?? 1;
  if (draft.number === null) {
    ctx.store.customers.put({ ...customer, next_invoice_sequence: sequence + 1 });
  }
  const now = hourFor(ctx, draft);
  const opened = ctx.store.invoices.put({
    ...draft,
    customer_tax_ids: taxIdsOf(ctx, customer.id).map(({ type, value }) => ({ type, value })),
    ...addressed(ctx, draft),
    automatically_finalizes_at: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    effective_at: now,
    ending_balance: draft.ending_balance ?? 0,
    number: draft.number ?? `${customer.invoice_prefix ?? 'SANDBOX'}-${String(sequence).padStart(4, '0')}`,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  emit(ctx, 'invoice.finalized', opened);
  return opened;
};

/** The invoice behind the token of its hosted page or PDF. */
export const invoiceByToken = (ctx: Context, token: string): Invoice | null => {
  const id = Buffer.from(token.replace(/^test_/, ''), 'base64url')
    .toString()
    .split(',')[1];
  const invoice = id === undefined ? null : ctx.store.invoices.get(id);
  return invoice?.hosted_invoice_url?.includes(`/${token}?`) === true ? invoice : null;
};

const failFinalization = (ctx: Context, draft: Invoice): never => {
  const refusal = invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    { code: 'customer_tax_location_invalid' },
  );
  const failed = ctx.store.invoices.put({
    ...draft,
    automatic_tax: { ...draft.automatic_tax, status: 'requires_location_inputs' },
    last_finalization_error: refusal.body as unknown as Invoice['last_finalization_error'],
  });
  emit(ctx, 'invoice.finalization_failed', failed);
  throw kept(refusal);
};

/** What the customer had with us pays first, and what they owed is asked for; the rest is kept for the next invoice. */
const applied = (ctx: Context, { id, currency, customer, total, starting_balance: before }: Invoice) => {
  const ending = Math.min(0, total + before);
  if (ending !== before) {
    const move = { amount: ending - before, currency, invoice: id, type: 'applied_to_invoice' as const };
    moveBalance(ctx, knownCustomer(ctx, customer ?? ''), move);
  }
  return { ending_balance: ending };
};

/** Closes a draft: a number, its pages, and an intent that waits for the money; nothing to pay is paid at once. */
export const finalizeInvoice = (ctx: Context, draft: Invoice): Invoice => {
  requireDraft(draft, "This invoice is already finalized, you can't re-finalize a non-draft invoice.");
  const customer = knownCustomer(ctx, draft.customer ?? '');
  const summedUp = summed(ctx, { ...draft, starting_balance: customer.balance });
  if (summedUp.automatic_tax.status === 'requires_location_inputs') failFinalization(ctx, summedUp);
  for (const discount of discountsOf(ctx, summedUp)) redeem(ctx, discount);
  const opened = openInvoice(ctx, { ...summedUp, ...applied(ctx, summedUp), last_finalization_error: null });
  if (opened.amount_due === 0) {
    const paid = markPaid(ctx, opened);
    tellPaid(ctx, paid);
    return paid;
  }
  const intent = createIntent(ctx, {
    amount: opened.amount_due,
    currency: opened.currency,
    customer: opened.customer,
    description: opened.description ?? 'Payment for Invoice',
    invoice: opened.id,
  });
  openPayment(ctx, opened, intent);
  if (opened.due_date !== null) {
    ctx.store.tasks.put({
      id: newId('task'),
      created: ctx.clock.seconds(),
      kind: 'overdue_invoice',
      subject: opened.id,
      dueAt: opened.due_date * 1000,
      clock: opened.test_clock,
    });
  }
  return opened;
};
