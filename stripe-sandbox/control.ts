import type { Context as Call, Hono } from 'hono';

import { invalidRequest, noSuch, type StripeError } from './errors';
import { boolean, integer, oneOf, parseForm, required, shape, text, type Form } from './params';
import { openDispute } from './resources/disputes';
import { warnOfFraud } from './resources/early-fraud-warnings';
import { knownMethod, renewCard } from './resources/payment-methods';
import { passTime } from './time';
import { redeliver } from './webhooks';
import { faultKinds, orderly, uncaused, type World } from './world';

const clockMove = shape({ advance: integer(), offset: integer(), freeze: boolean() });

const deliveryMode = shape({
  hold: boolean(),
  duplicate: integer({ min: 0, max: 10 }),
  duplicateNewId: boolean(),
  drop: boolean(),
  delayMs: integer({ min: 0 }),
  wrongSignature: boolean(),
  oldTimestamp: boolean(),
  shuffle: boolean(),
});

const fault = shape({
  method: text(),
  path: required(text()),
  fault: required(oneOf(...faultKinds)),
  times: integer({ min: 1 }),
  delayMs: integer({ min: 0 }),
});

const switches = shape({
  checkoutInvoice: oneOf('in_completed_event', 'after_completed_event', 'seconds_later'),
  offSessionChallenge: oneOf('requires_action', 'requires_payment_method'),
  actionRequired: oneOf('alone', 'with_payment_failed'),
  invoiceIntentConfirm: oneOf('allowed', 'refused'),
  delayedPayment: oneOf('never', 'succeeds', 'fails'),
  automaticTax: oneOf('zero', 'by_place'),
});

const complaint = shape({
  reason: oneOf('fraudulent', 'product_not_received', 'general'),
  inquiry: boolean(),
});

const behaviour = shape({
  outcome: required(
    oneOf(
      'as_card',
      'ok',
      'generic_decline',
      'insufficient_funds',
      'lost_card',
      'stolen_card',
      'card_velocity_exceeded',
      'expired_card',
      'incorrect_cvc',
      'incorrect_number',
      'processing_error',
    ),
  ),
});

const renewal = shape({
  exp_month: required(integer({ min: 1, max: 12 })),
  exp_year: required(integer({ min: 2000 })),
});

/** JSON as a form has it, so that one reader serves scripts and the buttons of the control page. */
const asForm = (value: unknown): unknown => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(asForm);
  if (typeof value !== 'object') return JSON.stringify(value).replaceAll(/^"|"$/g, '');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asForm(inner)]));
};

const isForm = (c: Call) =>
  (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');

const readBody = async (c: Call): Promise<Form> => {
  const body = await c.req.text();
  if (isForm(c)) return parseForm(body);
  try {
    return asForm(body === '' ? {} : JSON.parse(body)) as Form;
  } catch {
    throw invalidRequest('The body is not JSON.');
  }
};

/** A button of the control page goes back to the page; a script gets JSON. */
const done = (c: Call, value: object) => (isForm(c) ? c.redirect('/', 303) : c.json(value));

const clockFace = ({ clock }: World) => ({
  now: clock.seconds(),
  offset: Math.round((clock.now() - clock.realNow()) / 1000),
  frozen: clock.state().frozenAtMs !== null,
});

/** The levers that real Stripe does not have. No app code asks for these, only tests and whoever watches the demo. */
export const mountControl = (app: Hono, world: World, reset: () => void): void => {
  app.use('/_sandbox/*', async (c, next) => {
    if (c.req.header('sec-fetch-site') === 'cross-site')
      return c.json({ error: 'Not from another site.' }, 403);
    await next();
    return undefined;
  });

  app.get('/_sandbox/health', (c) => c.json({ ok: true }));

  app.get('/_sandbox/clock', (c) => c.json(clockFace(world)));
  app.post('/_sandbox/clock', async (c) => {
    world.clock.move(clockMove(await readBody(c), ''));
    passTime(world);
    world.wake();
    return done(c, clockFace(world));
  });

  app.get('/_sandbox/webhooks', (c) => c.json(world.delivery));
  app.post('/_sandbox/webhooks', async (c) => {
    Object.assign(world.delivery, deliveryMode(await readBody(c), ''));
    world.wake();
    return done(c, world.delivery);
  });
  app.post('/_sandbox/webhooks/release', (c) => {
    world.delivery.hold = false;
    world.wake();
    return done(c, { released: world.store.outbox.size() });
  });

  app.post('/_sandbox/events/:id/redeliver', (c) => {
    const event = world.store.events.get(c.req.param('id'));
    if (event === null) return c.json({ error: 'No such event.' }, 404);
    return done(c, { sent: redeliver(world, event) });
  });

  app.get('/_sandbox/deliveries', (c) => {
    const wanted = c.req.query('event');
    const data = [...world.store.deliveries.oldestFirst()].filter(
      (delivery) => wanted === undefined || delivery.event === wanted,
    );
    return c.json({ data, pending: world.store.outbox.size() });
  });
  app.get('/_sandbox/requests', (c) => c.json({ data: world.requests }));

  app.get('/_sandbox/faults', (c) => c.json({ data: world.faults }));
  app.post('/_sandbox/faults', async (c) => {
    const wanted = fault(await readBody(c), '');
    world.faults.push({ method: '*', times: 1, delayMs: 1000, ...wanted });
    return done(c, { data: world.faults });
  });
  app.delete('/_sandbox/faults', (c) => {
    world.faults.splice(0);
    return c.json({ data: [] });
  });

  app.get('/_sandbox/switches', (c) => c.json(world.switches));
  app.post('/_sandbox/switches', async (c) => {
    Object.assign(world.switches, switches(await readBody(c), ''));
    return done(c, world.switches);
  });

  app.post('/_sandbox/payment_methods/:id/behaviour', async (c) => {
    const { outcome } = behaviour(await readBody(c), '');
    const method = knownMethod(uncaused(world), c.req.param('id'), 'id');
    const onFile = world.store.cards_on_file.get(method.id);
    if (onFile !== null) {
      world.store.cards_on_file.put({ ...onFile, outcome: outcome === 'as_card' ? null : outcome });
    }
    return done(c, { id: method.id, outcome });
  });

  app.post('/_sandbox/payment_methods/:id/renew', async (c) => {
    const ctx = uncaused(world);
    const { exp_month: month, exp_year: year } = renewal(await readBody(c), '');
    const method = knownMethod(ctx, c.req.param('id'), 'id');
    return done(c, renewCard(ctx, method, { month, year }));
  });

  const knownCharge = (id: string) => {
    const charge = world.store.charges.get(id);
    if (charge === null) throw noSuch('charge', id);
    return charge;
  };
  app.post('/_sandbox/charges/:id/dispute', async (c) => {
    const { reason = 'fraudulent', inquiry = false } = complaint(await readBody(c), '');
    const charge = knownCharge(c.req.param('id'));
    return done(c, openDispute(uncaused(world), charge, { reason, isInquiry: inquiry }));
  });
  app.post('/_sandbox/charges/:id/early_fraud_warning', (c) => {
    const warning = warnOfFraud(uncaused(world), knownCharge(c.req.param('id')).id);
    return done(c, warning ?? {});
  });

  app.post('/_sandbox/reset', (c) => {
    reset();
    return done(c, { ok: true });
  });

  app.all('/_sandbox/*', (c) => c.json({ error: `Nothing at ${c.req.path}.` }, 404));
};

/** Refusals of the control plane, in the shape of Stripe's. */
export const refusal = (error: StripeError): Response =>
  Response.json({ error: error.body }, { status: error.status });

export const resetDelivery = (world: World): void => {
  Object.assign(world.delivery, orderly);
};
