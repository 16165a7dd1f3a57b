import { describe, expect, test } from 'vitest';

import { cardByMagicId, cardByNumber, passesLuhn, testCards } from './cards';
import { aSandbox } from './testing';

type Row = { name: string; attach: string; onSession: string; offSession: string };

/** Each card of Stripe's testing page: saved, charged with its holder present, charged without. */
const rows: Row[] = [
  { name: 'visa', attach: 'ok', onSession: 'succeeded', offSession: 'succeeded' },
  { name: 'mastercard', attach: 'ok', onSession: 'succeeded', offSession: 'succeeded' },
  { name: 'amex', attach: 'ok', onSession: 'succeeded', offSession: 'succeeded' },
  { name: 'visa_debit', attach: 'ok', onSession: 'succeeded', offSession: 'succeeded' },
  {
    name: 'authenticationRequiredOnSetup',
    attach: 'ok',
    onSession: 'requires_action',
    offSession: 'authentication_required',
  },
  {
    name: 'authenticationRequired',
    attach: 'ok',
    onSession: 'requires_action',
    offSession: 'authentication_required',
  },
  {
    name: 'authenticationRequiredSetupForOffSession',
    attach: 'ok',
    onSession: 'requires_action',
    offSession: 'succeeded',
  },
  {
    name: 'threeDSecure2Required',
    attach: 'ok',
    onSession: 'requires_action',
    offSession: 'authentication_required',
  },
  { name: 'threeDSecureOptional', attach: 'ok', onSession: 'succeeded', offSession: 'succeeded' },
  {
    name: 'threeDSecureRequiredProcessingError',
    attach: 'ok',
    onSession: 'processing_error',
    offSession: 'processing_error',
  },
  {
    name: 'chargeDeclined',
    attach: 'generic_decline',
    onSession: 'generic_decline',
    offSession: 'generic_decline',
  },
  {
    name: 'visa_chargeDeclinedInsufficientFunds',
    attach: 'insufficient_funds',
    onSession: 'insufficient_funds',
    offSession: 'insufficient_funds',
  },
  {
    name: 'visa_chargeDeclinedLostCard',
    attach: 'lost_card',
    onSession: 'lost_card',
    offSession: 'lost_card',
  },
  {
    name: 'visa_chargeDeclinedStolenCard',
    attach: 'stolen_card',
    onSession: 'stolen_card',
    offSession: 'stolen_card',
  },
  {
    name: 'chargeDeclinedExpiredCard',
    attach: 'expired_card',
    onSession: 'expired_card',
    offSession: 'expired_card',
  },
  {
    name: 'chargeDeclinedIncorrectCvc',
    attach: 'incorrect_cvc',
    onSession: 'incorrect_cvc',
    offSession: 'incorrect_cvc',
  },
  {
    name: 'chargeDeclinedProcessingError',
    attach: 'processing_error',
    onSession: 'processing_error',
    offSession: 'processing_error',
  },
  {
    name: 'visa_chargeDeclinedVelocityLimitExceeded',
    attach: 'card_velocity_exceeded',
    onSession: 'card_velocity_exceeded',
    offSession: 'card_velocity_exceeded',
  },
  { name: 'chargeCustomerFail', attach: 'ok', onSession: 'generic_decline', offSession: 'generic_decline' },
  { name: 'radarBlock', attach: 'ok', onSession: 'fraudulent', offSession: 'fraudulent' },
  {
    name: 'authenticationRequiredChargeDeclinedInsufficientFunds',
    attach: 'ok',
    onSession: 'requires_action',
    offSession: 'authentication_required',
  },
  {
    name: 'threeDSecureRequiredChargeDeclined',
    attach: 'ok',
    onSession: 'requires_action',
    offSession: 'authentication_required',
  },
  ...[
    'riskLevelHighest',
    'riskLevelElevated',
    'createDispute',
    'createDisputeProductNotReceived',
    'createDisputeInquiry',
    'createIssuerFraudRecord',
    'pendingRefund',
    'refundFail',
    'bypassPending',
  ].map((name) => ({ name, attach: 'ok', onSession: 'succeeded', offSession: 'succeeded' })),
];

type Refusal = { decline_code?: string; code?: string };
const outcome = (attempt: Promise<{ status?: string }>) =>
  attempt.then(
    ({ status }) => status ?? 'ok',
    (error: Refusal) =>
      [error.decline_code, error.code].find((code) => code !== undefined && code !== '') ?? 'unknown',
  );

describe('pm_card_$name', () => {
  test.each(rows)('$name: attach $attach, on session $onSession, off session $offSession', async (row) => {
    const { stripe } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const attached = await outcome(
      stripe.paymentMethods.attach(`pm_card_${row.name}`, { customer }).then(() => ({})),
    );
    expect(attached).toBe(row.attach);

    const charge = (offSession: boolean) =>
      outcome(
        stripe.paymentIntents.create({
          amount: 2500,
          currency: 'usd',
          customer,
          payment_method: `pm_card_${row.name}`,
          confirm: true,
          off_session: offSession,
          return_url: 'http://app.test/return',
        }),
      );
    expect(await charge(false)).toBe(row.onSession);
    expect(await charge(true)).toBe(row.offSession);
  });
});

describe('once it was set up', () => {
  const kept = rows.filter(({ attach }) => attach === 'ok');
  const spared = new Set(['authenticationRequiredOnSetup']);
  const expected = kept.map((row) => ({
    ...row,
    after: spared.has(row.name) ? 'succeeded' : row.offSession,
  }));

  test.each(expected)('pm_card_$name is charged off session: $after', async ({ name, after }) => {
    const { post, stripe } = aSandbox();
    const { id: customer } = await stripe.customers.create({});
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: `pm_card_${name}`,
      confirm: true,
      return_url: 'http://app.test/return',
    });
    const bank = setup.next_action?.redirect_to_url?.url;
    if (typeof bank === 'string') await post(bank, { answer: 'complete' });
    const { payment_method: method } = await stripe.setupIntents.retrieve(setup.id);
    const charged = stripe.paymentIntents.create({
      amount: 2500,
      currency: 'usd',
      customer,
      payment_method: typeof method === 'string' ? method : '',
      allowed_payment_method_types: ['card'],
      confirm: true,
      off_session: true,
    });
    expect(await outcome(charged)).toBe(after);
  });
});

describe('a saved card', () => {
  const saved = async (name: string) => {
    const world = aSandbox();
    const { id: customer } = await world.stripe.customers.create({});
    const { id } = await world.stripe.paymentMethods.attach(`pm_card_${name}`, { customer });
    const charge = (more: object = {}) =>
      world.stripe.paymentIntents.create({
        amount: 2500,
        currency: 'usd',
        customer,
        payment_method: id,
        confirm: true,
        return_url: 'http://app.test/return?topup=1',
        ...more,
      });
    return { ...world, customer, id, charge };
  };

  test('that was set up once needs its holder no more', async () => {
    const { charge, post, stripe } = await saved('authenticationRequiredOnSetup');
    const asked = await charge({ setup_future_usage: 'off_session' });
    const back = await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'complete' });
    const to = new URL(back.headers.get('location') ?? '');
    expect(`${to.origin}${to.pathname}`).toBe('http://app.test/return');
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      topup: '1',
      payment_intent: asked.id,
      redirect_status: 'succeeded',
    });
    expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe('succeeded');
    expect((await charge({ off_session: true })).status).toBe('succeeded');
  });

  test('that always asks does so after it was set up, too', async () => {
    const { charge, post } = await saved('authenticationRequired');
    const asked = await charge({ setup_future_usage: 'off_session' });
    await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'complete' });
    expect(await outcome(charge({ off_session: true }))).toBe('authentication_required');
  });

  test('whose challenge failed leaves the intent waiting for another card', async () => {
    const { charge, post, stripe } = await saved('authenticationRequired');
    const asked = await charge();
    await post(asked.next_action?.redirect_to_url?.url ?? '', { answer: 'fail' });
    expect(await stripe.paymentIntents.retrieve(asked.id)).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    const confirmed = await stripe.paymentIntents.confirm(asked.id, {
      payment_method: 'pm_card_visa',
      return_url: 'http://app.test/return',
    });
    expect(confirmed.status).toBe('succeeded');
    await expect(stripe.paymentIntents.cancel(asked.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  test('fails once its date has passed', async () => {
    const { charge, control } = await saved('visa');
    expect((await charge({ off_session: true })).status).toBe('succeeded');
    await control('/clock', { advance: 400 * 24 * 60 * 60 });
    expect(await outcome(charge({ off_session: true }))).toBe('expired_card');
  });

  test('can be made to fail, and to work again', async () => {
    const { charge, control, id } = await saved('visa');
    await control(`/payment_methods/${id}/behaviour`, { outcome: 'insufficient_funds' });
    expect(await outcome(charge({ off_session: true }))).toBe('insufficient_funds');
    await control(`/payment_methods/${id}/behaviour`, { outcome: 'as_card' });
    expect(await outcome(charge({ off_session: true }))).toBe('succeeded');
  });

  test('is refused for another customer', async () => {
    const { id, stripe } = await saved('visa');
    const other = await stripe.customers.create({});
    await expect(
      stripe.paymentIntents.create({
        amount: 2500,
        currency: 'usd',
        customer: other.id,
        payment_method: id,
        confirm: true,
        return_url: 'http://app.test/',
      }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  test('explains a decline to the program and to the person', async () => {
    const { charge } = await saved('chargeCustomerFail');
    await expect(charge({ off_session: true })).rejects.toMatchObject({
      type: 'StripeCardError',
      code: 'card_declined',
      decline_code: 'generic_decline',
      advice_code: 'try_again_later',
      message: 'Your card was declined.',
      charge: expect.stringMatching(/^ch_/) as string,
      payment_intent: { status: 'requires_payment_method', payment_method: null },
      payment_method: { card: { last4: '0341' } },
    });
  });
});

test('every test card has a valid number of its own, by which and by whose name it is found', () => {
  expect(new Set(testCards.map(({ number }) => number)).size).toBe(testCards.length);
  for (const card of testCards) {
    expect([card.number, passesLuhn(card.number)]).toEqual([card.number, true]);
    expect(cardByNumber(card.number)).toBe(card);
    for (const name of card.names) {
      expect(cardByMagicId(`pm_card_${name}`)).toBe(card);
      expect(cardByMagicId(`tok_${name}`)).toBe(card);
    }
  }
  expect(passesLuhn('4242424242424241')).toBe(false);
  expect(cardByMagicId('pm_1abc')).toBeNull();
});
