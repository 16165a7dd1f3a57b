import type { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';

import { aCard, aSandbox } from './testing';
import { formsOf, textOf } from './testing-html';

/** An invoice of 25 dollars that somebody may pay on its page. */
const anInvoice = async (changes: Partial<Stripe.InvoiceCreateParams> = {}) => {
  const world = aSandbox();
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.org', name: 'Zoë Müller' });
  const draft = await stripe.invoices.create({ customer, description: 'Auto top-up', ...changes });
  await stripe.invoiceItems.create({
    customer,
    invoice: draft.id,
    amount: 2500,
    currency: 'usd',
    description: '250 credits',
  });
  const { id, hosted_invoice_url: url } = await stripe.invoices.finalizeInvoice(draft.id);
  const attach = (card: string) => stripe.paymentMethods.attach(`pm_card_${card}`, { customer });
  const read = async (at = url ?? '') => textOf(await (await world.open(at)).text());
  const send = async (fields: Record<string, string>) => {
    const answer = await world.post(url ?? '', fields);
    return {
      status: answer.status,
      to: answer.headers.get('location') ?? '',
      text: textOf(await answer.text()),
    };
  };
  const now = () => stripe.invoices.retrieve(id);
  return { ...world, customer, id, url: url ?? '', attach, read, send, now };
};

describe('the page of an invoice', () => {
  test('that is open says what is billed, to whom, and how to pay', async () => {
    const { read, url, open } = await anInvoice();
    const text = await read();
    for (const part of [
      'Open',
      'from Café Pénélope',
      '$25.00',
      'Due on November 1, 2026',
      'Zoë Müller',
      '250 credits',
      'Auto top-up',
    ])
      expect(text).toContain(part);
    expect(text).toContain('Amount due $25.00 ');
    expect(text).toContain('Pay $25.00');
    const [form] = formsOf(await (await open(url)).text());
    expect(form?.controls.map(({ name }) => name)).toEqual(['number', 'expiry', 'cvc', 'name']);
  });

  test('that was due says so', async () => {
    const { pass, read } = await anInvoice({ collection_method: 'send_invoice', days_until_due: 7 });
    pass(8 * 24 * 60 * 60);
    expect(await read()).toContain('Past due');
  });

  test('that is paid links to its receipt, and is not paid again', async () => {
    const { open, read, send, stripe, url } = await anInvoice();
    expect((await send(aCard())).status).toBe(303);
    const text = await read();
    expect(text).toContain('Paid on November 1, 2026');
    expect(text).not.toContain('Pay this invoice');
    const page = await (await open(url)).text();
    const [, receipt = ''] = /href="([^"]+)">View receipt/.exec(page) ?? [];
    expect(await read(receipt)).toContain('$25.00 paid on November 1, 2026');
    expect((await open(`${receipt}/pdf`)).headers.get('content-type')).toBe('application/pdf');
    expect((await send(aCard())).status).toBe(303);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test('that is void takes nothing', async () => {
    const { id, read, send, stripe } = await anInvoice();
    await stripe.invoices.voidInvoice(id);
    expect(await read()).toContain('Voided: nothing is due');
    expect(await read()).not.toContain('Pay this invoice');
    await send(aCard());
    expect((await stripe.charges.list()).data).toEqual([]);
  });

  test('that is uncollectible can still be paid', async () => {
    const { id, now, read, send, stripe } = await anInvoice();
    await stripe.invoices.markUncollectible(id);
    expect(await read()).toContain('Uncollectible');
    expect(await read()).toContain('No longer asked for; it can still be paid');
    await send(aCard());
    expect((await now()).status).toBe('paid');
  });

  test('that was credited says what is left', async () => {
    const { id, read, stripe } = await anInvoice();
    await stripe.creditNotes.create({ invoice: id, amount: 1000 });
    const text = await read();
    expect(text).toContain('Credited before payment −$10.00');
    expect(text).toContain('Pay $15.00');
  });

  test('that a balance pays in part says so', async () => {
    const { customer, read, stripe } = await anInvoice();
    await stripe.customers.createBalanceTransaction(customer, { amount: -700, currency: 'usd' });
    const draft = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 1000, currency: 'usd' });
    const { hosted_invoice_url: url } = await stripe.invoices.finalizeInvoice(draft.id);
    expect(await read(url ?? '')).toContain('Applied balance −$7.00');
    expect(await read(url ?? '')).toContain('Pay $3.00');
  });

  test('that was paid by wire has no receipt', async () => {
    const { id, read, stripe } = await anInvoice();
    await stripe.invoices.pay(id, { paid_out_of_band: true });
    expect(await read()).toContain('Paid on');
    expect(await read()).not.toContain('receipt');
  });

  test('that nothing is due on asks for nothing', async () => {
    const { stripe, customer, read } = await anInvoice();
    const draft = await stripe.invoices.create({ customer });
    const free = await stripe.invoices.finalizeInvoice(draft.id);
    expect(await read(free.hosted_invoice_url ?? '')).toContain('Paid on');
  });
});

describe('paying it', () => {
  test('says under each field what is wrong', async () => {
    const { send } = await anInvoice();
    const { status, text } = await send({ number: '42', expiry: '', cvc: '', name: '' });
    expect(status).toBe(422);
    expect(text).toContain('Please look again at the 4 fields that are marked.');
  });

  test('with a saved card that is declined says why, and takes another', async () => {
    const { attach, now, send } = await anInvoice();
    const { id } = await attach('chargeCustomerFail');
    const { status, text } = await send({ method: id });
    expect(status).toBe(402);
    expect(text).toContain('Your card was declined.');
    expect((await send({ method: 'new', ...aCard() })).status).toBe(303);
    expect(await now()).toMatchObject({ status: 'paid', attempt_count: 2 });
  });

  test('is confirmed where an attempt of the app waits for the holder', async () => {
    const { attach, id, now, post, read, send, stripe } = await anInvoice();
    const card = await attach('authenticationRequired');
    await expect(stripe.invoices.pay(id, { payment_method: card.id })).rejects.toMatchObject({
      statusCode: 402,
    });
    expect(await read()).toContain('It was begun with Visa •••• 3184 and waits for you.');
    const { to } = await send({ do: 'confirm' });
    expect(await read(to)).toContain('Your bank asks whether you are paying $25.00 to Café Pénélope.');
    expect(await read(to)).toContain('Visa •••• 3184');
    const back = await post(to, { answer: 'complete' });
    expect(await read(back.headers.get('location') ?? '')).toContain('Paid on');
    expect((await now()).status).toBe('paid');
    expect(await read(to)).toContain('Already answered');
  });

  test('that the holder does not confirm stays to be paid', async () => {
    const { attach, now, post, read, send } = await anInvoice();
    const card = await attach('authenticationRequired');
    const { to } = await send({ method: card.id });
    const back = await post(to, { answer: 'fail' });
    expect(await read(back.headers.get('location') ?? '')).toContain(
      'We are unable to authenticate your payment method.',
    );
    expect((await now()).status).toBe('open');
  });

  test('with a card of somebody else is not possible', async () => {
    const { send, stripe } = await anInvoice();
    const { id: customer } = await stripe.customers.create({});
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect((await send({ method: id })).status).toBe(422);
    expect((await stripe.charges.list()).data).toEqual([]);
  });
});

test('a challenge that leads nowhere says what became of it', async () => {
  const { stripe, post } = aSandbox();
  const { id: customer } = await stripe.customers.create({});
  const { id } = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
  const intent = await stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    customer,
    payment_method: id,
    confirm: true,
    allowed_payment_method_types: ['card'],
  });
  const { stripe_js: bank } = { stripe_js: '', ...intent.next_action?.use_stripe_sdk };
  expect(textOf(await (await post(bank, { answer: 'complete' })).text())).toContain('Confirmed');
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
});
