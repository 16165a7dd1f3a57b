import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aCard, anOrder, aSandbox, SECRET } from './testing';
import type { Switches } from './world';

/** What goes wrong once with every write of the app; the SDK is to make it good by itself. */
const troubles = ['nothing', 'drop_after_commit', 'timeout_before', '409', '429'] as const;
type Trouble = (typeof troubles)[number];

/** An app with the official SDK, whose every write goes wrong once. */
const anApp = async (trouble: Trouble, switches: Partial<Switches> = {}) => {
  // Receivers compare the age of a signature with their own clock.
  const world = aSandbox({ now: Date.now, switches });
  const seen = new Set<string>();
  const fetcher = async (url: string | URL | Request, init?: RequestInit) => {
    const request = new Request(url, init);
    const key = request.headers.get('idempotency-key') ?? '';
    const { pathname: path } = new URL(request.url);
    // A deletion has no key, so a lost answer cannot be told from a first one.
    const isTroubled = trouble !== 'nothing' && request.method === 'POST' && !seen.has(key);
    seen.add(key);
    if (isTroubled) await world.control('/faults', { method: 'POST', path, fault: trouble });
    return world.sandbox.answer(request);
  };
  const stripe = new Stripe('sk_test_app', {
    httpClient: Stripe.createFetchHttpClient(fetcher),
    maxNetworkRetries: 2,
  });
  // The SDK waits half a second before its first retry, and there is nobody to spare here.
  Object.assign(stripe, { getInitialNetworkRetryDelay: () => 0.001, getMaxNetworkRetryDelay: () => 0.001 });

  /** Every delivery of a tick, opened as the app opens it. */
  const receive = async (): Promise<Stripe.Event[]> => {
    const before = world.captured.length;
    await world.sandbox.tick();
    return world.captured
      .slice(before)
      .map(({ body, headers }) =>
        Stripe.webhooks.constructEvent(body, headers.get('stripe-signature') ?? '', SECRET),
      );
  };
  const { id: customer } = await stripe.customers.create(
    { email: 'ada@example.org', name: 'Ada Lovelace', metadata: { account_id: 'a1' } },
    { idempotencyKey: 'account/a1/customer' },
  );
  const later = async (seconds: number) => {
    await world.control('/clock', { advance: seconds });
    return receive();
  };
  return { ...world, stripe, customer, receive, later };
};
type App = Awaited<ReturnType<typeof anApp>>;

const saveCard = async ({ customer, stripe }: App, card: string) => {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
};

/** The three calls that make an automatic top-up ready to be paid. */
const aTopUp = async ({ customer, stripe }: App, method: string) => {
  const draft = await stripe.invoices.create(
    {
      customer,
      currency: 'usd',
      collection_method: 'charge_automatically',
      auto_advance: false,
      pending_invoice_items_behavior: 'exclude',
      default_payment_method: method,
      payment_settings: { payment_method_types: ['card'] },
      description: 'Auto top-up',
      metadata: { topup_id: 't1' },
    },
    { idempotencyKey: 'topup/t1/invoice' },
  );
  await stripe.invoiceItems.create(
    {
      customer,
      invoice: draft.id,
      currency: 'usd',
      amount: 2500,
      description: '250 crédits',
      tax_behavior: 'exclusive',
      tax_code: 'txcd_10000000',
      discountable: false,
      metadata: { topup_id: 't1' },
    },
    { idempotencyKey: 'topup/t1/item' },
  );
  return stripe.invoices.finalizeInvoice(
    draft.id,
    { auto_advance: false, expand: ['payments'] },
    { idempotencyKey: 'topup/t1/finalize' },
  );
};

const intentOf = (invoice: Stripe.Invoice): string =>
  (invoice.payments?.data[0]?.payment.payment_intent as string | undefined) ?? '';

const took = ({ sandbox }: App): number[] =>
  [...sandbox.store.charges.oldestFirst()].flatMap(({ paid, amount }) => (paid ? [amount] : []));

describe.each(troubles)('when %s happens to every write', (trouble) => {
  test('it really does, once', async () => {
    const { control, sandbox } = await anApp(trouble);
    const { data } = (await control('/requests')) as { data: { method: string }[] };
    expect(data.map(({ method }) => method)).toEqual(trouble === 'nothing' ? ['POST'] : ['POST', 'POST']);
    expect(sandbox.store.customers.size()).toBe(1);
  });

  test('1: credits are bought in Checkout, once', async () => {
    const app = await anApp(trouble);
    const { customer, post, receive, stripe } = app;
    const opened = await stripe.checkout.sessions.create(anOrder(customer), {
      idempotencyKey: 'topup/t1/session',
    });
    await post(opened.url ?? '', aCard('4242424242424242', { save: 'yes' }));
    const told = await receive();
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['payment_intent.succeeded', 'checkout.session.completed', 'invoice.paid']),
    );
    const session = await stripe.checkout.sessions.retrieve(opened.id, {
      expand: ['payment_intent', 'invoice', 'line_items'],
    });
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      amount_subtotal: 5000,
      payment_intent: { status: 'succeeded', metadata: { topup_id: 't1' } },
      invoice: { status: 'paid', metadata: { topup_id: 't1' } },
    });
    expect(took(app)).toEqual([5000]);
    const { data } = await stripe.customers.listPaymentMethods(customer, { type: 'card' });
    const [card] = data;
    await stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: card?.id ?? '' },
    });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: card?.id },
    });
  });

  test('2: a card is added, made the default, renewed and removed', async () => {
    const { customer, post, receive, stripe } = await anApp(trouble);
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      customer,
      currency: 'usd',
      allowed_payment_method_types: ['card'],
      payment_method_data: { allow_redisplay: 'always' },
      metadata: { purpose: 'add_card', make_default: '1' },
      success_url: 'http://app.test/cards?session_id={CHECKOUT_SESSION_ID}',
      cancel_url: 'http://app.test/cards',
    });
    await post(session.url ?? '', aCard());
    expect((await receive()).map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'setup_intent.succeeded',
        'payment_method.attached',
        'checkout.session.completed',
      ]),
    );
    const setup = await stripe.setupIntents.retrieve(session.setup_intent as string, {
      expand: ['payment_method'],
    });
    const { id, card } = setup.payment_method as Stripe.PaymentMethod;
    expect(card).toMatchObject({ last4: '4242', brand: 'visa' });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    await stripe.paymentMethods.update(id, { card: { exp_month: 5, exp_year: 2035 } });
    expect(await stripe.paymentMethods.retrieve(id)).toMatchObject({ card: { exp_year: 2035 } });
    await stripe.paymentMethods.detach(id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    expect((await receive()).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['payment_method.updated', 'payment_method.detached', 'customer.updated']),
    );
  });

  test('3: the portal is configured once and opened at a click', async () => {
    const { customer, open, receive, stripe } = await anApp(trouble);
    const configuration = await stripe.billingPortal.configurations.create({
      features: {
        payment_method_update: { enabled: true },
        invoice_history: { enabled: true },
        customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address', 'phone', 'tax_id'] },
      },
      default_return_url: 'http://app.test/billing',
    });
    const portal = await stripe.billingPortal.sessions.create({
      customer,
      configuration: configuration.id,
      return_url: 'http://app.test/billing',
      flow_data: {
        type: 'payment_method_update',
        after_completion: { type: 'redirect', redirect: { return_url: 'http://app.test/billing' } },
      },
    });
    expect((await open(portal.url)).status).toBe(200);
    expect((await receive()).map(({ type }) => type)).toEqual([
      'customer.created',
      'billing_portal.configuration.created',
      'billing_portal.session.created',
    ]);
    expect((await stripe.billingPortal.configurations.list()).data).toHaveLength(1);
  });

  test('4: an automatic top-up is charged off session, once', async () => {
    const app = await anApp(trouble);
    const { receive, stripe } = app;
    const method = await saveCard(app, 'pm_card_visa');
    const open = await aTopUp(app, method);
    const paid = await stripe.invoices.pay(
      open.id,
      { payment_method: method, off_session: true, expand: ['payments.data.payment.payment_intent'] },
      { idempotencyKey: 'topup/t1/pay/1' },
    );
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 2500, metadata: { topup_id: 't1' } });
    expect(took(app)).toEqual([2500]);
    const told = await receive();
    expect(told.filter(({ type }) => type === 'invoice.paid')).toHaveLength(1);
    expect(told.find(({ type }) => type === 'invoice.paid')?.request?.idempotency_key).toBe('topup/t1/pay/1');
  });

  test('5: a declined top-up stays open until another card pays it', async () => {
    const app = await anApp(trouble);
    const { receive, stripe } = app;
    const method = await saveCard(app, 'pm_card_chargeCustomerFail');
    const open = await aTopUp(app, method);
    const pay = () =>
      stripe.invoices.pay(
        open.id,
        { payment_method: method, off_session: true },
        { idempotencyKey: 'topup/t1/pay/1' },
      );
    const declined = await pay().catch((error: unknown) => error);
    expect(declined).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(declined).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline' });
    await expect(pay()).rejects.toMatchObject({ code: 'card_declined' });
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'open', attempt_count: 1 });
    const { id: other } = await stripe.paymentMethods.attach('pm_card_mastercard', {
      customer: app.customer,
    });
    const confirmed = await stripe.paymentIntents.confirm(
      intentOf(open),
      { payment_method: other, return_url: 'http://app.test/billing/return?topup=t1' },
      { idempotencyKey: 'topup/t1/pay/2' },
    );
    expect(confirmed.status).toBe('succeeded');
    expect(took(app)).toEqual([2500]);
    const types = (await receive()).map(({ type }) => type);
    expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(1);
    expect(types.filter((type) => type === 'invoice.paid')).toHaveLength(1);
  });

  test.each([
    ['requires_action', 'invoice_payment_intent_requires_action', 'invoice.payment_action_required'],
    ['requires_payment_method', 'authentication_required', 'invoice.payment_failed'],
  ] as const)(
    '6: a top-up whose bank wants the holder (%s) is confirmed by them',
    async (becomes, code, event) => {
      const app = await anApp(trouble, { offSessionChallenge: becomes });
      const { post, receive, stripe } = app;
      const method = await saveCard(app, 'pm_card_authenticationRequired');
      const open = await aTopUp(app, method);
      await expect(
        stripe.invoices.pay(
          open.id,
          { payment_method: method, off_session: true },
          { idempotencyKey: 'topup/t1/pay/1' },
        ),
      ).rejects.toMatchObject({ statusCode: 402, code });
      const intent = await stripe.paymentIntents.retrieve(intentOf(open));
      expect(intent.status).toBe(becomes);
      expect((await receive()).map(({ type }) => type)).toContain(event);
      const asked = await stripe.paymentIntents.confirm(
        intent.id,
        {
          payment_method: intent.last_payment_error?.payment_method?.id ?? method,
          return_url: 'http://app.test/billing/return?topup=t1',
        },
        { idempotencyKey: 'topup/t1/pay/2' },
      );
      const back = await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'complete' });
      expect(back.headers.get('location')).toContain('redirect_status=succeeded');
      expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_paid: 2500 });
      expect(took(app)).toEqual([2500]);
      expect((await receive()).map(({ type }) => type)).toContain('invoice.paid');
    },
  );

  test('7: a refund takes its invoice back with it, and a dispute its money', async () => {
    const app = await anApp(trouble);
    const { control, later, receive, stripe } = app;
    const method = await saveCard(app, 'pm_card_visa');
    const open = await aTopUp(app, method);
    await stripe.invoices.pay(open.id, { payment_method: method });
    await receive();
    const note = await stripe.creditNotes.create(
      { invoice: open.id, refund_amount: 1000, reason: 'order_change', metadata: { topup_id: 't1' } },
      { idempotencyKey: 'refund/r1' },
    );
    expect(note).toMatchObject({ total: 1000, refunds: [{ amount_refunded: 1000 }] });
    expect((await stripe.refunds.list({ payment_intent: intentOf(open) })).data).toHaveLength(1);
    expect((await receive()).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['refund.created', 'charge.refunded', 'credit_note.created']),
    );
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intentOf(open));
    const { id } = (await control(`/charges/${charge as string}/dispute`, {})) as { id: string };
    await stripe.disputes.update(id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: true,
    });
    expect((await later(2)).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['charge.dispute.created', 'charge.dispute.funds_withdrawn']),
    );
    await later(2);
    const dispute = await stripe.disputes.retrieve(id);
    expect(dispute.status).toBe('won');
    expect(dispute.balance_transactions.map(({ amount }) => amount)).toEqual([-2500, 2500]);
  });

  test('8: invoices are listed with their papers, and name the tax number', async () => {
    const app = await anApp(trouble);
    const { customer, open: look, stripe } = app;
    await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' });
    const method = await saveCard(app, 'pm_card_visa');
    const open = await aTopUp(app, method);
    await stripe.invoices.pay(open.id, { payment_method: method });
    const { data } = await stripe.invoices.list({ customer, limit: 10 });
    expect(data).toMatchObject([
      { id: open.id, number: expect.stringMatching(/-0001$/), customer_tax_ids: [{ value: 'DE123456789' }] },
    ]);
    const [invoice] = data;
    for (const url of [invoice?.hosted_invoice_url, invoice?.invoice_pdf]) {
      expect((await look(url ?? '')).status).toBe(200);
    }
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intentOf(open), {
      expand: ['latest_charge'],
    });
    expect((await look((charge as Stripe.Charge).receipt_url ?? '')).status).toBe(200);
  });

  test('9: a month is invoiced, sent, overdue and paid by wire', async () => {
    const { customer, later, receive, stripe } = await anApp(trouble);
    for (const [index, amount] of [1200, 800].entries()) {
      await stripe.invoiceItems.create(
        { customer, currency: 'usd', amount, description: `Usage ${index}`, period: { start: 1, end: 2 } },
        { idempotencyKey: `ent/a1/202611/${index}` },
      );
    }
    const draft = await stripe.invoices.create(
      {
        customer,
        collection_method: 'send_invoice',
        days_until_due: 30,
        pending_invoice_items_behavior: 'include',
        custom_fields: [{ name: 'PO', value: '4711' }],
        metadata: { period: '202611' },
      },
      { idempotencyKey: 'ent/a1/202611/invoice' },
    );
    await stripe.invoices.finalizeInvoice(draft.id);
    await stripe.invoices.sendInvoice(draft.id);
    expect((await receive()).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['invoice.finalized', 'invoice.sent']),
    );
    expect((await later(31 * 24 * 60 * 60)).map(({ type }) => type)).toEqual(['invoice.overdue']);
    const paid = await stripe.invoices.pay(draft.id, { paid_out_of_band: true });
    expect(paid).toMatchObject({ status: 'paid', total: 2000, amount_paid_off_stripe: 2000 });
    expect((await receive()).filter(({ type }) => type === 'invoice.paid')).toHaveLength(1);
  });

  test('10: what no webhook brought is found in the list of events', async () => {
    const app = await anApp(trouble);
    const { control, receive, stripe } = app;
    await receive();
    await control('/webhooks', { drop: true });
    const method = await saveCard(app, 'pm_card_visa');
    const open = await aTopUp(app, method);
    await stripe.invoices.pay(open.id, { payment_method: method });
    expect(await receive()).toEqual([]);
    await control('/webhooks', { drop: false });
    const missed = new Set<string>();
    const wanted = { types: ['invoice.paid', 'payment_intent.succeeded'], delivery_success: false };
    for await (const event of stripe.events.list({ ...wanted, limit: 1 })) missed.add(event.id);
    expect(missed.size).toBe(2);
    for (const id of missed) await control(`/events/${id}/redeliver`, {});
    expect(new Set((await receive()).map(({ id }) => id))).toEqual(missed);
    expect((await stripe.events.list(wanted)).data).toEqual([]);
  });
});

describe('a time-out', () => {
  /** As a network does, the answer is not waited for once the SDK has given up. */
  const impatient = (answer: (request: Request) => Promise<Response>) => {
    const fetcher = (url: string | URL | Request, init?: RequestInit) => {
      const gaveUp = new Promise<never>((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
      });
      return Promise.race([answer(new Request(url, { ...init, signal: null })), gaveUp]);
    };
    return Stripe.createFetchHttpClient(fetcher);
  };

  test('after which the same key finds the work done: one invoice, one charge', async () => {
    const world = aSandbox();
    const { control, sandbox } = world;
    const stripe = new Stripe('sk_test_app', { httpClient: impatient((request) => sandbox.answer(request)) });
    const { id: customer } = await stripe.customers.create({});
    const { id } = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({ invoice: id, amount: 2500, currency: 'usd' });
    await stripe.invoices.finalizeInvoice(id);
    await control('/faults', { method: 'POST', path: '/v1/invoices/*/pay', fault: 'slow', delayMs: 60 });
    const pay = (settings: Stripe.RequestOptions) =>
      stripe.invoices.pay(id, { payment_method: 'pm_card_visa' }, { idempotencyKey: 'pay/1', ...settings });
    await expect(pay({ timeout: 10, maxNetworkRetries: 0 })).rejects.toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
    const inUse = await pay({ maxNetworkRetries: 0 }).catch((error: unknown) => error);
    expect(inUse).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect(inUse).toBeInstanceOf(Stripe.errors.StripeAPIError);
    expect(await pay({ maxNetworkRetries: 2 })).toMatchObject({ status: 'paid' });
    expect([...sandbox.store.charges.oldestFirst()]).toHaveLength(1);
    const asked = sandbox.snapshot().tables['kept_answers'] ?? [];
    expect(asked.map(({ id: key }) => key)).toContain('pay/1');
  });

  test('of the whole sandbox is a connection error, and nothing was done', async () => {
    const { control, sandbox, stripe } = aSandbox();
    await control('/faults', { method: 'POST', path: '/v1/customers', fault: 'timeout_before', times: 3 });
    await expect(stripe.customers.create({})).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(sandbox.store.customers.size()).toBe(0);
  });
});
