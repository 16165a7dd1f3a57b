import type { Charge, Invoice, InvoiceLine, LineTax } from '../objects';
import { paymentFor } from '../resources/invoice-payments';
import type { Context } from '../world';
import { addressLines } from './address-form';
import { taxIdName } from './tax-id-form';
import { day, money, unitPrice } from './words';

/** One row under the lines of a bill. */
export type Sum = { name: string; amount: string; strong?: boolean };

const A_DAY = 24 * 60 * 60;

const period = ({ period: { start, end } }: InvoiceLine): string =>
  end - start < A_DAY ? '' : ` (${day(start)} to ${day(end)})`;

export type BillLine = { description: string; quantity: string; unit: string; amount: string };

export const billLines = ({ lines }: Invoice): BillLine[] =>
  lines.data.map((line) => {
    const quantity = line.quantity ?? 1;
    const unit = line.pricing?.unit_amount_decimal ?? line.amount / Math.max(1, quantity);
    return {
      description: `${line.description ?? 'Unnamed'}${period(line)}`,
      quantity: `${quantity}`,
      unit: unitPrice(unit, line.currency),
      amount: money(line.amount, line.currency),
    };
  });

const taxName = (ctx: Context, tax: LineTax): string => {
  if (tax.taxability_reason === 'reverse_charge') return 'Tax: reverse charge';
  const rate = ctx.store.tax_rates.get(tax.tax_rate_details?.tax_rate ?? '');
  const name = rate === null ? 'Tax' : `${rate.display_name} (${rate.percentage}%)`;
  return tax.tax_behavior === 'inclusive' ? `${name}, included` : name;
};

/** The taxes worth a row: what is owed, and why nothing is where the customer owes it instead. */
export const taxSums = (ctx: Context, taxes: LineTax[] | null, currency: string): Sum[] =>
  (taxes ?? [])
    .filter((tax) => tax.amount !== 0 || tax.taxability_reason === 'reverse_charge')
    .map((tax) => ({ name: taxName(ctx, tax), amount: money(tax.amount, currency) }));

/** What a discount is called: the code that was typed, or the name of its coupon. */
export const discountName = (ctx: Context, id: string): string => {
  const kept = ctx.store.discounts.get(id);
  const code = ctx.store.promotion_codes.get(kept?.discount.promotion_code ?? '')?.code;
  const name = code ?? kept?.terms.name ?? null;
  return name === null ? 'Discount' : `Discount ${name}`;
};

const unlessNone = (name: string, amount: number, currency: string): Sum[] =>
  amount === 0 ? [] : [{ name, amount: money(amount, currency) }];

/** From the subtotal to what is left to pay. */
export const billSums = (ctx: Context, invoice: Invoice): Sum[] => {
  const { currency } = invoice;
  return [
    { name: 'Subtotal', amount: money(invoice.subtotal, currency) },
    ...(invoice.total_discount_amounts ?? []).flatMap(({ amount, discount }) =>
      unlessNone(discountName(ctx, discount), -amount, currency),
    ),
    ...taxSums(ctx, invoice.total_taxes, currency),
    { name: 'Total', amount: money(invoice.total, currency), strong: true },
    ...unlessNone('Applied balance', invoice.starting_balance - (invoice.ending_balance ?? 0), currency),
    ...unlessNone('Credited before payment', -invoice.pre_payment_credit_notes_amount, currency),
    { name: 'Amount paid', amount: money(invoice.amount_paid, currency) },
    ...unlessNone('Credited after payment', -invoice.post_payment_credit_notes_amount, currency),
    { name: 'Amount due', amount: money(invoice.amount_remaining, currency), strong: true },
  ];
};

/** Who is billed, in the lines of an envelope. */
export const billedTo = (invoice: Invoice): string[] =>
  [
    invoice.customer_name,
    ...addressLines(invoice.customer_address),
    invoice.customer_email,
    ...(invoice.customer_tax_ids ?? []).map(({ type, value }) => `${taxIdName(type)} ${value ?? ''}`),
  ].filter((line): line is string => typeof line === 'string' && line !== '');

export const billNotes = (invoice: Invoice): string[] =>
  [
    ...(invoice.custom_fields ?? []).map(({ name, value }) => `${name}: ${value}`),
    invoice.description,
    invoice.footer,
  ].filter((note): note is string => note !== null && note !== '');

/** The invoice that a charge paid, if it paid one. */
export const invoiceOfCharge = (ctx: Context, charge: Charge): Invoice | null =>
  ctx.store.invoices.get(paymentFor(ctx, charge.payment_intent ?? '')?.invoice ?? '');
