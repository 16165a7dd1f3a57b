import { describe, expect, test } from 'vitest';

import { aCard, aSandbox } from './testing';

const afterSixSeconds = async ({ pass, sandbox }: ReturnType<typeof aSandbox>) => {
  pass(6);
  await sandbox.tick();
};

const aDelayedSale = async (delayedPayment: 'succeeds' | 'fails', card = '4242424242424242') => {
  const world = aSandbox({ switches: { delayedPayment } });
  const { session } = await world.aSession();
  const sent = await world.post(session.url ?? '', aCard(card));
  const look = () =>
    world.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent', 'invoice'] });
  return { ...world, sent, look, world };
};

describe('a delayed payment', () => {
  test('completes its session unpaid, and pays it later', async () => {
    const { eventTypes, look, sent, world } = await aDelayedSale('succeeds');
    expect(sent.status).toBe(303);
    expect(await look()).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing', amount_received: 0 },
      invoice: null,
    });
    expect(eventTypes().slice(-2)).toEqual(['customer.updated', 'checkout.session.completed']);
    expect(eventTypes()).toContain('payment_intent.processing');
    await afterSixSeconds(world);
    expect(await look()).toMatchObject({
      payment_status: 'paid',
      payment_intent: { status: 'succeeded' },
      invoice: { status: 'paid' },
    });
    expect(eventTypes()).toContain('checkout.session.async_payment_succeeded');
    expect(eventTypes().filter((type) => type === 'checkout.session.completed')).toHaveLength(1);
  });

  test('may fail: the session stays complete and unpaid', async () => {
    const { eventTypes, look, sandbox, world } = await aDelayedSale('fails');
    await afterSixSeconds(world);
    expect(await look()).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } },
      invoice: null,
    });
    expect(eventTypes().slice(-3)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'checkout.session.async_payment_failed',
    ]);
    expect([...sandbox.store.charges.oldestFirst()].map(({ paid }) => paid)).toEqual([false]);
  });

  test('waits for the holder first, where the bank wants them', async () => {
    const { look, post, sent, world } = await aDelayedSale('succeeds', '4000002760003184');
    await post(sent.headers.get('location') ?? '', { answer: 'complete' });
    expect(await look()).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    await afterSixSeconds(world);
    expect(await look()).toMatchObject({ payment_status: 'paid' });
  });
});

describe('a card that its network renews', () => {
  test('has its new date, and is told of', async () => {
    const { control, sandbox, stripe } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await control(`/payment_methods/${id}/renew`, { exp_month: 7, exp_year: 2033 });
    expect(await stripe.paymentMethods.retrieve(id)).toMatchObject({
      card: { exp_month: 7, exp_year: 2033 },
    });
    const [event] = sandbox.store.events.newestFirst();
    expect(event).toMatchObject({
      type: 'payment_method.automatically_updated',
      data: { object: { id }, previous_attributes: { card: { exp_month: 11 } } },
    });
  });
});
