import { describe, expect, test } from 'vitest';

import { aSandbox } from './testing';

const DAY = 24 * 60 * 60;

const aReserve = async () => {
  const world = aSandbox();
  const intent = await world.stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  const charge = () => world.stripe.charges.retrieve(intent.latest_charge as string);
  return { ...world, intent, charge };
};

describe('money that a bank holds ready', () => {
  test('is not taken yet, and cannot be refunded', async () => {
    const { charge, eventTypes, intent, stripe } = await aReserve();
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 1000, amount_received: 0 });
    expect(await charge()).toMatchObject({ captured: false, amount_captured: 0, paid: true });
    expect(eventTypes()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
    ]);
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_not_refundable',
    });
  });

  test('is taken when it is captured, and only then', async () => {
    const { charge, eventTypes, intent, pass, stripe } = await aReserve();
    const captured = await stripe.paymentIntents.capture(intent.id, { metadata: { a: '1' } });
    expect(captured).toMatchObject({
      status: 'succeeded',
      amount_capturable: 0,
      amount_received: 1000,
      metadata: { a: '1' },
    });
    pass(5);
    expect(await charge()).toMatchObject({
      captured: true,
      balance_transaction: expect.stringMatching(/^txn_/),
    });
    expect(eventTypes().slice(3)).toEqual(['charge.captured', 'payment_intent.succeeded', 'charge.updated']);
    await expect(stripe.paymentIntents.capture(intent.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    await expect(stripe.charges.capture(captured.latest_charge as string)).rejects.toMatchObject({
      code: 'charge_already_captured',
    });
  });

  test('can be taken in part: the rest is let go, and what was taken can be refunded', async () => {
    const { charge, intent, stripe } = await aReserve();
    await expect(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1001 })).rejects.toMatchObject(
      { code: 'amount_too_large' },
    );
    await stripe.charges.capture(intent.latest_charge as string, { amount: 700 });
    expect(await charge()).toMatchObject({ amount_captured: 700, amount_refunded: 300, refunded: false });
    expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(700);
    expect(await charge()).toMatchObject({ amount_refunded: 1000, refunded: true });
  });

  test('goes back when the intent is canceled', async () => {
    const { charge, eventTypes, intent, stripe } = await aReserve();
    expect(await stripe.paymentIntents.cancel(intent.id)).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
    });
    expect(await charge()).toMatchObject({ refunded: true, captured: false });
    expect(eventTypes().slice(-2)).toEqual(['payment_intent.canceled', 'charge.refunded']);
    await expect(stripe.charges.capture(intent.latest_charge as string)).rejects.toMatchObject({
      code: 'charge_expired_for_capture',
    });
  });

  test('goes back when nobody takes it for a week', async () => {
    const { eventTypes, intent, pass, stripe } = await aReserve();
    pass(8 * DAY);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
    });
    expect(eventTypes().slice(-2)).toEqual(['charge.expired', 'payment_intent.canceled']);
  });
});

describe('a charge', () => {
  test('keeps what the app writes on it', async () => {
    const { charge, intent, stripe, eventTypes } = await aReserve();
    await stripe.charges.update(intent.latest_charge as string, {
      description: 'Crédits',
      metadata: { topup_id: 't1' },
      fraud_details: { user_report: 'safe' },
    });
    expect(await charge()).toMatchObject({
      description: 'Crédits',
      metadata: { topup_id: 't1' },
      fraud_details: { user_report: 'safe' },
    });
    expect(eventTypes().slice(-1)).toEqual(['charge.updated']);
  });
});

describe('the balance', () => {
  test('waits, and is available two days later, less the fees', async () => {
    const { intent, pass, stripe } = await aReserve();
    await stripe.paymentIntents.capture(intent.id);
    pass(5);
    const fee = 29 + 30;
    expect(await stripe.balance.retrieve()).toMatchObject({
      available: [{ amount: 0 }],
      pending: [{ amount: 1000 - fee }],
    });
    pass(2 * DAY);
    expect(await stripe.balance.retrieve()).toMatchObject({
      available: [{ amount: 1000 - fee }],
      pending: [{ amount: 0 }],
    });
    const { data } = await stripe.balanceTransactions.list();
    expect(data.map(({ status, net }) => [status, net])).toEqual([['available', 1000 - fee]]);
    const charge = await stripe.charges.retrieve(intent.latest_charge as string, {
      expand: ['balance_transaction'],
    });
    expect(charge.balance_transaction).toMatchObject({ status: 'available' });
  });

  test('belongs to the account', async () => {
    const { stripe } = aSandbox();
    expect(await stripe.accounts.retrieveCurrent()).toMatchObject({
      object: 'account',
      charges_enabled: true,
      settings: { dashboard: { display_name: 'Café Pénélope' } },
    });
  });
});
