import { spawnSync } from 'node:child_process';

import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { pdfOf } from './pages/pdf';
import { aSandbox, ORIGIN } from './testing';
import { textOfPdf } from './testing-pdf';

const NAMES = ['Zoë Müller-Łukasiewicz', 'Жанна Ωμέγα', 'Nguyễn Thị Ánh'];

/** An invoice to somebody whose name is not of this alphabet, taxed and discounted. */
const anInvoice = async (changes: Partial<Stripe.InvoiceCreateParams> = {}) => {
  const world = aSandbox({ switches: { automaticTax: 'by_place' } });
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({
    email: 'zoe@example.org',
    name: NAMES.join(' & '),
    address: { country: 'DE', line1: 'Straße des 17. Juni 135', city: 'Berlin', postal_code: '10623' },
    tax_id_data: [{ type: 'gb_vat', value: 'GB123456789' }],
  });
  const coupon = await stripe.coupons.create({
    amount_off: 1000,
    currency: 'usd',
    duration: 'once',
    name: 'Treue',
  });
  const draft = await stripe.invoices.create({
    customer,
    description: 'Crédits de novembre',
    footer: 'Merci beaucoup',
    custom_fields: [{ name: 'PO', value: '4711' }],
    automatic_tax: { enabled: true },
    discounts: [{ coupon: coupon.id }],
    ...changes,
  });
  const product = await stripe.products.create({ name: 'Minute' });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 2500,
    currency: 'usd',
    description: '250 credits',
  });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    description: 'Dubbing, by the minute',
    quantity: 3,
    price_data: { currency: 'usd', product: product.id, unit_amount: 500 },
    period: { start: Date.UTC(2026, 9, 1) / 1000, end: Date.UTC(2026, 9, 31) / 1000 },
  });
  const invoice = await stripe.invoices.finalizeInvoice(draft.id);
  const download = async (url: string | null | undefined) => {
    const answer = await world.open(url ?? '');
    const pdf = new Uint8Array(await answer.arrayBuffer());
    return {
      name: answer.headers.get('content-disposition') ?? '',
      pdf,
      lines: textOfPdf(pdf)
        .split('\n')
        .map((line) => line.trim()),
    };
  };
  const pay = async () => {
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    return stripe.invoices.pay(invoice.id, { payment_method: id });
  };
  return { ...world, invoice, download, pay };
};

/** Whether a sum stands on a paper: its name, and right after it its amount. */
const sumOf = (lines: string[], name: string) => lines[lines.lastIndexOf(name) + 1];

describe('the PDF of an invoice', () => {
  test('says its number, its parties, its lines, its tax, its total and what is due', async () => {
    const { download, invoice } = await anInvoice({ collection_method: 'send_invoice', days_until_due: 30 });
    const { lines, name } = await download(invoice.invoice_pdf);
    expect(name).toBe(`attachment; filename="Invoice-${invoice.number ?? ''}.pdf"`);
    expect(lines.slice(0, 7)).toEqual([
      'Invoice',
      'Invoice number',
      invoice.number,
      'Date of issue',
      'November 1, 2026',
      'Date due',
      'December 1, 2026',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Café Pénélope',
        'Bill to',
        'Straße des 17. Juni 135',
        'Berlin, 10623',
        'Germany',
        'zoe@example.org',
        'UK VAT GB123456789',
        '$35.70 due December 1, 2026',
        'PO: 4711',
        'Crédits de novembre',
        'Merci beaucoup',
        `${invoice.number ?? ''} · Sandbox: not a real invoice`,
        'Page 1 of 1',
      ]),
    );
    expect(lines.join(' ')).toContain(NAMES.join(' & '));
    const minute = lines.indexOf('$5.00');
    expect(lines.slice(minute - 1, minute + 2)).toEqual(['3', '$5.00', '$15.00']);
    expect(lines.join(' ')).toContain('Dubbing, by the minute (October 1, 2026 to October 31, 2026)');
    expect(
      ['Subtotal', 'Discount Treue', 'VAT (19%)', 'Total', 'Amount paid', 'Amount due'].map((sum) =>
        sumOf(lines, sum),
      ),
    ).toEqual(['$40.00', '−$10.00', '$5.70', '$35.70', '$0.00', '$35.70']);
  });

  test('says when it was paid, and that it is void', async () => {
    const paid = await anInvoice();
    const after = await paid.pay();
    const { lines } = await paid.download(after.invoice_pdf);
    expect(lines).toContain('$35.70 paid on November 1, 2026');
    expect(sumOf(lines, 'Amount paid')).toBe('$35.70');
    expect(sumOf(lines, 'Amount due')).toBe('$0.00');

    const voided = await anInvoice();
    const gone = await voided.stripe.invoices.voidInvoice(voided.invoice.id);
    expect((await voided.download(gone.invoice_pdf)).lines).toContain('Void: nothing is due');
  });

  test('is nobody’s without its token', async () => {
    const { open } = await anInvoice();
    for (const path of [
      '/invoice/acct_1/test_forged/pdf',
      '/credit_notes/acct_1/test_forged/pdf',
      '/receipts/payment/forged/pdf',
    ]) {
      expect((await open(`${ORIGIN}${path}`)).status, path).toBe(404);
    }
  });
});

describe('the PDF of a credit note', () => {
  test('says its number, the invoice, the parties, the lines, the tax and what was refunded', async () => {
    const { download, invoice, pay, stripe } = await anInvoice();
    await pay();
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 2142,
      refund_amount: 2142,
      reason: 'order_change',
      memo: 'À bientôt',
    });
    const { lines, name } = await download(note.pdf);
    expect(name).toContain(`CreditNote-${note.number}.pdf`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Credit note',
        note.number,
        invoice.number,
        'Order change',
        'Café Pénélope',
        'Credit to',
        'zoe@example.org',
        '$21.42 credited on November 1, 2026',
        'À bientôt',
      ]),
    );
    expect(['VAT (19%)', 'Total credited', 'Refunded'].map((sum) => sumOf(lines, sum))).toEqual([
      '$3.42',
      '$21.42',
      '$21.42',
    ]);
  });

  test('of an unpaid invoice says what was taken off, and that it is void', async () => {
    const { download, invoice, stripe } = await anInvoice();
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 500 });
    expect(sumOf((await download(note.pdf)).lines, 'Taken off what is due')).toBe('$5.00');
    await stripe.creditNotes.voidCreditNote(note.id);
    expect((await download(note.pdf)).lines).toContain('Void: nothing is credited');
  });
});

describe('the PDF of a receipt', () => {
  test('says its number, the parties, what was paid for, how, and what came back', async () => {
    const { download, invoice, open, pay, stripe } = await anInvoice();
    await pay();
    const [charge] = (await stripe.charges.list()).data;
    await stripe.refunds.create({ charge: charge?.id ?? '', amount: 1000 });
    const { lines } = await download(`${charge?.receipt_url ?? ''}/pdf`);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Receipt',
        charge?.id,
        invoice.number,
        'Visa •••• 4242',
        'Paid by',
        'zoe@example.org',
        '$35.70 paid on November 1, 2026, $10.00 refunded',
        '250 credits',
      ]),
    );
    expect(['VAT (19%)', 'Amount paid', 'Refunded'].map((sum) => sumOf(lines, sum))).toEqual([
      '$5.70',
      '$35.70',
      '−$10.00',
    ]);
    expect(await (await open(charge?.receipt_url ?? '')).text()).toContain(invoice.hosted_invoice_url ?? '');
  });

  test('of a payment without an invoice says what it says of itself', async () => {
    const { stripe, open } = aSandbox();
    await stripe.paymentIntents.create({
      amount: 1999,
      currency: 'usd',
      description: 'Ein Buch über Füchse',
      payment_method: 'pm_card_visa',
      confirm: true,
      allowed_payment_method_types: ['card'],
    });
    const [charge] = (await stripe.charges.list()).data;
    const pdf = await (await open(`${charge?.receipt_url ?? ''}/pdf`)).arrayBuffer();
    const lines = textOfPdf(new Uint8Array(pdf)).split('\n');
    expect(lines).toContain('Ein Buch über Füchse');
    expect(sumOf(lines, 'Amount paid')).toBe('$19.99');
  });
});

describe('a paper', () => {
  const aPaper = (lines: number, to = 'Ada') =>
    pdfOf({
      title: 'Invoice',
      written: 1_790_000_000,
      facts: [['Invoice number', 'A-1']],
      parties: [{ heading: 'Bill to', lines: [to] }],
      headline: '$1.00 due',
      lines: Array.from({ length: lines }, (_, index) => ({
        description: `Line ${index + 1} of a long month, described at such a length that it takes two rows`,
        quantity: '1',
        unit: '$1.00',
        amount: '$1.00',
      })),
      sums: ['Subtotal', 'Total', 'Amount due'].map((name) => ({ name, amount: '$1.00' })),
      notes: [],
      foot: 'A-1',
    });

  test.each([1, 17, 18, 19, 20, 60])(
    'of %i lines has them all, a heading on each page of them, its sums together',
    async (count) => {
      const lines = textOfPdf(await aPaper(count)).split('\n');
      expect(lines.filter((line) => line.startsWith('Line '))).toHaveLength(count);
      const pages = Number(lines.at(-1)?.replace(/^Page \d+ of /, ''));
      expect(lines.filter((line) => line === 'A-1')).toHaveLength(pages + 1);
      const sums = lines.indexOf('Subtotal');
      expect(lines.slice(sums, sums + 6).filter((_, index) => index % 2 === 0)).toEqual([
        'Subtotal',
        'Total',
        'Amount due',
      ]);
    },
  );

  test('whose name no letter of the font can write is written all the same', async () => {
    const text = textOfPdf(await aPaper(1, '東京 太郎 🦊, e\u0301t\u0065\u0301'));
    expect(text).toContain('été');
    expect(text).not.toContain('東');
    expect(text).toContain('Line 1 of a long month');
  });

  test('is read by pdftotext as by this test, where there is one', async () => {
    const pdf = await aPaper(3, NAMES.join(', '));
    const read = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf });
    const text = read.error === undefined ? read.stdout.toString() : textOfPdf(pdf);
    for (const part of [...NAMES, 'A-1', '$1.00 due', 'Page 1 of 1']) expect(text).toContain(part);
  });
});
