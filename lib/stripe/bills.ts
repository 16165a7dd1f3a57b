import type { Cents } from '@/lib/domain/credits';
import { exactNumber } from '@/lib/domain/number-of';
import type { ChargedInvoice } from '@/lib/domain/top-up';
import { env } from '@/lib/env';

import { TAX_CODE } from './checkout';
import { stripe } from './client';
import { createOnce, stepOnce } from './create-once';
import { nullWhenCustomerGone } from './customers';
import { everyOf } from './every';

type NewBill = {
  topUpId: string;
  accountId: string;
  customer: string;
  currency: string;
  description: string;
  netDays: number;
  poNumber: string | null;
};

/** A draft of an invoice that its customer pays within so many days; null when the customer is gone at Stripe. */
export async function draftBill(bill: NewBill): Promise<string | null> {
  const drafting = createOnce(`topup/${bill.topUpId}/bill/${bill.customer}`, (options) =>
    stripe().invoices.create(
      {
        customer: bill.customer,
        currency: bill.currency,
        collection_method: 'send_invoice',
        days_until_due: bill.netDays,
        auto_advance: false,
        pending_invoice_items_behavior: 'exclude',
        ...(env().STRIPE_TAX === 'automatic' ? { automatic_tax: { enabled: true } } : {}),
        ...(bill.poNumber === null ? {} : { custom_fields: [{ name: 'PO number', value: bill.poNumber }] }),
        description: bill.description,
        metadata: { topup_id: bill.topUpId, account_id: bill.accountId },
      },
      options,
    ),
  );
  return (await drafting.catch(nullWhenCustomerGone))?.id ?? null;
}

/** A line of a draft, by its place: the same place is the same line. */
type NewLine = { place: number; description: string; price: Cents; start: Date; end: Date };

/** Puts those lines on a draft that it has not got yet, in their order. */
export async function addLines(
  { invoice, customer, currency, topUpId }: ChargedInvoice,
  lines: readonly NewLine[],
): Promise<void> {
  const items = await everyOf(stripe().invoiceItems.list({ invoice, limit: 100 }));
  const there = new Set(items.map(({ metadata }) => metadata?.['line']));
  for (const line of lines.filter(({ place }) => !there.has(`${place}`)))
    await stepOnce(`invoice/${invoice}/line/${line.place}`, (options) =>
      stripe().invoiceItems.create(
        {
          customer: customer ?? '',
          invoice,
          currency,
          amount: exactNumber(line.price),
          description: line.description,
          period: { start: seconds(line.start), end: seconds(line.end) },
          tax_behavior: 'exclusive',
          tax_code: TAX_CODE,
          discountable: false,
          metadata: { topup_id: topUpId ?? '', line: `${line.place}` },
        },
        options,
      ),
    );
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);

/** Has Stripe send a final invoice to its customer, and says when it is due. */
export async function sendBill({ invoice }: ChargedInvoice): Promise<Date> {
  const { due_date: due } = await stepOnce(`invoice/${invoice}/send`, (options) =>
    stripe().invoices.sendInvoice(invoice, {}, options),
  );
  if (due === null) throw new Error(`Invoice ${invoice} is never due`);
  return new Date(due * 1_000);
}
