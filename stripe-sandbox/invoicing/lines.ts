import { newId } from '../ids';
import type { Invoice, InvoiceItem, InvoiceLine } from '../objects';
import { knownCustomer } from '../resources/customers';
import { taxOn, totalTaxes } from '../tax';
import type { Context } from '../world';

/** The line that an invoice item becomes. */
export const lineOfItem = (invoice: Invoice, item: InvoiceItem): InvoiceLine => ({
  id: newId('invoice_line'),
  object: 'line_item',
  amount: item.amount,
  currency: item.currency,
  description: item.description,
  discount_amounts: [],
  discountable: item.discountable,
  discounts: [],
  invoice: invoice.id,
  livemode: false,
  metadata: item.metadata ?? {},
  parent: {
    invoice_item_details: {
      invoice_item: item.id,
      proration: false,
      proration_details: { credited_items: null },
      subscription: null,
    },
    subscription_item_details: null,
    type: 'invoice_item_details',
  },
  period: item.period,
  pretax_credit_amounts: [],
  pricing: item.pricing,
  quantity: item.quantity,
  quantity_decimal: item.quantity_decimal,
  subscription: null,
  subtotal: item.amount,
  taxes: [],
});

/** A price that says nothing of tax has it on top. */
const behaviorOf = (ctx: Context, line: InvoiceLine): 'exclusive' | 'inclusive' => {
  const price = ctx.store.prices.get(line.pricing?.price_details?.price ?? '');
  return price?.tax_behavior === 'inclusive' ? 'inclusive' : 'exclusive';
};

/** The sums of an invoice, from its lines and from where its customer is. */
export const summed = (ctx: Context, invoice: Invoice): Invoice => {
  const { automatic_tax: tax, customer } = invoice;
  const lines = invoice.lines.data.map((line) => ({
    ...line,
    taxes: tax.enabled
      ? taxOn(ctx, customer ?? '', { amount: line.amount, behavior: behaviorOf(ctx, line) })
      : [],
  }));
  const taxes = totalTaxes(lines.flatMap((line) => line.taxes));
  const sumOf = (behavior: 'exclusive' | 'inclusive') =>
    taxes.filter(({ tax_behavior: its }) => its === behavior).reduce((sum, { amount }) => sum + amount, 0);
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = subtotal + sumOf('exclusive');
  const net = subtotal - sumOf('inclusive');
  const located = typeof knownCustomer(ctx, customer ?? '').address?.country === 'string';
  return {
    ...invoice,
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
    automatic_tax: tax.enabled
      ? { ...tax, status: located ? 'complete' : 'requires_location_inputs' }
      : { ...tax, status: null },
    lines: { ...invoice.lines, data: lines },
    subtotal,
    subtotal_excluding_tax: net,
    total,
    total_excluding_tax: net,
    total_taxes: taxes,
  };
};

export const withLines = (ctx: Context, invoice: Invoice, lines: InvoiceLine[]): Invoice =>
  summed(ctx, { ...invoice, lines: { ...invoice.lines, data: lines } });
