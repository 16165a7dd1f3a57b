import { newId } from '../ids';
import type { Invoice, InvoiceItem, InvoiceLine } from '../objects';
import { behaviorOf, reckon, totalDiscounts, type Line, type Reckoned } from '../reckoning';
import { knownCustomer } from '../resources/customers';
import type { KeptDiscount } from '../store';
import { payerOf, sumOf, totalTaxes, type Payer } from '../tax';
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
  discounts: item.discounts ?? [],
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

/** The discounts of the lines, and then those of the whole invoice. */
export const discountsOf = (ctx: Context, { lines, discounts }: Invoice): KeptDiscount[] =>
  [...lines.data.flatMap((line) => line.discounts), ...discounts].flatMap(
    (id) => ctx.store.discounts.get(id) ?? [],
  );

/** The line as it is reckoned: its own rates are said by its item, the invoice's stand in for none. */
const toReckon = (ctx: Context, invoice: Invoice, line: InvoiceLine): Line => {
  const item = ctx.store.invoice_items.get(line.parent?.invoice_item_details?.invoice_item ?? '');
  const price = ctx.store.prices.get(line.pricing?.price_details?.price ?? '');
  const own = item?.tax_rates ?? [];
  return {
    amount: line.amount,
    product: line.pricing?.price_details?.product ?? null,
    item: item?.id ?? null,
    isDiscountable: line.discountable,
    behavior: behaviorOf(price?.tax_behavior),
    rates: own.length > 0 ? own : invoice.default_tax_rates,
  };
};

/** The sums that follow from what each line was reckoned to be. */
export const totalled = (invoice: Invoice, reckoned: Reckoned[]): Invoice => {
  const lines = invoice.lines.data.map((line, index): InvoiceLine => {
    const { discounts = [], taxes = [] } = reckoned[index] ?? {};
    const off = discounts.map(({ discount, amount }) => ({ discount, amount, type: 'discount' as const }));
    return { ...line, discount_amounts: discounts, pretax_credit_amounts: off, taxes };
  });
  const taxes = totalTaxes(reckoned.flatMap((line) => line.taxes));
  const discounts = totalDiscounts(reckoned);
  const off = discounts.reduce((sum, { amount }) => sum + amount, 0);
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const [onTop, inside] = [sumOf(taxes, 'exclusive'), sumOf(taxes, 'inclusive')];
  const total = subtotal - off + onTop;
  const due = Math.max(0, total + invoice.starting_balance);
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due,
    lines: { ...invoice.lines, data: lines },
    subtotal,
    subtotal_excluding_tax: subtotal - inside,
    total,
    total_discount_amounts: discounts,
    total_excluding_tax: total - onTop - inside,
    total_pretax_credit_amounts: discounts.map((one) => ({ ...one, type: 'discount' as const })),
    total_taxes: taxes,
  };
};

/** The sums of an invoice, from its lines, its discounts and from where its customer is. */
export const summed = (ctx: Context, invoice: Invoice, payer?: Payer): Invoice => {
  const { automatic_tax: tax, lines } = invoice;
  const who = payer ?? payerOf(ctx, knownCustomer(ctx, invoice.customer ?? ''));
  const reckoned = reckon(
    ctx,
    lines.data.map((line) => toReckon(ctx, invoice, line)),
    {
      discounts: discountsOf(ctx, invoice),
      payer: tax.enabled ? who : null,
    },
  );
  const located = who.country === null ? 'requires_location_inputs' : 'complete';
  return {
    ...totalled(invoice, reckoned),
    automatic_tax: { ...tax, status: tax.enabled ? located : null },
  };
};

export const withLines = (ctx: Context, invoice: Invoice, lines: InvoiceLine[]): Invoice =>
  summed(ctx, { ...invoice, lines: { ...invoice.lines, data: lines } });
