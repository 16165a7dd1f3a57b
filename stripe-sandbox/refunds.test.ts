import { describe, expect, test } from 'vitest';

import { aSandbox } from './testing';

/** A customer who has just been charged 25 dollars. */
const aCharge = async (card = 'visa') => {
  const world = aSandbox();
  const { stripe } = world;
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.org' });
  const intent = await stripe.paymentIntents.create({
    amount: 2500,
    currency: 'usd',
    customer,
    payment_method: `pm_card_${card}`,
    allowed_payment_method_types: ['card'],
    confirm: true,
  });
  const latest = typeof intent.latest_charge === 'string' ? intent.latest_charge : '';
  const charge = () => stripe.charges.retrieve(latest, { expand: ['refunds'] });
  const refund = (amount?: number) =>
    stripe.refunds.create({
      payment_intent: intent.id,
      ...(amount === undefined ? {} : { amount }),
      reason: 'requested_by_customer',
      metadata: { topup_id: 't1' },
    });
  const later = async (seconds: number) => {
    world.pass(seconds);
    await world.sandbox.tick();
  };
  return { ...world, charge, customer, intent, later, latest, refund };
};

describe('a refund', () => {
  test('gives back a part, then the rest, then nothing more', async () => {
    const { charge, eventTypes, refund, stripe } = await aCharge();
    const first = await refund(1000);
    expect(first).toMatchObject({ status: 'succeeded', amount: 1000, metadata: { topup_id: 't1' } });
    expect(eventTypes().slice(-2)).toEqual(['refund.created', 'charge.refunded']);
    expect(await charge()).toMatchObject({ amount_refunded: 1000, refunded: false });
    await expect(refund(1600)).rejects.toThrow('greater than unrefunded amount');
    await refund();
    expect(await charge()).toMatchObject({
      amount_refunded: 2500,
      refunded: true,
      refunds: { data: [{ amount: 1500 }, { amount: 1000 }] },
    });
    await expect(refund()).rejects.toMatchObject({ code: 'charge_already_refunded' });
    const moved = await stripe.balanceTransactions.list({ type: 'refund' });
    expect(moved.data.map(({ amount }) => amount)).toEqual([-1500, -1000]);
  });

  test('may be pending first', async () => {
    const { eventTypes, later, refund, stripe } = await aCharge('pendingRefund');
    const { id, status } = await refund();
    expect(status).toBe('pending');
    await later(6);
    expect((await stripe.refunds.retrieve(id)).status).toBe('succeeded');
    expect(eventTypes()).toContain('refund.updated');
    expect(eventTypes()).not.toContain('refund.failed');
  });

  test('may fail after it succeeded, and the charge is whole again', async () => {
    const { charge, eventTypes, later, refund, stripe } = await aCharge('refundFail');
    const { id, status } = await refund();
    expect(status).toBe('succeeded');
    await later(6);
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed', failure_reason: 'unknown' });
    expect(await charge()).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(eventTypes().slice(-1)).toEqual(['refund.failed']);
  });

  test.each([
    { params: {}, code: 'parameter_missing' },
    { params: { charge: 'ch_none' }, code: 'resource_missing' },
    { params: { payment_intent: 'pi_none' }, code: 'resource_missing' },
  ])('of $params is refused: $code', async ({ params, code }) => {
    const { stripe } = await aCharge();
    await expect(stripe.refunds.create(params)).rejects.toMatchObject({ code, statusCode: 400 });
  });

  test('keeps what the app writes on it', async () => {
    const { refund, stripe } = await aCharge();
    const { id } = await refund();
    await stripe.refunds.update(id, { metadata: { seen: 'yes' } });
    const { data } = await stripe.refunds.list({ limit: 1 });
    expect(data[0]?.metadata).toEqual({ topup_id: 't1', seen: 'yes' });
  });
});

describe('a dispute', () => {
  const aDispute = async (card: string) => {
    const world = await aCharge(card);
    await world.later(2);
    const [dispute] = (await world.stripe.disputes.list({ payment_intent: world.intent.id })).data;
    if (dispute === undefined) throw new Error('nobody disputes');
    const answer = async (said: string) => {
      await world.stripe.disputes.update(dispute.id, {
        evidence: { uncategorized_text: said },
        submit: true,
      });
      await world.later(2);
      return world.stripe.disputes.retrieve(dispute.id);
    };
    return { ...world, dispute, answer };
  };

  test.each([
    { card: 'createDispute', reason: 'fraudulent' },
    { card: 'createDisputeProductNotReceived', reason: 'product_not_received' },
  ])('of $card takes the money at once', async ({ card, reason }) => {
    const { charge, dispute, eventTypes, refund } = await aDispute(card);
    expect(dispute).toMatchObject({
      reason,
      status: 'needs_response',
      balance_transactions: [{ amount: -2500, fee: 1500 }],
    });
    expect(await charge()).toMatchObject({ disputed: true });
    expect(eventTypes()).toEqual(
      expect.arrayContaining(['charge.dispute.created', 'charge.dispute.funds_withdrawn']),
    );
    await expect(refund()).rejects.toMatchObject({ code: 'charge_disputed' });
  });

  test('that is won brings the money back', async () => {
    const { answer, eventTypes } = await aDispute('createDispute');
    expect(await answer('winning_evidence')).toMatchObject({
      status: 'won',
      balance_transactions: [{ amount: -2500 }, { amount: 2500 }],
    });
    expect(eventTypes().slice(-2)).toEqual(['charge.dispute.funds_reinstated', 'charge.dispute.closed']);
  });

  test('that is lost does not', async () => {
    const { answer, dispute, eventTypes, stripe } = await aDispute('createDispute');
    expect((await answer('losing_evidence')).status).toBe('lost');
    expect(eventTypes().slice(-1)).toEqual(['charge.dispute.closed']);
    await expect(stripe.disputes.close(dispute.id)).rejects.toThrow('already closed');
  });

  test('that nobody answers is lost when its time is up', async () => {
    const { dispute, later, stripe } = await aDispute('createDispute');
    await later(10 * 24 * 60 * 60);
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe('lost');
  });

  test('that is accepted is lost', async () => {
    const { dispute, stripe } = await aDispute('createDispute');
    expect((await stripe.disputes.close(dispute.id)).status).toBe('lost');
  });

  test('may be an inquiry, which moves no money until it is escalated', async () => {
    const { answer, dispute, eventTypes } = await aDispute('createDisputeInquiry');
    expect(dispute).toMatchObject({ status: 'warning_needs_response', balance_transactions: [] });
    expect(eventTypes()).not.toContain('charge.dispute.funds_withdrawn');
    expect(await answer('escalate_inquiry_evidence')).toMatchObject({
      status: 'needs_response',
      balance_transactions: [{ amount: -2500 }],
    });
  });

  test('that was an inquiry closes without a winner', async () => {
    const { answer } = await aDispute('createDisputeInquiry');
    expect((await answer('winning_evidence')).status).toBe('warning_closed');
  });

  test('can be started by a lever, on any charge', async () => {
    const { control, eventTypes, latest } = await aCharge();
    await control(`/charges/${latest}/dispute`, { reason: 'product_not_received' });
    expect(eventTypes().slice(-1)).toEqual(['charge.dispute.funds_withdrawn']);
  });
});

describe('an early fraud warning', () => {
  test('follows its card, and its lever', async () => {
    const { control, eventTypes, intent, later, latest, stripe } = await aCharge('createIssuerFraudRecord');
    await later(2);
    expect(eventTypes()).toContain('radar.early_fraud_warning.created');
    await control(`/charges/${latest}/early_fraud_warning`, {});
    const { data } = await stripe.radar.earlyFraudWarnings.list({ payment_intent: intent.id });
    expect(data.map(({ actionable }) => actionable)).toEqual([true, true]);
    expect((await stripe.radar.earlyFraudWarnings.retrieve(data[0]?.id ?? '')).charge).toBe(
      intent.latest_charge,
    );
  });
});

describe('a credit note', () => {
  const anInvoice = async ({ isPaid = true } = {}) => {
    const world = aSandbox();
    const { stripe } = world;
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.org' });
    const draft = await stripe.invoices.create({ customer });
    await stripe.invoiceItems.create({
      invoice: draft.id,
      amount: 2500,
      currency: 'usd',
      description: '250 credits',
    });
    const open = await stripe.invoices.finalizeInvoice(draft.id);
    const invoice = isPaid ? await stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' }) : open;
    return { ...world, customer, invoice };
  };

  test('of a paid invoice gives the money back', async () => {
    const { customer, eventTypes, invoice, open, stripe } = await anInvoice();
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      refund_amount: 1000,
      lines: [{ type: 'custom_line_item', description: 'Refund', quantity: 1, unit_amount: 1000 }],
      reason: 'order_change',
      metadata: { topup_id: 't1' },
      expand: ['refunds.refund'],
    });
    expect(note).toMatchObject({
      number: `${invoice.number ?? ''}-CN-01`,
      total: 1000,
      post_payment_amount: 1000,
      type: 'post_payment',
      refunds: [{ amount_refunded: 1000, refund: { status: 'succeeded', amount: 1000 } }],
    });
    expect(eventTypes().slice(-4)).toEqual([
      'refund.created',
      'charge.refunded',
      'credit_note.created',
      'invoice.updated',
    ]);
    expect((await stripe.invoices.retrieve(invoice.id)).post_payment_credit_notes_amount).toBe(1000);
    expect((await open(note.pdf)).headers.get('content-type')).toBe('application/pdf');
    const listed = await stripe.creditNotes.list({ customer });
    expect(listed.data.map(({ id }) => id)).toEqual([note.id]);
    await expect(stripe.creditNotes.voidCreditNote(note.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  test('of an open invoice leaves less to pay, and can be voided', async () => {
    const { eventTypes, invoice, stripe } = await anInvoice({ isPaid: false });
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 500 });
    expect(note).toMatchObject({ type: 'pre_payment', pre_payment_amount: 500 });
    expect((await stripe.invoices.retrieve(invoice.id)).amount_remaining).toBe(2000);
    await stripe.creditNotes.voidCreditNote(note.id);
    expect(eventTypes()).toContain('credit_note.voided');
    const paid = await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' });
    expect(paid.amount_paid).toBe(2500);
  });

  test('of all that is open pays the invoice', async () => {
    const { invoice, stripe } = await anInvoice({ isPaid: false });
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 2500 });
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
  });

  test('can be looked at before it is made, and changed after', async () => {
    const { invoice, sandbox, stripe } = await anInvoice();
    const preview = await stripe.creditNotes.preview({
      invoice: invoice.id,
      amount: 700,
      refund_amount: 700,
    });
    expect(preview.total).toBe(700);
    expect(sandbox.store.credit_notes.size()).toBe(0);
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 700,
      out_of_band_amount: 700,
    });
    expect((await stripe.creditNotes.update(note.id, { memo: 'Sorry' })).memo).toBe('Sorry');
    expect((await stripe.creditNotes.listLineItems(note.id)).data[0]?.amount).toBe(700);
  });

  test.each([
    { params: { amount: 2600, refund_amount: 2600 }, says: 'may not exceed' },
    { params: { amount: 500 }, says: 'must equal the post payment amount' },
    { params: {}, says: 'You must provide one of' },
  ])('of $params is refused', async ({ params, says }) => {
    const { invoice, stripe } = await anInvoice();
    await expect(stripe.creditNotes.create({ invoice: invoice.id, ...params })).rejects.toThrow(says);
  });
});
