import { known } from './known';
import { boolean, integer, oneOf, required, shape, text, type Form } from './params';
import { openDispute } from './resources/disputes';
import { warnOfFraud } from './resources/early-fraud-warnings';
import { knownMethod, renewCard } from './resources/payment-methods';
import { passTime } from './time';
import { redeliver } from './webhooks';
import { faultKinds, uncaused, type DeliveryMode, type Fault, type World } from './world';

/** Something that real Stripe does not let one do: how it is asked for, what it does, and what is said of it. */
export type Lever = {
  /** Under `/_sandbox/`. */
  path: string;
  pull(world: World, asked: Form, id: string): { answer: object; said: string };
};

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
  detachedDefault: oneOf('cleared', 'kept'),
  cardsOnlyReturnUrl: oneOf('not_needed', 'required'),
  paidInvoiceRefusal: oneOf('without_code', 'with_code'),
  delayedPayment: oneOf('never', 'succeeds', 'fails'),
  automaticTax: oneOf('zero', 'by_place'),
});

const complaint = shape({
  reason: oneOf('fraudulent', 'product_not_received', 'general'),
  inquiry: boolean(),
});

/** What a bank can be told to say to the next charges of a card; `as_card` ends it. */
export const outcomes = [
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
  'authentication_required',
] as const;

const behaviour = shape({ outcome: required(oneOf(...outcomes)) });

const renewal = shape({
  exp_month: required(integer({ min: 1, max: 12 })),
  exp_year: required(integer({ min: 2000 })),
});

export const clockFace = ({ clock }: World) => ({
  now: clock.seconds(),
  offset: Math.round((clock.now() - clock.realNow()) / 1000),
  frozen: clock.state().frozenAtMs !== null,
});

/** The time in the sandbox, in words. */
export const hour = (world: World): string => {
  const { frozen, offset } = clockFace(world);
  const now = new Date(world.clock.now()).toISOString().slice(0, 19).replace('T', ' ');
  const isShifted = Math.abs(offset) > 1;
  return `It is ${now} UTC here${frozen ? ', and time stands still' : ''}${isShifted ? ', which is not real time' : ''}.`;
};

/** How each way of delivering stands, in one sentence. */
export const deliverySays: Record<keyof DeliveryMode, (mode: DeliveryMode) => string> = {
  hold: ({ hold }) => (hold ? 'Deliveries are held.' : 'Deliveries go out.'),
  duplicate: ({ duplicate: times }) =>
    times === 0 ? 'Each event is delivered once.' : `Each event is delivered ${times + 1} times.`,
  duplicateNewId: ({ duplicateNewId: on }) =>
    on ? 'Each event is written twice, under two ids.' : 'Each event is written once.',
  drop: ({ drop }) => (drop ? 'Events are written and never sent.' : 'Events are sent.'),
  delayMs: ({ delayMs: ms }) => (ms === 0 ? 'Deliveries come at once.' : `Deliveries come ${ms} ms late.`),
  wrongSignature: ({ wrongSignature: on }) => (on ? 'Signatures are wrong.' : 'Signatures are right.'),
  oldTimestamp: ({ oldTimestamp: on }) => (on ? 'Signatures are an hour old.' : 'Signatures are fresh.'),
  shuffle: ({ shuffle }) =>
    shuffle ? 'Deliveries come in any order.' : 'Deliveries come in the order of writing.',
};

const faultsDo: Record<Fault['fault'], string> = {
  timeout_before: 'is lost on the way, and nothing is done',
  drop_after_commit: 'is done, and its answer is lost',
  '409': 'is answered 409, as if another one were running under its key',
  '429': 'is answered 429, as if its object were locked',
  rate_limit: 'is answered 429, as if there had been too many requests',
  '500': 'is answered 500, and again when it is repeated under its key',
  slow: 'is answered late',
};

/** What lies in wait, in words. */
export const faultSays = ({ method, path, fault: kind, times, delayMs }: Fault): string => {
  const which = times === 1 ? 'The next request' : `Each of the next ${times} requests`;
  const how = kind === 'slow' ? `is answered ${delayMs} ms late` : faultsDo[kind];
  return `${which} for ${method === '*' ? '' : `${method} `}${path} ${how}.`;
};

const changed = <T extends object>(kept: T, wanted: Partial<T>): (keyof T)[] => {
  const names = (Object.keys(wanted) as (keyof T)[]).filter((name) => wanted[name] !== kept[name]);
  Object.assign(kept, wanted);
  return names;
};

const orNothing = (sentences: string[]) =>
  sentences.length === 0 ? 'Nothing changed.' : sentences.join(' ');

const knownCharge = (world: World, id: string) => known(world.store.charges, 'charge', id);

export const levers: Lever[] = [
  {
    path: 'clock',
    pull(world, asked) {
      world.clock.move(clockMove(asked, ''));
      passTime(world);
      world.wake();
      return { answer: clockFace(world), said: hour(world) };
    },
  },
  {
    path: 'webhooks',
    pull(world, asked) {
      const names = changed(world.delivery, deliveryMode(asked, ''));
      world.wake();
      return {
        answer: world.delivery,
        said: orNothing(names.map((name) => deliverySays[name](world.delivery))),
      };
    },
  },
  {
    path: 'webhooks/release',
    pull(world) {
      world.delivery.hold = false;
      world.wake();
      const released = world.store.outbox.size();
      return { answer: { released }, said: `What was held goes out: ${released} deliveries.` };
    },
  },
  {
    path: 'events/:id/redeliver',
    pull(world, _asked, id) {
      const event = known(world.store.events, 'event', id);
      const sent = redeliver(world, event);
      return { answer: { sent }, said: `${event.type} goes out again, to ${sent} endpoints.` };
    },
  },
  {
    path: 'faults',
    pull(world, asked) {
      const waiting = { method: '*', times: 1, delayMs: 1000, ...fault(asked, '') };
      world.faults.push(waiting);
      return { answer: { data: world.faults }, said: faultSays(waiting) };
    },
  },
  {
    path: 'faults/clear',
    pull(world) {
      world.faults.splice(0);
      return { answer: { data: [] }, said: 'No fault lies in wait any more.' };
    },
  },
  {
    path: 'switches',
    pull(world, asked) {
      const names = changed(world.switches, switches(asked, ''));
      const said = names.map((name) => `${name} is ${world.switches[name]} now.`);
      return { answer: world.switches, said: orNothing(said) };
    },
  },
  {
    path: 'payment_methods/:id/behaviour',
    pull(world, asked, id) {
      const { outcome } = behaviour(asked, '');
      const method = knownMethod(uncaused(world), id, 'id');
      const onFile = world.store.cards_on_file.get(method.id);
      if (onFile !== null) {
        world.store.cards_on_file.put({ ...onFile, outcome: outcome === 'as_card' ? null : outcome });
      }
      const card = `the card that ends in ${method.card?.last4 ?? ''}`;
      const said =
        outcome === 'as_card'
          ? `The bank of ${card} says again what its number says.`
          : `To the next charges of ${card} its bank says: ${outcome}.`;
      return { answer: { id: method.id, outcome }, said };
    },
  },
  {
    path: 'payment_methods/:id/renew',
    pull(world, asked, id) {
      const ctx = uncaused(world);
      const { exp_month: month, exp_year: year } = renewal(asked, '');
      const method = renewCard(ctx, knownMethod(ctx, id, 'id'), { month, year });
      return {
        answer: method,
        said: `The card that ends in ${method.card?.last4 ?? ''} lasts until ${month}/${year}.`,
      };
    },
  },
  {
    path: 'charges/:id/dispute',
    pull(world, asked, id) {
      const { reason = 'fraudulent', inquiry = false } = complaint(asked, '');
      const dispute = openDispute(uncaused(world), knownCharge(world, id), { reason, isInquiry: inquiry });
      const kind = inquiry ? 'The holder asks about the charge' : 'The holder disputes the charge';
      return { answer: dispute, said: `${kind}, as ${reason}: ${dispute.id}.` };
    },
  },
  {
    path: 'charges/:id/early_fraud_warning',
    pull(world, _asked, id) {
      const warning = warnOfFraud(uncaused(world), knownCharge(world, id).id);
      return { answer: warning ?? {}, said: `The issuer warns that ${id} may be fraud.` };
    },
  },
];
