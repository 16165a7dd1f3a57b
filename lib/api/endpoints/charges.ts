import {
  ChargeAnswer,
  ChargeBatchAnswer,
  ChargeBatchRequest,
  ChargeRequest,
  type ChargeRequest as ChargeBody,
} from '@/lib/contracts/api/charge';
import { AppError } from '@/lib/domain/app-error';
import type { ApiCtx } from '@/lib/http/api-context';
import { chargeBatch, type ChargeOutcome } from '@/lib/services/charge-batch';
import { type ChargeAsked, chargeWork } from '@/lib/services/charge-work';

import { checked, endpoint } from '../endpoint';
import { referenceOf } from '../reference-of';
import { requestHash } from '../request-hash';
import { quantitiesOf, toCharge } from '../wire';

const NAME = 'POST /charges';

export const createCharge = endpoint({
  method: 'post',
  path: '/charges',
  tag: 'Metering',
  summary: 'Charge finished work',
  description:
    'Once per reference: the same request again has the same answer. 402 where the credits are short; nothing is charged then, and the same request may be sent again.',
  scope: 'meter',
  takesKey: true,
  body: ChargeRequest,
  answer: ChargeAnswer,
  status: 201,
  run: async (ctx, { body, idempotencyKey }) => {
    const charged = await chargeWork(ctx, await askedOf(ctx, body, idempotencyKey));
    return { answer: toCharge(charged), isReplay: charged.isReplay };
  },
});

async function askedOf(ctx: ApiCtx, body: ChargeBody, key: string | null): Promise<ChargeAsked> {
  const named = await referenceOf(ctx, { endpoint: NAME, body, key });
  return { ...named, ...contentOf(body) };
}

const contentOf = ({ service, quantities, quote, metadata }: ChargeBody) => ({
  work: { service, quantities: quantitiesOf(quantities) },
  quote: quote ?? null,
  metadata: metadata ?? {},
});

export const createChargeBatch = endpoint({
  method: 'post',
  path: '/charges/batch',
  tag: 'Metering',
  summary: 'Charge up to 1,000 pieces of finished work',
  description:
    'In their order, each under its own reference and with its own outcome: one that is refused changes nothing for the others.',
  scope: 'meter',
  body: ChargeBatchRequest,
  answer: ChargeBatchAnswer,
  run: async (ctx, { body }) => {
    const outcomes = await chargeBatch(
      ctx,
      body.charges.map((item) => batchItem(item)),
    );
    return { answer: { results: outcomes.map((outcome) => toResult(outcome)) } };
  },
});

/** One item as asked, or what is wrong with it. */
function batchItem(item: unknown): ChargeAsked | AppError {
  try {
    const { reference, ...rest } = checked(ChargeRequest, item);
    if (reference === undefined)
      return new AppError('invalid_input', 'reference: each charge of a batch has its own.', {
        param: 'reference',
      });
    return { reference, hash: requestHash(NAME, rest), ...contentOf(rest) };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function toResult(outcome: ChargeOutcome): ChargeBatchAnswer['results'][number] {
  if (outcome instanceof AppError) {
    const { code, message, details } = outcome;
    return { outcome: 'refused', error: { code, message, ...details } };
  }
  return { outcome: outcome.isReplay ? 'replayed' : 'applied', charge: toCharge(outcome) };
}
