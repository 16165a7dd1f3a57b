import { emit } from '../events';
import { newId } from '../ids';
import type { CheckoutSession, Invoice, InvoiceLine, LineItem } from '../objects';
import { knownCustomer } from '../resources/customers';
import { markPaymentPaid, openPayment } from '../resources/invoice-payments';
import type { Context } from '../world';
import { markPaid, tellPaid } from './credit';
import { draftInvoice } from './draft';
import { openInvoice } from './finalize';
import { lineOfItem, totalled } from './lines';

const lineOfCheckout = (ctx: Context, invoice: Invoice, item: LineItem): InvoiceLine => ({
  ...lineOfItem(invoice, {
    id: newId('invoice_item'),
    object: 'invoiceitem',
    amount: item.amount_subtotal,
    created: ctx.clock.seconds(),
    currency: item.currency,
    customer: invoice.customer ?? '',
    customer_account: null,
    date: ctx.clock.seconds(),
    description: item.description,
    discountable: true,
    discounts: [],
    invoice: invoice.id,
    livemode: false,
    metadata: item.metadata,
    parent: null,
    period: { end: ctx.clock.seconds(), start: ctx.clock.seconds() },
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: 'price_details',
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    proration: false,
    quantity: item.quantity ?? 1,
    quantity_decimal: `${item.quantity ?? 1}`,
    tax_rates: [],
    test_clock: null,
  }),
});

/** The invoice that Checkout makes after it was paid: drafted, finalized and paid in one breath. */
export const invoiceForCheckout = (ctx: Context, session: CheckoutSession, items: LineItem[]): Invoice => {
  const wanted = session.invoice_creation?.invoice_data;
  const blank = draftInvoice(ctx, {
    customer: knownCustomer(ctx, session.customer ?? ''),
    currency: session.currency ?? 'usd',
    customFields: wanted?.custom_fields ?? null,
    description: wanted?.description ?? null,
    footer: wanted?.footer ?? null,
    metadata: wanted?.metadata ?? {},
  });
  const data = items.map((item) => lineOfCheckout(ctx, blank, item));
  const draft = ctx.store.invoices.put({
    ...totalled(
      { ...blank, starting_balance: 0, lines: { ...blank.lines, data } },
      items.map(({ id }) => ctx.store.line_details.get(id) ?? { discounts: [], taxes: [] }),
    ),
    automatic_tax: { disabled_reason: null, ...session.automatic_tax },
    discounts: [...ctx.store.discounts.oldestFirst(undefined, { by: 'session', is: session.id })].map(
      ({ id }) => id,
    ),
  });
  emit(ctx, 'invoice.created', draft);
  const opened = openInvoice(ctx, draft);
  const paid = markPaid(ctx, opened, { attempt_count: 1 });
  tellPaid(ctx, paid);
  const intent =
    session.payment_intent === null ? null : ctx.store.payment_intents.get(session.payment_intent);
  if (intent !== null) markPaymentPaid(ctx, openPayment(ctx, paid, intent));
  return paid;
};
