import { noSuch } from '../errors';
import { newId } from '../ids';
import type { CreditNoteLine, Invoice, InvoiceLine, LineTax } from '../objects';
import { mergeMetadata, type MetadataChange } from '../params';
import { sumOf } from '../tax';

export type Reduced = CreditNoteLine & { taxes: LineTax[] };

const portion = (whole: number, part: number, of: number): number =>
  of === 0 ? 0 : Math.round((whole * part) / of);

/** A part of a line of the invoice takes its part of that line's discounts and taxes with it. */
const ofInvoiceLine = (line: InvoiceLine, amount: number) => ({
  discount_amounts:
    line.discount_amounts?.map(({ discount, amount: off }) => ({
      discount,
      amount: portion(off, amount, line.amount),
    })) ?? [],
  taxes: (line.taxes ?? []).map((tax) => ({
    ...tax,
    amount: portion(tax.amount, amount, line.amount),
    taxable_amount: tax.taxable_amount === null ? null : portion(tax.taxable_amount, amount, line.amount),
  })),
});

export type WantedLine = {
  type: 'custom_line_item' | 'invoice_line_item';
  amount?: number;
  description?: string;
  invoice_line_item?: string;
  metadata?: MetadataChange;
  quantity?: number;
  unit_amount?: number;
};

/** One line of a credit note: a part of one of the invoice, or something of its own. */
export const creditLine = (invoice: Invoice, wanted: WantedLine, index: number): Reduced => {
  const line = invoice.lines.data.find(({ id }) => id === wanted.invoice_line_item);
  if (wanted.type === 'invoice_line_item' && line === undefined) {
    throw noSuch('invoice line item', wanted.invoice_line_item ?? '', `lines[${index}][invoice_line_item]`);
  }
  const quantity = wanted.quantity ?? 1;
  const amount = wanted.amount ?? (wanted.unit_amount ?? line?.amount ?? 0) * quantity;
  const { discount_amounts: discounts, taxes } =
    line === undefined ? { discount_amounts: [], taxes: [] } : ofInvoiceLine(line, amount);
  return {
    id: newId('credit_note_line'),
    object: 'credit_note_line_item',
    amount,
    description: wanted.description ?? line?.description ?? null,
    discount_amount: discounts.reduce((sum, one) => sum + one.amount, 0),
    discount_amounts: discounts,
    ...(line === undefined ? {} : { invoice_line_item: line.id }),
    livemode: false,
    metadata: mergeMetadata({}, wanted.metadata),
    pretax_credit_amounts: discounts.map((one) => ({ ...one, type: 'discount' as const })),
    quantity,
    tax_rates: [],
    taxes,
    type: wanted.type,
    unit_amount: Math.round(amount / quantity),
    unit_amount_decimal: `${amount / quantity}`,
  };
};

/** A bare amount is of the invoice's total, so a part of it is tax. */
export const bareAmount = (invoice: Invoice, total: number): Reduced[] => {
  const taxes = (invoice.total_taxes ?? []).map((tax) => ({
    ...tax,
    amount: portion(tax.amount, total, invoice.total),
    taxable_amount: tax.taxable_amount === null ? null : portion(tax.taxable_amount, total, invoice.total),
  }));
  const amount = total - sumOf(taxes, 'exclusive');
  const line = { type: 'custom_line_item' as const, unit_amount: amount, description: 'Credit' };
  return [{ ...creditLine(invoice, line, 0), taxes }];
};
