import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aSandbox } from './testing';

const DAY = 24 * 60 * 60;

const aDraft = async (amount = 1000, more: Partial<Stripe.InvoiceCreateParams> = {}) => {
  const world = aSandbox();
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.org' });
  const another = async (total: number) => {
    const { id } = await stripe.invoices.create({ customer, ...more });
    await stripe.invoiceItems.create({ invoice: id, amount: total, currency: 'usd', description: 'Crédits' });
    return stripe.invoices.retrieve(id);
  };
  return { ...world, customer, another, draft: await another(amount) };
};

describe("a customer's balance", () => {
  const balanceOf = async (stripe: Stripe, id: string) =>
    ((await stripe.customers.retrieve(id)) as Stripe.Customer).balance;

  test('is moved by the app, with its reason, and told of', async () => {
    const { customer, eventTypes, stripe } = await aDraft();
    const moved = await stripe.customers.createBalanceTransaction(customer, {
      amount: -700,
      currency: 'usd',
      description: 'Geschenk für später',
    });
    expect(moved).toMatchObject({ amount: -700, ending_balance: -700, type: 'adjustment' });
    await stripe.customers.updateBalanceTransaction(customer, moved.id, { metadata: { a: '1' } });
    expect(await stripe.customers.retrieveBalanceTransaction(customer, moved.id)).toMatchObject({
      metadata: { a: '1' },
    });
    await stripe.customers.update(customer, { balance: -500 });
    const { data } = await stripe.customers.listBalanceTransactions(customer);
    expect(data.map(({ amount, ending_balance: ending }) => [amount, ending])).toEqual([
      [200, -500],
      [-700, -700],
    ]);
    expect(eventTypes().filter((type) => type === 'customer.updated')).toHaveLength(2);
    await expect(
      stripe.customers.createBalanceTransaction(customer, { amount: 1, currency: 'eur' }),
    ).rejects.toMatchObject({ param: 'currency' });
  });

  test('may be there from the start', async () => {
    const { stripe } = aSandbox();
    const { id, balance } = await stripe.customers.create({ balance: -300 });
    expect(balance).toBe(-300);
    const { data } = await stripe.customers.listBalanceTransactions(id);
    expect(data).toMatchObject([{ type: 'initial', amount: -300, ending_balance: -300 }]);
  });

  test('pays an invoice first; the card pays the rest', async () => {
    const { another, customer, draft, stripe } = await aDraft(1000);
    await stripe.customers.createBalanceTransaction(customer, { amount: -1700, currency: 'usd' });
    const first = await stripe.invoices.finalizeInvoice(draft.id);
    expect(first).toMatchObject({
      status: 'paid',
      total: 1000,
      amount_due: 0,
      starting_balance: -1700,
      ending_balance: -700,
    });
    const second = await stripe.invoices.finalizeInvoice((await another(1000)).id);
    expect(second).toMatchObject({
      status: 'open',
      amount_due: 300,
      amount_remaining: 300,
      ending_balance: 0,
    });
    const paid = await stripe.invoices.pay(second.id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({ amount_paid: 300, status: 'paid' });
    const { data } = await stripe.customers.listBalanceTransactions(customer, { invoice: second.id });
    expect(data).toMatchObject([{ type: 'applied_to_invoice', amount: 700, ending_balance: 0 }]);
  });

  test('that is owed is asked for with the next invoice', async () => {
    const { customer, draft, stripe } = await aDraft(1000);
    await stripe.customers.createBalanceTransaction(customer, { amount: 250, currency: 'usd' });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({ total: 1000, amount_due: 1250, ending_balance: 0 });
    expect(await balanceOf(stripe, customer)).toBe(0);
  });

  test('is given back when the invoice is voided', async () => {
    const { customer, draft, stripe } = await aDraft(1000);
    await stripe.customers.createBalanceTransaction(customer, { amount: -400, currency: 'usd' });
    await stripe.invoices.finalizeInvoice(draft.id);
    expect(await balanceOf(stripe, customer)).toBe(0);
    await stripe.invoices.voidInvoice(draft.id);
    expect(await balanceOf(stripe, customer)).toBe(-400);
    const [last] = (await stripe.customers.listBalanceTransactions(customer)).data;
    expect(last).toMatchObject({ type: 'unapplied_from_invoice', amount: -400 });
  });

  test('takes what a credit note gives back', async () => {
    const { customer, draft, stripe } = await aDraft(1000);
    await stripe.invoices.pay(draft.id, { payment_method: 'pm_card_visa' });
    const note = await stripe.creditNotes.create({
      invoice: draft.id,
      credit_amount: 600,
      expand: ['customer_balance_transaction'],
    });
    expect(note).toMatchObject({
      total: 600,
      type: 'post_payment',
      customer_balance_transaction: { amount: -600, type: 'credit_note' },
      refunds: [],
    });
    expect(await balanceOf(stripe, customer)).toBe(-600);
  });
});

describe('a payment that was made apart', () => {
  const anIntent = (stripe: Stripe, customer: string, amount: number, confirm: boolean) =>
    stripe.paymentIntents.create({
      amount,
      currency: 'usd',
      customer,
      payment_method: 'pm_card_visa',
      confirm,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });

  test('pays a part of an invoice, and its card the rest', async () => {
    const { customer, draft, eventTypes, stripe } = await aDraft(1000);
    const open = await stripe.invoices.finalizeInvoice(draft.id, { expand: ['payments'] });
    const intent = await anIntent(stripe, customer, 400, true);
    const attached = await stripe.invoices.attachPayment(open.id, { payment_intent: intent.id });
    expect(attached).toMatchObject({ status: 'open', amount_paid: 400, amount_remaining: 600 });
    const own = open.payments?.data[0]?.payment.payment_intent as string;
    expect((await stripe.paymentIntents.retrieve(own)).amount).toBe(600);
    const paid = await stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa', expand: ['payments'] });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 1000, amount_overpaid: 0 });
    expect(paid.payments?.data.map(({ amount_paid: amount, is_default: own }) => [amount, own])).toEqual([
      [400, false],
      [600, true],
    ]);
    expect(eventTypes().filter((type) => type === 'invoice_payment.paid')).toHaveLength(2);
  });

  test('counts when it succeeds, and ends the intent of an invoice that it pays whole', async () => {
    const { customer, draft, stripe } = await aDraft(1000);
    const open = await stripe.invoices.finalizeInvoice(draft.id, { expand: ['payments'] });
    const intent = await anIntent(stripe, customer, 1000, false);
    await stripe.invoices.attachPayment(open.id, { payment_intent: intent.id });
    expect((await stripe.invoices.retrieve(open.id)).status).toBe('open');
    await stripe.paymentIntents.confirm(intent.id);
    expect((await stripe.invoices.retrieve(open.id)).status).toBe('paid');
    const own = open.payments?.data[0]?.payment.payment_intent as string;
    expect((await stripe.paymentIntents.retrieve(own)).status).toBe('canceled');
  });

  test("of more than the invoice is the customer's", async () => {
    const { customer, draft, eventTypes, stripe } = await aDraft(1000);
    await stripe.invoices.finalizeInvoice(draft.id);
    const intent = await anIntent(stripe, customer, 1200, true);
    const paid = await stripe.invoices.attachPayment(draft.id, { payment_intent: intent.id });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 1200, amount_overpaid: 200 });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -200 });
    expect(eventTypes().slice(-1)).toEqual(['invoice.overpaid']);
  });

  test.each(['canceled', 'attached', 'of another'] as const)('that is %s is refused', async (kind) => {
    const { customer, draft, stripe } = await aDraft(1000);
    await stripe.invoices.finalizeInvoice(draft.id);
    const { id: other } = await stripe.customers.create({});
    const intent = await anIntent(stripe, kind === 'of another' ? other : customer, 400, false);
    if (kind === 'canceled') await stripe.paymentIntents.cancel(intent.id);
    const attach = () => stripe.invoices.attachPayment(draft.id, { payment_intent: intent.id });
    if (kind === 'attached') await attach();
    await expect(attach()).rejects.toMatchObject({
      statusCode: 400,
      code: kind === 'of another' ? undefined : 'intent_invalid_state',
    });
  });
});

describe('the lines of an invoice', () => {
  test('are changed one by one, together, and taken away', async () => {
    const { draft, stripe, customer } = await aDraft(1000);
    await stripe.invoices.addLines(draft.id, {
      lines: [
        { amount: 50, description: 'More' },
        { quantity: 2, price_data: { currency: 'usd', unit_amount: 30, product_data: { name: 'Extra' } } },
      ],
    });
    const { data } = await stripe.invoices.listLineItems(draft.id);
    expect(data.map(({ description, amount }) => [description, amount])).toEqual([
      ['Crédits', 1000],
      ['More', 50],
      ['Extra', 60],
    ]);
    const [first, second, third] = data.map(({ id }) => id);
    const line = await stripe.invoices.updateLineItem(draft.id, first ?? '', { amount: 900 });
    expect(line).toMatchObject({ id: first, amount: 900 });
    const changed = await stripe.invoices.updateLines(draft.id, {
      lines: [
        { id: second ?? '', description: 'Much more', amount: 100 },
        { id: third ?? '', quantity: 3 },
      ],
      invoice_metadata: { changed: 'yes' },
    });
    expect(changed).toMatchObject({ total: 1090, metadata: { changed: 'yes' } });
    const less = await stripe.invoices.removeLines(draft.id, {
      lines: [
        { id: second ?? '', behavior: 'delete' },
        { id: third ?? '', behavior: 'unassign' },
      ],
    });
    expect(less.total).toBe(900);
    const pending = await stripe.invoiceItems.list({ customer, pending: true });
    expect(pending.data).toMatchObject([{ description: 'Extra', amount: 90 }]);
    const { data: page, has_more: more } = await stripe.invoices.listLineItems(draft.id, { limit: 1 });
    expect([page.length, more]).toEqual([1, false]);
    await stripe.invoices.addLines(draft.id, { lines: [{ invoice_item: pending.data[0]?.id ?? '' }] });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(990);
  });

  test('are left alone when the invoice is finalized, or when the change is refused', async () => {
    const { draft, sandbox, stripe } = await aDraft(1000);
    const line = draft.lines.data[0]?.id ?? '';
    const before = JSON.stringify(sandbox.store.snapshot()['invoices']);
    await expect(
      stripe.invoices.addLines(draft.id, { lines: [{ amount: 1 }, { invoice_item: 'ii_none' }] }),
    ).rejects.toMatchObject({ code: 'resource_missing', param: 'lines[1][invoice_item]' });
    expect(JSON.stringify(sandbox.store.snapshot()['invoices'])).toBe(before);
    await expect(stripe.invoices.updateLineItem(draft.id, 'il_none', {})).rejects.toMatchObject({
      statusCode: 404,
    });
    await stripe.invoices.finalizeInvoice(draft.id);
    await expect(stripe.invoices.updateLineItem(draft.id, line, { amount: 1 })).rejects.toMatchObject({
      code: 'invoice_not_editable',
    });
  });
});

describe('a preview of an invoice', () => {
  test('says what would be, and leaves no trace', async () => {
    const { customer, sandbox, stripe } = await aDraft(1000);
    await stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd', description: 'Waiting' });
    const coupon = await stripe.coupons.create({ percent_off: 10 });
    const state = () => JSON.stringify(sandbox.store.snapshot());
    const before = JSON.parse(state()) as Record<string, unknown>;
    const preview = await stripe.invoices.createPreview({
      customer,
      invoice_items: [{ amount: 1500, currency: 'usd', description: 'Perhaps' }],
      discounts: [{ coupon: coupon.id }],
    });
    expect(preview).toMatchObject({ status: 'draft', subtotal: 2000, total: 1800, number: null });
    expect(preview.id).toMatch(/^upcoming_in_/);
    expect(preview.lines.data.map(({ description }) => description)).toEqual(['Waiting', 'Perhaps']);
    const after = JSON.parse(state()) as Record<string, unknown>;
    const { kept_answers: _before, ...kept } = before;
    const { kept_answers: _after, ...left } = after;
    expect(left).toEqual(kept);
  });

  test('may suppose another place, and a customer who does not exist yet', async () => {
    const { stripe, sandbox, control } = await aDraft(1000);
    await control('/switches', { automaticTax: 'by_place' });
    const customers = sandbox.store.customers.size();
    const preview = await stripe.invoices.createPreview({
      automatic_tax: { enabled: true },
      currency: 'usd',
      customer_details: {
        address: { country: 'FR' },
        tax_ids: [{ type: 'eu_vat', value: 'FR12123456789' }],
      },
      invoice_items: [{ amount: 1000, currency: 'usd' }],
    });
    expect(preview.total_taxes).toMatchObject([{ amount: 0, taxability_reason: 'reverse_charge' }]);
    expect(sandbox.store.customers.size()).toBe(customers);
  });

  test('of nothing is refused', async () => {
    const { customer, stripe } = await aDraft(1000);
    await expect(stripe.invoices.createPreview({ customer })).rejects.toMatchObject({
      code: 'invoice_upcoming_none',
      statusCode: 404,
    });
  });
});

describe('a test clock', () => {
  const aClock = async () => {
    const world = aSandbox();
    const { stripe, pass } = world;
    const start = Date.UTC(2027, 0, 1) / 1000;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start, name: 'Janvier' });
    const { id: customer } = await stripe.customers.create({ test_clock: clock.id });
    const advance = async (to: number) => {
      const advancing = await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
      expect(advancing).toMatchObject({
        status: 'advancing',
        status_details: { advancing: { target_frozen_time: to } },
      });
      pass(2);
      return stripe.testHelpers.testClocks.retrieve(clock.id);
    };
    return { ...world, clock, customer, start, advance };
  };

  test('makes bills follow its hour and nothing else', async () => {
    const { advance, customer, eventTypes, sandbox, start, stripe } = await aClock();
    const draft = await stripe.invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 30,
      auto_advance: true,
    });
    await stripe.invoiceItems.create({ invoice: draft.id, amount: 1000, currency: 'usd' });
    expect(draft).toMatchObject({ created: start, due_date: start + 30 * DAY });
    expect(await advance(start + DAY)).toMatchObject({ status: 'ready', frozen_time: start + DAY });
    const open = await stripe.invoices.retrieve(draft.id);
    expect(open).toMatchObject({ status: 'open', effective_at: start + 3600 });
    expect(eventTypes()).not.toContain('invoice.overdue');
    await advance(start + 40 * DAY);
    expect(eventTypes().slice(-3)).toEqual([
      'test_helpers.test_clock.advancing',
      'invoice.overdue',
      'test_helpers.test_clock.ready',
    ]);
    expect(sandbox.clock.seconds()).toBeLessThan(start);
  });

  test('goes forward only, one way at a time', async () => {
    const { clock, start, stripe } = await aClock();
    const advance = (to: number) => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    await expect(advance(start)).rejects.toMatchObject({ param: 'frozen_time' });
    await expect(advance(start + 3 * 366 * DAY)).rejects.toMatchObject({ param: 'frozen_time' });
    await advance(start + 1);
    await expect(advance(start + 2)).rejects.toMatchObject({ statusCode: 400 });
  });

  test('has customers of its own, who end with it', async () => {
    const { clock, customer, eventTypes, stripe } = await aClock();
    await stripe.customers.create({});
    const its = await stripe.customers.list({ test_clock: clock.id, expand: ['data.test_clock'] });
    expect(its.data).toMatchObject([{ id: customer, test_clock: { name: 'Janvier' } }]);
    expect((await stripe.customers.list()).data).toHaveLength(1);
    expect((await stripe.testHelpers.testClocks.list()).data).toHaveLength(1);
    await stripe.testHelpers.testClocks.del(clock.id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    expect(eventTypes().slice(-2)).toEqual(['customer.deleted', 'test_helpers.test_clock.deleted']);
  });
});

describe('a credit note', () => {
  test('of a line takes back its part of the discount and of the tax', async () => {
    const { stripe, customer } = await aDraft(1);
    const coupon = await stripe.coupons.create({ percent_off: 50 });
    const vat = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 20 });
    const draft = await stripe.invoices.create({
      customer,
      discounts: [{ coupon: coupon.id }],
      default_tax_rates: [vat.id],
    });
    await stripe.invoiceItems.create({ invoice: draft.id, amount: 1000, currency: 'usd' });
    const paid = await stripe.invoices.pay(draft.id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({ subtotal: 1000, total: 600 });
    const lines = [
      { type: 'invoice_line_item' as const, invoice_line_item: paid.lines.data[0]?.id ?? '', amount: 500 },
    ];
    const preview = await stripe.creditNotes.preview({ invoice: draft.id, lines, refund_amount: 300 });
    expect(preview).toMatchObject({ subtotal: 500, discount_amount: 250, total: 300 });
    const { data } = await stripe.creditNotes.listPreviewLineItems({
      invoice: draft.id,
      lines,
      refund_amount: 300,
    });
    expect(data).toMatchObject([{ amount: 500, discount_amount: 250, taxes: [{ amount: 50 }] }]);
    const note = await stripe.creditNotes.create({ invoice: draft.id, lines, refund_amount: 300 });
    expect(note).toMatchObject({ total: 300, refunds: [{ amount_refunded: 300 }] });
  });

  test('of an invoice paid in part is taken from what is left first', async () => {
    const { customer, draft, stripe } = await aDraft(1000);
    await stripe.invoices.finalizeInvoice(draft.id);
    const intent = await stripe.paymentIntents.create({
      amount: 700,
      currency: 'usd',
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    await stripe.invoices.attachPayment(draft.id, { payment_intent: intent.id });
    const note = await stripe.creditNotes.create({ invoice: draft.id, amount: 500, refund_amount: 200 });
    expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 300, post_payment_amount: 200 });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
      status: 'paid',
      amount_due: 700,
      amount_paid: 700,
      pre_payment_credit_notes_amount: 300,
      post_payment_credit_notes_amount: 200,
    });
  });
});

describe('a long invoice', () => {
  test('shows its first ten lines, and the rest page by page', async () => {
    const { draft, sandbox, stripe } = await aDraft(100);
    const lines = Array.from({ length: 14 }, (_, index) => ({ amount: 10, description: `Line ${index}` }));
    const invoice = await stripe.invoices.addLines(draft.id, { lines });
    expect(invoice).toMatchObject({ total: 240, lines: { has_more: true, total_count: 15 } });
    expect(invoice.lines.data).toHaveLength(10);
    const all: string[] = [];
    for await (const line of stripe.invoices.listLineItems(draft.id, { limit: 4 })) {
      all.push(line.description ?? '');
    }
    expect(all).toEqual(['Crédits', ...lines.map(({ description }) => description)]);
    const [told] = sandbox.store.events.newestFirst();
    expect(told?.data.object).toMatchObject({ object: 'invoice', lines: { has_more: true } });
    const { total } = await stripe.invoices.finalizeInvoice(draft.id);
    expect(total).toBe(240);
  });
});
