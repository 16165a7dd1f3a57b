import { invalidRequest } from '../errors';
import { emit, emitUpdate } from '../events';
import { newId } from '../ids';
import { known } from '../known';
import { dated, page } from '../lists';
import type { Charge, Dispute } from '../objects';
import { get, post, type Operation } from '../operations';
import { boolean, mergeMetadata, metadata, shape, text, unmodelled, unset, type Read } from '../params';
import type { Context } from '../world';
import { move } from './balance-transactions';

const A_DAY = 24 * 60 * 60;
const ANSWER_WITHIN = 9 * A_DAY;
const DISPUTE_FEE = 1500;

const textual = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;
const files = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

const words = Object.fromEntries(textual.map((name) => [name, unset(text({ max: 20_000 }))])) as {
  [Name in (typeof textual)[number]]: ReturnType<typeof unset<string>>;
};
const evidence = shape({ ...words, ...unmodelled(...files, 'appeal', 'enhanced_evidence') });

const change = shape({
  evidence,
  metadata: metadata(),
  submit: boolean(),
  ...unmodelled('intended_submission_method'),
});

const noEvidence = Object.fromEntries(
  [...textual, ...files].map((name) => [name, null]),
) as unknown as Dispute['evidence'];

type Reason = 'fraudulent' | 'product_not_received' | 'general';

const withdraw = (ctx: Context, dispute: Dispute) =>
  move(ctx, {
    amount: -dispute.amount,
    currency: dispute.currency,
    description: `Chargeback withdrawal for ${dispute.charge}`,
    fee: { amount: DISPUTE_FEE, description: 'Dispute fee' },
    source: dispute.id,
    category: 'dispute',
    type: 'adjustment',
  });

const keep = (ctx: Context, dispute: Dispute): Dispute => ctx.store.disputes.put(dispute);

/** The bank takes the money back while the dispute is open. */
const chargeBack = (ctx: Context, dispute: Dispute): Dispute => {
  const after = keep(ctx, {
    ...dispute,
    balance_transactions: [...dispute.balance_transactions, withdraw(ctx, dispute)],
    is_charge_refundable: false,
    status: 'needs_response',
  });
  emit(ctx, 'charge.dispute.funds_withdrawn', after);
  return after;
};

/** A holder questions a charge; an inquiry moves no money until it is escalated. */
export const openDispute = (
  ctx: Context,
  charge: Charge,
  { reason, isInquiry }: { reason: Reason; isInquiry: boolean },
): Dispute => {
  const now = ctx.clock.seconds();
  const blank: Dispute = {
    id: newId('dispute'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...noEvidence, enhanced_evidence: {} },
    evidence_details: {
      due_by: now + ANSWER_WITHIN,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: charge.payment_method_details?.card?.brand ?? 'visa',
        network: charge.payment_method_details?.card?.network ?? 'visa',
        case_type: isInquiry ? 'inquiry' : 'chargeback',
        network_reason_code: reason === 'product_not_received' ? '13.1' : '10.4',
      },
      type: 'card',
    },
    reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  };
  const disputed = ctx.store.charges.put({ ...charge, disputed: true });
  emitUpdate(ctx, 'charge.updated', charge, disputed);
  const dispute = keep(ctx, blank);
  emit(ctx, 'charge.dispute.created', dispute);
  ctx.store.tasks.put({
    id: newId('task'),
    created: now,
    kind: 'decide_dispute',
    subject: dispute.id,
    dueAt: (now + ANSWER_WITHIN) * 1000,
  });
  return isInquiry ? dispute : chargeBack(ctx, dispute);
};

/** What the card behind a charge does once it was charged. */
export const disputeCharge = (ctx: Context, subject: string): void => {
  const [id = '', after = ''] = subject.split(' ');
  const charge = ctx.store.charges.get(id);
  if (charge === null) return;
  const reason = after === 'dispute_product_not_received' ? 'product_not_received' : 'fraudulent';
  openDispute(ctx, charge, { reason, isInquiry: after === 'dispute_inquiry' });
};

const isOver = ({ status }: Dispute) => ['won', 'lost', 'warning_closed', 'prevented'].includes(status);

const close = (ctx: Context, dispute: Dispute, status: 'won' | 'lost' | 'warning_closed'): Dispute => {
  const closed = keep(ctx, { ...dispute, status });
  emitUpdate(ctx, 'charge.dispute.updated', dispute, closed);
  if (status !== 'won') {
    emit(ctx, 'charge.dispute.closed', closed);
    return closed;
  }
  const back = move(ctx, {
    amount: dispute.amount,
    currency: dispute.currency,
    description: `Chargeback reversal for ${dispute.charge}`,
    source: dispute.id,
    category: 'dispute_reversal',
    type: 'adjustment',
  });
  const won = keep(ctx, { ...closed, balance_transactions: [...closed.balance_transactions, back] });
  emit(ctx, 'charge.dispute.funds_reinstated', won);
  emit(ctx, 'charge.dispute.closed', won);
  return won;
};

const isInquiry = ({ status }: Dispute) => status.startsWith('warning_');

/** The bank decides: by the evidence it was sent, against whoever sent none in time. */
export const decideDispute = (ctx: Context, id: string): void => {
  const dispute = ctx.store.disputes.get(id);
  if (dispute === null || isOver(dispute)) return;
  const said = dispute.evidence.uncategorized_text;
  const isSubmitted = dispute.evidence_details.submission_count > 0;
  const isLate = ctx.clock.seconds() >= (dispute.evidence_details.due_by ?? 0);
  if (isInquiry(dispute)) {
    if (said === 'escalate_inquiry_evidence' && isSubmitted) {
      const escalated = chargeBack(ctx, dispute);
      emitUpdate(ctx, 'charge.dispute.updated', dispute, escalated);
    } else if (isLate || said === 'winning_evidence' || said === 'losing_evidence') {
      close(ctx, dispute, 'warning_closed');
    }
    return;
  }
  if (said === 'winning_evidence' && isSubmitted) close(ctx, dispute, 'won');
  else if (isLate || (said === 'losing_evidence' && isSubmitted)) close(ctx, dispute, 'lost');
};

const knownDispute = (ctx: Context, id: string): Dispute => known(ctx.store.disputes, 'dispute', id);

const requireOpen = (dispute: Dispute) => {
  if (isOver(dispute)) throw invalidRequest('This dispute is already closed', {});
};

const update = (ctx: Context, dispute: Dispute, params: Read<typeof change>): Dispute => {
  if (params.evidence !== undefined || params.submit === true) requireOpen(dispute);
  const submits = params.submit ?? params.evidence !== undefined;
  const submitted = isInquiry(dispute) ? 'warning_under_review' : 'under_review';
  const after = keep(ctx, {
    ...dispute,
    evidence: { ...dispute.evidence, ...params.evidence },
    evidence_details: {
      ...dispute.evidence_details,
      has_evidence: dispute.evidence_details.has_evidence || params.evidence !== undefined,
      submission_count: dispute.evidence_details.submission_count + (submits ? 1 : 0),
      submission_method: submits ? 'manual' : dispute.evidence_details.submission_method,
    },
    metadata: mergeMetadata(dispute.metadata, params.metadata),
    status: submits ? submitted : dispute.status,
  });
  emitUpdate(ctx, 'charge.dispute.updated', dispute, after);
  if (submits) {
    ctx.store.tasks.put({
      id: newId('task'),
      created: ctx.clock.seconds(),
      kind: 'decide_dispute',
      subject: dispute.id,
      dueAt: ctx.clock.now() + 1000,
    });
  }
  return after;
};

export const disputes: Operation[] = [
  get(
    '/v1/disputes',
    'list of dispute',
    shape({ ...dated, charge: text(), payment_intent: text() }),
    (ctx, params) =>
      page(ctx.store.disputes, {
        url: '/v1/disputes',
        kind: 'dispute',
        params,
        among: { charge: params.charge, payment_intent: params.payment_intent },
        where: (dispute) =>
          (params.charge === undefined || dispute.charge === params.charge) &&
          (params.payment_intent === undefined || dispute.payment_intent === params.payment_intent),
      }),
  ),
  get('/v1/disputes/:id', 'dispute', shape({}), (ctx, _params, { id }) => knownDispute(ctx, id)),
  post('/v1/disputes/:id', 'dispute', change, (ctx, params, { id }) =>
    update(ctx, knownDispute(ctx, id), params),
  ),
  post('/v1/disputes/:id/close', 'dispute', shape({}), (ctx, _params, { id }) => {
    const dispute = knownDispute(ctx, id);
    requireOpen(dispute);
    return close(ctx, dispute, isInquiry(dispute) ? 'warning_closed' : 'lost');
  }),
];
