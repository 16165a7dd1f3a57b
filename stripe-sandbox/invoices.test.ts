import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aCard, aSandbox } from './testing';

const RETURN = 'http://app.test/billing/return?topup=t1';
const expanded = ['payments.data.payment.payment_intent'];

/** A customer with a saved card, and the invoice of an automatic top-up, finalized and unpaid. */
const aTopUp = async (card: string, options: Parameters<typeof aSandbox>[0] = {}) => {
  const world = aSandbox(options);
  const { stripe } = world;
  const customer = await stripe.customers.create({ email: 'ada@example.org', name: 'Ada' });
  const method = await stripe.paymentMethods.attach(`pm_card_${card}`, { customer: customer.id });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    currency: 'usd',
    collection_method: 'charge_automatically',
    auto_advance: false,
    pending_invoice_items_behavior: 'exclude',
    default_payment_method: method.id,
    payment_settings: { payment_method_types: ['card'] },
    description: 'Auto top-up',
    metadata: { topup_id: 't1' },
  });
  await stripe.invoiceItems.create({
    customer: customer.id,
    invoice: draft.id,
    currency: 'usd',
    amount: 2500,
    description: '250 crédits',
    tax_behavior: 'exclusive',
    tax_code: 'txcd_10000000',
    discountable: false,
    metadata: { topup_id: 't1' },
  });
  const open = await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false, expand: ['payments'] });
  const pay = (params: Stripe.InvoicePayParams = {}) =>
    stripe.invoices.pay(open.id, {
      payment_method: method.id,
      off_session: true,
      expand: expanded,
      ...params,
    });
  const intent = async (): Promise<Stripe.PaymentIntent> => {
    const invoice = await stripe.invoices.retrieve(open.id, { expand: expanded });
    return invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
  };
  const invoice = () => stripe.invoices.retrieve(open.id);
  return { ...world, customer, method, open, pay, intent, invoice };
};

describe('an automatic top-up', () => {
  test('is paid in four calls, and told of in the order of Stripe', async () => {
    const { open, pay, eventTypes, pass, sandbox } = await aTopUp('visa');
    expect(open).toMatchObject({
      status: 'open',
      amount_due: 2500,
      attempted: false,
      payments: { data: [{ status: 'open', amount_paid: null, amount_requested: 2500 }] },
    });
    const paid = await pay();
    expect(paid).toMatchObject({
      status: 'paid',
      amount_paid: 2500,
      amount_remaining: 0,
      attempt_count: 1,
      payments: {
        data: [
          {
            status: 'paid',
            payment: {
              payment_intent: {
                status: 'succeeded',
                payment_details: { order_reference: open.id },
              },
            },
          },
        ],
      },
    });
    pass(5);
    await sandbox.tick();
    expect(eventTypes()).toEqual([
      'customer.created',
      'payment_method.attached',
      'invoice.created',
      'invoiceitem.created',
      'invoice.updated',
      'invoice.finalized',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'charge.updated',
    ]);
  });

  test('is found again by its intent', async () => {
    const { intent, open, pay, stripe } = await aTopUp('visa');
    await pay();
    const { data } = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: (await intent()).id },
    });
    expect(data.map(({ invoice, status }) => [invoice, status])).toEqual([[open.id, 'paid']]);
  });

  test('that is declined stays open, and another card pays it', async () => {
    const { customer, eventTypes, intent, invoice, pay, stripe } = await aTopUp('chargeCustomerFail');
    await expect(pay()).rejects.toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      charge: expect.stringMatching(/^ch_/) as string,
    });
    expect(await invoice()).toMatchObject({ status: 'open', attempted: true, attempt_count: 1 });
    expect(await intent()).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    expect(eventTypes().slice(-4)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.updated',
      'invoice.payment_failed',
    ]);
    const other = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const { id } = await intent();
    const confirmed = await stripe.paymentIntents.confirm(id, {
      payment_method: other.id,
      return_url: RETURN,
    });
    expect(confirmed.status).toBe('succeeded');
    expect(await invoice()).toMatchObject({ status: 'paid', attempt_count: 2 });
  });

  test('that nothing is due on is paid by being finalized', async () => {
    const { stripe, sandbox } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const draft = await stripe.invoices.create({ customer });
    expect((await stripe.invoices.finalizeInvoice(draft.id)).status).toBe('paid');
    expect(sandbox.store.payment_intents.size()).toBe(0);
  });

  test('without a card to charge is refused', async () => {
    const { stripe } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const draft = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({ invoice: draft.id, amount: 500, currency: 'usd' });
    await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({ code: 'resource_missing' });
  });
});

describe('an off-session charge whose bank wants the holder', () => {
  test('waits for an action, by default', async () => {
    const { eventTypes, intent, invoice, pay } = await aTopUp('authenticationRequired');
    await expect(pay()).rejects.toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: 'invoice_payment_intent_requires_action',
    });
    expect(await intent()).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'use_stripe_sdk' },
    });
    expect(await invoice()).toMatchObject({ status: 'open', attempted: true });
    expect(eventTypes().slice(-3)).toEqual([
      'payment_intent.requires_action',
      'invoice.updated',
      'invoice.payment_action_required',
    ]);
  });

  test('tells of a failure beside the action, with a switch', async () => {
    const switches = { actionRequired: 'with_payment_failed' } as const;
    const { eventTypes, pay } = await aTopUp('authenticationRequired', { switches });
    await expect(pay()).rejects.toThrow('additional user action');
    expect(eventTypes().slice(-2)).toEqual(['invoice.payment_action_required', 'invoice.payment_failed']);
  });

  test('is declined, with the other switch', async () => {
    const switches = { offSessionChallenge: 'requires_payment_method' } as const;
    const { eventTypes, intent, pay } = await aTopUp('authenticationRequired', { switches });
    await expect(pay()).rejects.toMatchObject({ code: 'authentication_required' });
    expect(await intent()).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'authentication_required', payment_method: { card: { last4: '3184' } } },
    });
    expect(eventTypes().slice(-1)).toEqual(['invoice.payment_failed']);
  });

  test.each(['requires_action', 'requires_payment_method'] as const)(
    'is completed without Stripe.js, from %s',
    async (offSessionChallenge) => {
      const { intent, invoice, method, pay, post, stripe } = await aTopUp('authenticationRequired', {
        switches: { offSessionChallenge },
      });
      await expect(pay()).rejects.toMatchObject({ statusCode: 402 });
      const { id } = await intent();
      const asked = await stripe.paymentIntents.confirm(id, {
        payment_method: method.id,
        return_url: RETURN,
      });
      expect(asked.next_action).toMatchObject({
        type: 'redirect_to_url',
        redirect_to_url: { return_url: RETURN },
      });
      const back = await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'complete' });
      const to = new URL(back.headers.get('location') ?? '');
      expect(Object.fromEntries(to.searchParams)).toMatchObject({
        topup: 't1',
        payment_intent: id,
        redirect_status: 'succeeded',
      });
      expect((await invoice()).status).toBe('paid');
    },
  );

  test('whose challenge is failed leaves the invoice open', async () => {
    const { eventTypes, intent, invoice, method, pay, post, stripe } = await aTopUp('authenticationRequired');
    await expect(pay()).rejects.toMatchObject({ statusCode: 402 });
    const asked = await stripe.paymentIntents.confirm((await intent()).id, {
      payment_method: method.id,
      return_url: RETURN,
    });
    const back = await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'fail' });
    expect(back.headers.get('location')).toContain('redirect_status=failed');
    expect(await intent()).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    expect((await invoice()).status).toBe('open');
    expect(eventTypes().slice(-1)).toEqual(['invoice.payment_failed']);
  });

  test('cannot be confirmed by the API where the switch says so', async () => {
    const switches = { invoiceIntentConfirm: 'refused' } as const;
    const { intent, method, pay, stripe } = await aTopUp('authenticationRequired', { switches });
    await expect(pay()).rejects.toMatchObject({ statusCode: 402 });
    await expect(
      stripe.paymentIntents.confirm((await intent()).id, { payment_method: method.id, return_url: RETURN }),
    ).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
  });
});

describe('the machine of an invoice', () => {
  test.each([
    {
      name: 'paid twice',
      act: async ({ pay }: Awaited<ReturnType<typeof aTopUp>>) => {
        await pay();
        return pay();
      },
      refusal: { statusCode: 400, message: 'Invoice is already paid' },
    },
    {
      name: 'finalized twice',
      act: ({ open, stripe }: Awaited<ReturnType<typeof aTopUp>>) => stripe.invoices.finalizeInvoice(open.id),
      refusal: { code: 'invoice_not_editable' },
    },
    {
      name: 'edited after it was finalized',
      act: ({ open, stripe }: Awaited<ReturnType<typeof aTopUp>>) =>
        stripe.invoices.update(open.id, { description: 'Other' }),
      refusal: { code: 'invoice_not_editable' },
    },
    {
      name: 'given more items after it was finalized',
      act: ({ open, stripe }: Awaited<ReturnType<typeof aTopUp>>) =>
        stripe.invoiceItems.create({ invoice: open.id, amount: 1, currency: 'usd' }),
      refusal: { code: 'invoice_not_editable' },
    },
    {
      name: 'deleted after it was finalized',
      act: ({ open, stripe }: Awaited<ReturnType<typeof aTopUp>>) => stripe.invoices.del(open.id),
      refusal: { code: 'invoice_not_editable' },
    },
    {
      name: 'canceled by its intent',
      act: async ({ intent, stripe }: Awaited<ReturnType<typeof aTopUp>>) =>
        stripe.paymentIntents.cancel((await intent()).id),
      refusal: { code: 'payment_intent_unexpected_state' },
    },
  ])('refuses to be $name', async ({ act, refusal }) => {
    await expect(act(await aTopUp('visa'))).rejects.toMatchObject(refusal);
  });

  test('voids with its intent, and is then not payable', async () => {
    const { eventTypes, intent, open, pay, stripe } = await aTopUp('visa');
    expect((await stripe.invoices.voidInvoice(open.id)).status).toBe('void');
    expect(await intent()).toMatchObject({ status: 'canceled', cancellation_reason: 'void_invoice' });
    expect(eventTypes().slice(-3)).toEqual(['payment_intent.canceled', 'invoice.updated', 'invoice.voided']);
    await expect(pay()).rejects.toThrow('voided');
  });

  test('is uncollectible, and still payable', async () => {
    const { open, pay, stripe } = await aTopUp('visa');
    expect((await stripe.invoices.markUncollectible(open.id)).status).toBe('uncollectible');
    expect((await pay()).status).toBe('paid');
  });

  test('takes changes of what never moves money', async () => {
    const { open, stripe } = await aTopUp('visa');
    const updated = await stripe.invoices.update(open.id, { metadata: { topup_id: 't2', seen: 'yes' } });
    expect(updated.metadata).toEqual({ topup_id: 't2', seen: 'yes' });
  });
});

describe('an invoice of the end of the month', () => {
  const aMonth = async () => {
    const world = aSandbox();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create({ email: 'cfo@example.org', name: 'Grace' });
    for (const amount of [1200, 800]) {
      await stripe.invoiceItems.create({ customer, amount, currency: 'usd', period: { start: 1, end: 2 } });
    }
    const draft = await stripe.invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 30,
      auto_advance: true,
      pending_invoice_items_behavior: 'include',
      custom_fields: [{ name: 'PO', value: '4711' }],
    });
    return { ...world, customer, draft };
  };

  test('gathers what is pending, is sent, and is paid by wire', async () => {
    const { draft, eventTypes, stripe } = await aMonth();
    expect(draft).toMatchObject({ status: 'draft', amount_due: 2000, auto_advance: true });
    expect((await stripe.invoices.listLineItems(draft.id, { limit: 1 })).has_more).toBe(true);
    const sent = await stripe.invoices.sendInvoice(draft.id);
    expect(sent.status).toBe('open');
    expect(eventTypes().slice(-1)).toEqual(['invoice.sent']);
    const paid = await stripe.invoices.pay(draft.id, { paid_out_of_band: true });
    expect(paid).toMatchObject({ status: 'paid', amount_remaining: 0, amount_paid_off_stripe: 2000 });
    expect(eventTypes().slice(-2)).toEqual(['invoice.paid', 'invoice.payment_succeeded']);
  });

  test('finalizes itself after an hour and is overdue when nobody pays', async () => {
    const { draft, eventTypes, pass, sandbox, stripe } = await aMonth();
    pass(3601);
    expect((await stripe.invoices.retrieve(draft.id)).status).toBe('open');
    pass(31 * 24 * 60 * 60);
    await sandbox.tick();
    expect(eventTypes().slice(-1)).toEqual(['invoice.overdue']);
  });

  test('is deleted with its items while it is a draft', async () => {
    const { draft, stripe } = await aMonth();
    expect(await stripe.invoices.del(draft.id)).toEqual({ id: draft.id, object: 'invoice', deleted: true });
    expect((await stripe.invoiceItems.list()).data).toEqual([]);
  });

  test('has lines that can be added, changed and removed', async () => {
    const { draft, stripe } = await aMonth();
    const { id: product } = await stripe.products.create({ name: 'Credits' });
    const item = await stripe.invoiceItems.create({
      invoice: draft.id,
      quantity: 3,
      price_data: { currency: 'usd', product, unit_amount: 100 },
    });
    const total = async () => (await stripe.invoices.retrieve(draft.id)).total;
    expect(await total()).toBe(2300);
    await stripe.invoiceItems.update(item.id, { quantity: 1, description: 'Less' });
    expect(await total()).toBe(2100);
    await stripe.invoiceItems.del(item.id);
    expect(await total()).toBe(2000);
    await stripe.invoices.addLines(draft.id, { lines: [{ amount: 50, description: 'More' }] });
    expect(await total()).toBe(2050);
  });
});

describe('the hosted page of an invoice', () => {
  test('takes a new card after a decline, and links to the receipt', async () => {
    const {
      invoice,
      open,
      open: { hosted_invoice_url: url },
      post,
      sandbox,
    } = await aTopUp('visa');
    const address = url ?? '';
    const declined = await post(address, aCard('4000000000009995'));
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain('Your card has insufficient funds.');
    const paid = await post(address, aCard());
    expect(paid.status).toBe(303);
    expect(await invoice()).toMatchObject({ id: open.id, status: 'paid' });
    const page = await (await sandbox.answer(new Request(address))).text();
    expect(page).toContain('View receipt');
    expect(page).not.toContain('Pay this invoice');
  });

  test('offers the saved cards and sends to the bank and back', async () => {
    const { invoice, method, open, open: opened, post, sandbox } = await aTopUp('authenticationRequired');
    const address = opened.hosted_invoice_url ?? '';
    expect(await (await sandbox.answer(new Request(address))).text()).toContain('•••• 3184');
    const asked = await post(address, { method: method.id });
    const failed = await post(asked.headers.get('location') ?? '', { answer: 'fail' });
    const page = await sandbox.answer(new Request(failed.headers.get('location') ?? ''));
    expect(await page.text()).toContain('We are unable to authenticate your payment method.');
    const again = await post(address, { method: method.id });
    await post(again.headers.get('location') ?? '', { answer: 'complete' });
    expect(await invoice()).toMatchObject({ id: open.id, status: 'paid' });
  });

  test('closes after thirty days', async () => {
    const { open, pass, sandbox } = await aTopUp('visa');
    pass(31 * 24 * 60 * 60);
    expect((await sandbox.answer(new Request(open.hosted_invoice_url ?? ''))).status).toBe(410);
  });
});
