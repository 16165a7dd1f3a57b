import { describe, expect, test } from 'vitest';

import { aCard, anOrder, aSandbox, ORIGIN } from './testing';

describe('a bought session', () => {
  test('is complete and paid, with its intent, invoice and lines', async () => {
    const { buy, stripe } = aSandbox();
    const { customer, session, response } = await buy();

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`http://app.test/billing/success?session_id=${session.id}`);
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      amount_total: 5000,
      customer: customer.id,
      url: null,
      metadata: { topup_id: 't1' },
      payment_intent: { status: 'succeeded', amount_received: 5000, metadata: { topup_id: 't1' } },
      invoice: { status: 'paid', total: 5000, amount_paid: 5000, description: 'Crédits', footer: 'Merci' },
    });
    expect(session.line_items?.data[0]?.description).toBe('500 credits');

    const intent = typeof session.payment_intent === 'string' ? '' : (session.payment_intent?.id ?? '');
    const payments = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent },
    });
    const invoice = typeof session.invoice === 'string' ? null : session.invoice;
    expect(payments.data.map((payment) => payment.invoice)).toEqual([invoice?.id]);
    expect(invoice?.number).toMatch(/^[A-Z0-9]{8}-0001$/);
  });

  test('tells its story in the order of Stripe, the fee last', async () => {
    const { buy, eventTypes, pass, sandbox } = aSandbox();
    await buy({ payment_intent_data: { setup_future_usage: 'off_session' } });
    pass(5);
    await sandbox.tick();

    expect(eventTypes()).toEqual([
      'customer.created',
      'payment_intent.created',
      'charge.succeeded',
      'payment_method.attached',
      'payment_intent.succeeded',
      'customer.updated',
      'checkout.session.completed',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'charge.updated',
    ]);
  });

  test('leaves its address and name on the customer that asked for it', async () => {
    const { buy, stripe } = aSandbox();
    const { customer } = await buy();
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
      name: 'Ada Lovelace',
      address: { country: 'GB', postal_code: 'SW1A 1AA' },
    });
  });

  test('has its balance transaction only some seconds later', async () => {
    const { buy, stripe, pass } = aSandbox();
    const { session } = await buy();
    const expanded = { expand: ['payment_intent.latest_charge'] };
    const chargeOf = async () => {
      const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id, expanded);
      return typeof intent === 'string' || intent === null ? null : intent.latest_charge;
    };
    expect(await chargeOf()).toMatchObject({ paid: true, balance_transaction: null });
    pass(5);
    expect(await chargeOf()).toMatchObject({ balance_transaction: expect.stringMatching(/^txn_/) as string });
  });

  test.each([
    { checkoutInvoice: 'in_completed_event', atCompletion: true, after: 0 },
    { checkoutInvoice: 'after_completed_event', atCompletion: false, after: 0 },
    { checkoutInvoice: 'seconds_later', atCompletion: false, after: 5 },
  ] as const)('gets its invoice $checkoutInvoice', async ({ checkoutInvoice, atCompletion, after }) => {
    const { buy, stripe, pass, sandbox } = aSandbox({ switches: { checkoutInvoice } });
    const { session } = await buy();
    const completed = [...sandbox.store.events.oldestFirst()].find(
      (event) => event.type === 'checkout.session.completed',
    );
    const { invoice } = { invoice: undefined, ...completed?.data.object };
    expect(typeof invoice === 'string').toBe(atCompletion);
    expect(session.invoice !== null).toBe(after === 0);
    pass(after);
    expect((await stripe.checkout.sessions.retrieve(session.id)).invoice).toMatch(/^in_/);
  });
});

describe('the hosted page', () => {
  test('says in place why a card was declined, and takes another one', async () => {
    const { aSession, post, stripe, eventTypes } = aSandbox();
    const { session } = await aSession();
    const declined = await post(session.url ?? '', aCard('4000000000009995'));
    const page = await declined.text();

    expect(declined.status).toBe(402);
    expect(page).toContain('<p role="alert">Your card has insufficient funds.</p>');
    expect(page).toContain('value="Ada Lovelace"');
    expect(page).not.toContain('4000000000009995');
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
    });
    expect(eventTypes().slice(-2)).toEqual(['charge.failed', 'payment_intent.payment_failed']);

    const paid = await post(session.url ?? '', aCard());
    expect(paid.status).toBe(303);
    const { data: intents } = await stripe.paymentIntents.list();
    expect(intents.map((intent) => intent.status)).toEqual(['succeeded']);
    expect((await stripe.charges.list()).data.map((charge) => charge.status)).toEqual([
      'succeeded',
      'failed',
    ]);
  });

  test('pays once when the form is sent twice', async () => {
    const { aSession, post, stripe } = aSandbox();
    const { session } = await aSession();
    const answers = await Promise.all([
      post(session.url ?? '', aCard()),
      post(session.url ?? '', aCard()),
      post(session.url ?? '', aCard()),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303]);
    expect((await stripe.charges.list()).data).toHaveLength(1);
    expect((await stripe.invoices.list()).data).toHaveLength(1);
  });

  test.each([
    { typed: { number: '4242' }, sentence: 'Your card number is incomplete.' },
    { typed: { number: '4242424242424241' }, sentence: 'Your card number is invalid.' },
    { typed: { expiry: '13/30' }, sentence: 'Your card&#39;s expiration date is incomplete.' },
    { typed: { expiry: '10/26' }, sentence: 'Your card&#39;s expiration date is in the past.' },
    { typed: { cvc: '1' }, sentence: 'Your card&#39;s security code is incomplete.' },
    { typed: { name: ' ' }, sentence: 'Enter the name on your card.' },
    { typed: { postcode: '' }, sentence: 'Enter your postcode.' },
    { typed: { number: '4111111111111111' }, sentence: 'in test mode, but used a non test card' },
  ])('answers $typed with "$sentence" and asks no bank', async ({ typed, sentence }) => {
    const { aSession, post, stripe } = aSandbox();
    const { session } = await aSession();
    const answer = await post(session.url ?? '', aCard('4242424242424242', typed));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(sentence);
    expect((await stripe.charges.list()).data).toEqual([]);
  });

  test('has a label for every field, one heading, and the way back', async () => {
    const { aSession, open } = aSandbox();
    const { session } = await aSession({ automatic_tax: { enabled: false } });
    const page = await (await open(session.url ?? '')).text();
    for (const [, id] of page.matchAll(/<(?:input|select)\s+id="([^"]+)"/g))
      expect(page).toContain(`for="${id}"`);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('<a href="http://app.test/billing?canceled=1">Back to Café Pénélope</a>');
    expect(page).toContain('>Pay $50.00</button>');
    expect(page).toContain('Sandbox: no real money moves');
    expect(page).toContain('ada@example.org');
  });

  test('never runs what a merchant or customer typed', async () => {
    const { aSession, open } = aSandbox({ merchant: '<script>alert(1)</script>' });
    const { session } = await aSession();
    expect(await (await open(session.url ?? '')).text()).not.toContain('<script>');
  });

  test('offers a saved card next time, and only what the filter allows', async () => {
    const { buy, stripe, open, post } = aSandbox();
    const { customer } = await buy({ payment_intent_data: { setup_future_usage: 'off_session' } });
    const [saved] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    expect(saved?.allow_redisplay).toBe('limited');

    const again = await stripe.checkout.sessions.create(anOrder(customer.id));
    expect(await (await open(again.url ?? '')).text()).toContain('Visa •••• 4242, expires 12 / 30');
    expect((await post(again.url ?? '', { method: saved?.id ?? '' })).status).toBe(303);

    const hidden = await stripe.checkout.sessions.create({
      ...anOrder(customer.id),
      saved_payment_method_options: { allow_redisplay_filters: ['always'] },
    });
    expect(await (await open(hidden.url ?? '')).text()).not.toContain('4242, expires');
  });

  test.each([
    { save: 'yes', kept: ['always'] },
    { save: 'no', kept: [] },
  ])('keeps the card when the box says $save', async ({ save, kept }) => {
    const { aSession, post, stripe } = aSandbox();
    const { customer, session } = await aSession();
    await post(session.url ?? '', aCard('4242424242424242', { save }));
    const { data } = await stripe.customers.listPaymentMethods(customer.id);
    expect(data.map((method) => method.allow_redisplay)).toEqual(kept);
  });
});

describe('3-D Secure', () => {
  const toTheBank = async (number: string) => {
    const world = aSandbox();
    const { session } = await world.aSession();
    const asked = await world.post(session.url ?? '', aCard(number));
    const bank = asked.headers.get('location') ?? '';
    return { ...world, session, bank };
  };

  test('completes the session when the holder confirms, once', async () => {
    const { bank, open, post, session, stripe } = await toTheBank('4000002760003184');
    expect(bank).toMatch(/\/3d_secure_2\/hosted\?.*payment_intent=pi_/);
    const page = await (await open(bank)).text();
    expect(page).toContain('Complete authentication');
    expect(page).toContain('Fail authentication');

    const back = await post(bank, { answer: 'complete' });
    expect(back.headers.get('location')).toBe(`http://app.test/billing/success?session_id=${session.id}`);
    await post(bank, { answer: 'complete' });
    expect((await stripe.charges.list()).data).toHaveLength(1);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  });

  test('leads back to the page, which says why, when the holder does not', async () => {
    const { bank, open, post, session, stripe } = await toTheBank('4000002760003184');
    const back = await post(bank, { answer: 'fail' });
    const page = await (await open(`${ORIGIN}${back.headers.get('location') ?? ''}`)).text();
    expect(page).toContain('We are unable to authenticate your payment method.');
    expect((await stripe.charges.list()).data).toEqual([]);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  test('may be confirmed and still be declined by the bank', async () => {
    const { bank, open, post } = await toTheBank('4000008260003178');
    const back = await post(bank, { answer: 'complete' });
    const page = await (await open(`${ORIGIN}${back.headers.get('location') ?? ''}`)).text();
    expect(page).toContain('Your card has insufficient funds.');
  });

  test('shows nothing to who does not know the secret', async () => {
    const { bank, open } = await toTheBank('4000002760003184');
    expect((await open(bank.replace(/_secret_\w+/, '_secret_guess'))).status).toBe(404);
  });
});

describe('an unpaid session', () => {
  test('expires at its time, cancels its intent and takes no money afterwards', async () => {
    const { aSession, control, post, open, stripe, eventTypes } = aSandbox();
    const { session } = await aSession();
    await post(session.url ?? '', aCard('4000000000000002'));
    await control('/clock', { advance: 24 * 60 * 60 });

    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired');
    expect(eventTypes().slice(-2)).toEqual(['payment_intent.canceled', 'checkout.session.expired']);
    const page = await open(session.url ?? '');
    expect(await page.text()).toContain('This page has expired');
    expect((await post(session.url ?? '', aCard())).status).toBe(410);
    expect((await stripe.charges.list()).data.map((charge) => charge.status)).toEqual(['failed']);
  });

  test('can be expired by hand, once', async () => {
    const { aSession, stripe } = aSandbox();
    const { session } = await aSession();
    expect((await stripe.checkout.sessions.expire(session.id)).status).toBe('expired');
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toThrow(
      'Only Checkout Sessions with a status in ["open"] can be expired.',
    );
  });

  test('does not expire after it was paid', async () => {
    const { buy, stripe, pass } = aSandbox();
    const { session } = await buy();
    pass(2 * 24 * 60 * 60);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  });

  test('guards its intent: only expiring the session cancels it', async () => {
    const { aSession, post, stripe } = aSandbox();
    const { session } = await aSession();
    await post(session.url ?? '', aCard('4000000000000002'));
    const [intent] = (await stripe.paymentIntents.list()).data;
    await expect(stripe.paymentIntents.cancel(intent?.id ?? '')).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });
});

describe('what an invoice and a charge link to', () => {
  test('is there: hosted invoice, PDF and receipt', async () => {
    const { buy, open, stripe } = aSandbox();
    const { session } = await buy();
    const invoice = typeof session.invoice === 'string' ? null : session.invoice;
    const page = await open(invoice?.hosted_invoice_url ?? '');
    expect(await page.text()).toContain(`Invoice ${invoice?.number ?? ''} from Café Pénélope`);

    const pdf = await open(invoice?.invoice_pdf ?? '');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');

    const [charge] = (await stripe.charges.list()).data;
    expect(await (await open(charge?.receipt_url ?? '')).text()).toContain('Visa •••• 4242');
    expect((await open(`${ORIGIN}/i/acct_1/test_forged`)).status).toBe(404);
  });
});
