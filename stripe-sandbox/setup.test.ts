import { describe, expect, test } from 'vitest';

import { aCard, aSandbox } from './testing';

const aSetup = async () => {
  const world = aSandbox();
  const { id: customer } = await world.stripe.customers.create({ email: 'ada@example.org' });
  const session = await world.stripe.checkout.sessions.create({
    mode: 'setup',
    customer,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
    payment_method_data: { allow_redisplay: 'always' },
    setup_intent_data: { metadata: { account_id: 'a1' } },
    metadata: { purpose: 'add_card', make_default: '1' },
    success_url: 'http://app.test/cards?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://app.test/cards',
  });
  return { ...world, customer, session };
};

describe('Checkout in setup mode', () => {
  test('keeps a card and takes no money', async () => {
    const { customer, eventTypes, open, post, sandbox, session, stripe } = await aSetup();
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'no_payment_required',
      amount_total: null,
    });
    const page = await (await open(session.url ?? '')).text();
    expect(page).toContain('Save a card with Café Pénélope');
    expect(page).toContain('>Save card</button>');

    const sent = await post(session.url ?? '', aCard());
    expect(sent.headers.get('location')).toBe(`http://app.test/cards?session_id=${session.id}`);
    expect(eventTypes().slice(-4)).toEqual([
      'setup_intent.created',
      'setup_intent.succeeded',
      'payment_method.attached',
      'checkout.session.completed',
    ]);
    const kept = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
    expect(kept).toMatchObject({
      status: 'complete',
      setup_intent: { status: 'succeeded', metadata: { account_id: 'a1' } },
    });
    const { data } = await stripe.customers.listPaymentMethods(customer, { type: 'card' });
    expect(data.map(({ allow_redisplay: shown, card }) => [shown, card?.last4])).toEqual([
      ['always', '4242'],
    ]);
    expect(sandbox.store.charges.size()).toBe(0);
  });

  test('says why a card is refused, and stays open', async () => {
    const { eventTypes, post, session, stripe } = await aSetup();
    const refused = await post(session.url ?? '', aCard('4000000000000002'));
    expect(refused.status).toBe(402);
    expect(await refused.text()).toContain('Your card was declined.');
    expect(eventTypes().slice(-1)).toEqual(['setup_intent.setup_failed']);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  test('asks the holder once, and never again off session', async () => {
    const { customer, open, post, session, stripe } = await aSetup();
    const asked = await post(session.url ?? '', aCard('4000002500003155'));
    const bank = asked.headers.get('location') ?? '';
    expect(await (await open(bank)).text()).toContain('may keep your card');
    const failed = await post(bank, { answer: 'fail' });
    expect(failed.headers.get('location')).toContain('failed=1');
    expect(await (await open(`http://stripe.test${failed.headers.get('location') ?? ''}`)).text()).toContain(
      'We are unable to authenticate',
    );
    const again = await post(session.url ?? '', aCard('4000002500003155'));
    const done = await post(again.headers.get('location') ?? '', { answer: 'complete' });
    expect(done.headers.get('location')).toContain(`session_id=${session.id}`);
    const [method] = (await stripe.customers.listPaymentMethods(customer)).data;
    const charged = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer,
      payment_method: method?.id ?? '',
      allowed_payment_method_types: ['card'],
      confirm: true,
      off_session: true,
    });
    expect(charged.status).toBe('succeeded');
  });

  test.each([
    { params: { line_items: [{ quantity: 1, price: 'price_x' }] }, param: 'line_items' },
    { params: { payment_intent_data: { description: 'x' } }, param: 'payment_intent_data' },
  ])('refuses $param', async ({ params, param }) => {
    const { customer, stripe } = await aSetup();
    await expect(
      stripe.checkout.sessions.create({
        mode: 'setup',
        customer,
        currency: 'usd',
        success_url: 'http://app.test/',
        ...params,
      }),
    ).rejects.toMatchObject({ param });
  });

  test('expires with its setup', async () => {
    const { session, stripe } = await aSetup();
    await stripe.checkout.sessions.expire(session.id);
    const { data } = await stripe.setupIntents.list();
    expect(data.map(({ status }) => status)).toEqual(['canceled']);
  });
});

describe('a setup intent', () => {
  const start = async () => {
    const world = aSandbox();
    const { id: customer } = await world.stripe.customers.create({});
    return { ...world, customer };
  };

  test('is confirmed with a card at once', async () => {
    const { customer, stripe } = await start();
    const done = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url: 'http://app.test/',
    });
    expect(done).toMatchObject({ status: 'succeeded', usage: 'off_session' });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });

  test('goes to the bank and back', async () => {
    const { customer, post, stripe } = await start();
    const setup = await stripe.setupIntents.create({ customer });
    expect(setup.status).toBe('requires_payment_method');
    const updated = await stripe.setupIntents.update(setup.id, {
      payment_method: 'pm_card_authenticationRequired',
    });
    expect(updated.status).toBe('requires_confirmation');
    const asked = await stripe.setupIntents.confirm(setup.id, { return_url: 'http://app.test/back' });
    const back = await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'complete' });
    expect(back.headers.get('location')).toContain(`setup_intent=${setup.id}`);
    expect((await stripe.setupIntents.retrieve(setup.id)).status).toBe('succeeded');
    await expect(stripe.setupIntents.confirm(setup.id)).rejects.toMatchObject({
      code: 'setup_intent_unexpected_state',
    });
    await expect(stripe.setupIntents.cancel(setup.id)).rejects.toMatchObject({
      code: 'setup_intent_unexpected_state',
    });
  });

  test('is refused by a declining card, and by a parameter of old', async () => {
    const { customer, stripe } = await start();
    await expect(
      stripe.setupIntents.create({
        customer,
        payment_method: 'pm_card_chargeDeclined',
        confirm: true,
        return_url: 'http://app.test/',
      }),
    ).rejects.toMatchObject({ code: 'card_declined', statusCode: 402 });
    const old = { customer, payment_method_types: ['card'] };
    await expect(stripe.setupIntents.create(old)).rejects.toMatchObject({
      code: 'payment_method_types_no_longer_supported',
    });
  });

  test('can be canceled before it is done', async () => {
    const { customer, stripe } = await start();
    const setup = await stripe.setupIntents.create({ customer });
    expect((await stripe.setupIntents.cancel(setup.id)).status).toBe('canceled');
  });
});
