import type { Charge, Invoice, InvoiceLine } from '../objects';
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

type Tax = NonNullable<Invoice['total_taxes']>[number];

const taxName = (tax: Tax, currency: string): string => {
  if (tax.taxability_reason === 'reverse_charge') return 'Tax: reverse charge';
  const on = tax.taxable_amount === null ? 'Tax' : `Tax on ${money(tax.taxable_amount, currency)}`;
  return tax.tax_behavior === 'inclusive' ? `${on} (included)` : on;
};

/** The taxes worth a row: what is owed, and why nothing is where the customer owes it instead. */
export const taxSums = (taxes: Tax[] | null, currency: string): Sum[] =>
  (taxes ?? [])
    .filter((tax) => tax.amount !== 0 || tax.taxability_reason === 'reverse_charge')
    .map((tax) => ({ name: taxName(tax, currency), amount: money(tax.amount, currency) }));

const unlessNone = (name: string, amount: number, currency: string): Sum[] =>
  amount === 0 ? [] : [{ name, amount: money(amount, currency) }];

/** From the subtotal to what is left to pay. */
export const billSums = (invoice: Invoice): Sum[] => {
  const { currency } = invoice;
  const discounted = (invoice.total_discount_amounts ?? []).reduce((all, { amount }) => all + amount, 0);
  return [
    { name: 'Subtotal', amount: money(invoice.subtotal, currency) },
    ...unlessNone('Discount', -discounted, currency),
    ...taxSums(invoice.total_taxes, currency),
    { name: 'Total', amount: money(invoice.total, currency), strong: true },
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
