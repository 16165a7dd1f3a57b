import fc from 'fast-check';
import { expect, test } from 'vitest';

import { aCard, aSandbox } from '../testing';
import { runs, step } from './walk';

const card = fc.constantFrom('pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_authenticationRequired');
const back = { return_url: 'http://app.test/back' };

const intentStep = fc.record({
  call: fc.constantFrom('confirm', 'cancel', 'capture', 'complete', 'fail', 'week'),
  card,
});

const over = ['succeeded', 'canceled'];
const past = [...over, 'requires_capture'];

test('a PaymentIntent moves only along its machine', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(intentStep, { maxLength: 8 }), async (isManual, steps) => {
      const world = aSandbox();
      const { pass, post, stripe } = world;
      const { id } = await stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        capture_method: isManual ? 'manual' : 'automatic',
      });
      for (const { call, card: method } of steps) {
        const before = await stripe.paymentIntents.retrieve(id);
        if (call === 'confirm') {
          const confirm = () => stripe.paymentIntents.confirm(id, { payment_method: method, ...back });
          await step(world, !past.includes(before.status), confirm);
        }
        if (call === 'cancel') {
          await step(world, !over.includes(before.status), () => stripe.paymentIntents.cancel(id));
        }
        if (call === 'capture') {
          const capture = () => stripe.paymentIntents.capture(id);
          await step(world, before.status === 'requires_capture', capture);
        }
        const url = before.next_action?.redirect_to_url?.url;
        if ((call === 'complete' || call === 'fail') && typeof url === 'string')
          await post(url, { answer: call });
        if (call === 'week') pass(8 * 24 * 60 * 60);
        const after = await stripe.paymentIntents.retrieve(id);
        expect(over.includes(before.status) && after.status !== before.status).toBe(false);
        expect(after.amount_received).toBe(after.status === 'succeeded' ? 500 : 0);
        expect(after.amount_capturable).toBe(after.status === 'requires_capture' ? 500 : 0);
        expect(after.next_action === null).toBe(after.status !== 'requires_action');
      }
      const { data } = await stripe.charges.list({ payment_intent: id, limit: 100 });
      const { status } = await stripe.paymentIntents.retrieve(id);
      expect(data.filter(({ captured }) => captured)).toHaveLength(status === 'succeeded' ? 1 : 0);
      const held = data.filter(({ captured, paid, refunded }) => paid && !captured && !refunded);
      expect(held).toHaveLength(status === 'requires_capture' ? 1 : 0);
    }),
    runs,
  );
});

const setupStep = fc.record({
  call: fc.constantFrom('confirm', 'cancel', 'complete', 'fail'),
  card: fc.constantFrom('pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequired'),
});

test('a SetupIntent moves only along its machine', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(setupStep, { maxLength: 8 }), async (steps) => {
      const world = aSandbox();
      const { stripe, post } = world;
      const { id } = await stripe.setupIntents.create({});
      for (const setup of steps) {
        const before = await stripe.setupIntents.retrieve(id);
        const isOver = before.status === 'succeeded' || before.status === 'canceled';
        const url = before.next_action?.redirect_to_url?.url;
        const { call, card: method } = setup;
        if (call === 'confirm') {
          const confirm = () => stripe.setupIntents.confirm(id, { payment_method: method, ...back });
          await step(world, !isOver, confirm);
        }
        if (call === 'cancel') await step(world, !isOver, () => stripe.setupIntents.cancel(id));
        if ((call === 'complete' || call === 'fail') && typeof url === 'string')
          await post(url, { answer: call });
        const after = await stripe.setupIntents.retrieve(id);
        expect(isOver && after.status !== before.status).toBe(false);
        expect(after.next_action === null).toBe(after.status !== 'requires_action');
      }
    }),
    runs,
  );
});

const sessionStep = fc.constantFrom('pay', 'decline', 'expire', 'day', 'look');

test('a Checkout Session is open until it is complete or expired, and takes money once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sessionStep, { maxLength: 6 }), async (steps) => {
      const world = aSandbox();
      const { aSession, eventTypes, open, pass, post, sandbox, stripe } = world;
      const { session } = await aSession();
      const url = session.url ?? '';
      for (const call of steps) {
        const before = await stripe.checkout.sessions.retrieve(session.id);
        const isOpen = before.status === 'open';
        if (call === 'pay') await post(url, aCard());
        if (call === 'decline') await post(url, aCard('4000000000000002'));
        if (call === 'look') await open(url);
        if (call === 'day') pass(25 * 60 * 60);
        if (call === 'expire') await step(world, isOpen, () => stripe.checkout.sessions.expire(session.id));
        const after = await stripe.checkout.sessions.retrieve(session.id);
        expect(isOpen || after.status === before.status).toBe(true);
        expect(after.payment_status).toBe(after.status === 'complete' ? 'paid' : 'unpaid');
        expect(after.url === null).toBe(after.status !== 'open');
        const intent = sandbox.store.payment_intents.get((after.payment_intent as string | null) ?? '');
        expect(intent?.amount_received ?? 0).toBe(after.status === 'complete' ? after.amount_total : 0);
      }
      const ends = eventTypes().filter((type) => /^checkout\.session\.(completed|expired)$/.test(type));
      const { status } = await stripe.checkout.sessions.retrieve(session.id);
      expect(ends).toHaveLength(status === 'open' ? 0 : 1);
    }),
    runs,
  );
});
