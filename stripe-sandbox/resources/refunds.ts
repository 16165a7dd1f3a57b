import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page, whole, type List } from '../lists';
import type { Charge, Metadata, Refund } from '../objects';
import { get, post, type Operation } from '../operations';
import { integer, mergeMetadata, metadata, oneOf, shape, text, unmodelled, type Read } from '../params';
import type { Context } from '../world';
import { move } from './balance-transactions';
import { testCardOf } from './payment-methods';

const creation = shape({
  amount: integer({ min: 1 }),
  charge: text(),
  metadata: metadata(),
  payment_intent: text(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  ...unmodelled(
    'currency',
    'customer',
    'instructions_email',
    'origin',
    'refund_application_fee',
    'reverse_transfer',
  ),
});

/** Seconds until a refund that is to change its mind does so. */
const SETTLES_AFTER = 5;

const dollars = (amount: number, currency: string) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount / 100);

const aftermathOf = (ctx: Context, charge: Charge) => {
  const method = ctx.store.payment_methods.get(charge.payment_method ?? '');
  return method === null ? null : testCardOf(ctx, method).after;
};

const returned = (ctx: Context, refund: Refund): string =>
  move(ctx, {
    amount: -refund.amount,
    currency: refund.currency,
    description: 'REFUND FOR CHARGE',
    source: refund.id,
    category: 'refund',
    type: 'refund',
  }).id;

export type NewRefund = {
  charge: Charge;
  amount?: number;
  reason?: Refund['reason'];
  metadata?: Metadata;
};

/** Gives money back, as much as the charge still has. */
export const createRefund = (ctx: Context, { charge, ...wanted }: NewRefund): Refund => {
  if (charge.status !== 'succeeded' || !charge.captured) {
    throw invalidRequest(`Charge ${charge.id} has taken no money and cannot be refunded.`, {
      code: 'charge_not_refundable',
    });
  }
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  const disputes = [...ctx.store.disputes.newestFirst(undefined, { by: 'charge', is: charge.id })];
  if (disputes.some((dispute) => !dispute.is_charge_refundable)) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  }
  const amount = wanted.amount ?? left;
  if (amount > left) {
    throw invalidRequest(
      `Refund amount (${dollars(amount, charge.currency)}) is greater than unrefunded amount on charge (${dollars(left, charge.currency)})`,
      { param: 'amount' },
    );
  }
  const after = aftermathOf(ctx, charge);
  const isPending = after === 'refund_pending';
  const blank: Refund = {
    id: newId('refund'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: ctx.clock.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: wanted.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: wanted.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
    ...(isPending ? { pending_reason: 'processing' } : {}),
  };
  const refund = ctx.store.refunds.put({
    ...blank,
    balance_transaction: isPending ? null : returned(ctx, blank),
  });
  emit(ctx, 'refund.created', refund);
  const refunded = ctx.store.charges.put({
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: charge.amount_refunded + amount === charge.amount,
  });
  emit(ctx, 'charge.refunded', refunded, {
    amount_refunded: charge.amount_refunded,
    refunded: charge.refunded,
  });
  if (after === 'refund_pending' || after === 'refund_fails') {
    ctx.store.tasks.put({
      id: newId('task'),
      created: refund.created,
      kind: 'settle_refund',
      subject: refund.id,
      dueAt: ctx.clock.now() + SETTLES_AFTER * 1000,
    });
  }
  return refund;
};

/** A pending refund arrives; one that was thought to have arrived comes back. */
export const settleRefund = (ctx: Context, id: string): void => {
  const refund = ctx.store.refunds.get(id);
  if (refund === null || refund.status === 'failed') return;
  if (refund.status === 'pending') {
    const { pending_reason: _reason, ...rest } = refund;
    const arrived = ctx.store.refunds.put({
      ...rest,
      balance_transaction: returned(ctx, refund),
      status: 'succeeded',
    });
    emitUpdate(ctx, 'refund.updated', refund, arrived);
    return;
  }
  const back = move(ctx, {
    amount: refund.amount,
    currency: refund.currency,
    description: 'REFUND FAILURE',
    source: refund.id,
    category: 'refund_failure',
    type: 'refund_failure',
  });
  const failed = ctx.store.refunds.put({
    ...refund,
    failure_balance_transaction: back.id,
    failure_reason: 'unknown',
    status: 'failed',
  });
  const charge = ctx.store.charges.get(refund.charge ?? '');
  if (charge !== null) {
    const whole = { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false };
    emitUpdate(ctx, 'charge.updated', charge, ctx.store.charges.put(whole));
  }
  emitUpdate(ctx, 'refund.updated', refund, failed);
  emit(ctx, 'refund.failed', failed);
};

/** The refunds of a charge, which Stripe shows only when asked to expand them. */
export const refundsOf = (ctx: Context, charge: string): List<Refund> =>
  whole(
    [...ctx.store.refunds.newestFirst(undefined, { by: 'charge', is: charge })],
    `/v1/charges/${charge}/refunds`,
  );

const knownRefund = (ctx: Context, id: string): Refund => known(ctx.store.refunds, 'refund', id);

const chargeFor = (ctx: Context, params: Read<typeof creation>): Charge => {
  const { charge: id, payment_intent: intentId } = params;
  if (id !== undefined) return known(ctx.store.charges, 'charge', id, 'charge');
  if (intentId === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      {
        code: 'parameter_missing',
        param: 'payment_intent',
      },
    );
  }
  const intent = known(ctx.store.payment_intents, 'payment_intent', intentId, 'payment_intent');
  const charge = ctx.store.charges.get(intent.latest_charge ?? '');
  if (charge === null) {
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      code: 'payment_intent_unexpected_state',
      param: 'payment_intent',
    });
  }
  return charge;
};

export const refunds: Operation[] = [
  post('/v1/refunds', 'refund', creation, (ctx, params) =>
    createRefund(ctx, {
      charge: chargeFor(ctx, params),
      ...(params.amount === undefined ? {} : { amount: params.amount }),
      reason: params.reason ?? null,
      metadata: mergeMetadata({}, params.metadata),
    }),
  ),
  get(
    '/v1/refunds',
    'list of refund',
    shape({ ...dated, charge: text(), payment_intent: text() }),
    (ctx, params) =>
      page(ctx.store.refunds, {
        url: '/v1/refunds',
        kind: 'refund',
        params,
        among: { charge: params.charge, payment_intent: params.payment_intent },
        where: (refund) =>
          (params.charge === undefined || refund.charge === params.charge) &&
          (params.payment_intent === undefined || refund.payment_intent === params.payment_intent),
      }),
  ),
  get('/v1/refunds/:id', 'refund', shape({}), (ctx, _params, { id }) => knownRefund(ctx, id)),
  post('/v1/refunds/:id/cancel', 'refund', shape({}), (ctx, _params, { id }) => {
    const { status } = knownRefund(ctx, id);
    // Only a refund that waits for its customer can be canceled, and that of a card never does.
    throw invalidRequest(
      `You can only cancel a refund whose status is requires_action. This refund is ${status ?? ''}.`,
      { code: 'status_transition_invalid' },
    );
  }),
  post('/v1/refunds/:id', 'refund', shape({ metadata: metadata() }), (ctx, params, { id }) => {
    const refund = knownRefund(ctx, id);
    const after = ctx.store.refunds.put({
      ...refund,
      metadata: mergeMetadata(refund.metadata ?? {}, params.metadata),
    });
    emitUpdate(ctx, 'refund.updated', refund, after);
    return after;
  }),
];
