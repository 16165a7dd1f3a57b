import { randomUUID } from 'node:crypto';

import { AdAnswer, AdRequest } from '@/lib/contracts/api/ad';
import { startOperation } from '@/lib/services/start-operation';

import { endpoint } from '../endpoint';
import { numberOfCredits } from '../numbers';
import { referenceOf } from '../reference-of';

const LONGEST_HOLD = 86_400;

export const generateAd = endpoint({
  method: 'post',
  path: '/ads/generate',
  tag: 'Ads',
  summary: 'Order an ad',
  description:
    'Charged when it is accepted. 402 where the credits are short; nothing is charged then. When the delivery fails later, `POST /operations/{id}/fail` gives the credits back.',
  scope: 'meter',
  takesKey: true,
  body: AdRequest,
  answer: AdAnswer,
  status: 202,
  run: async (ctx, { body, idempotencyKey }) => {
    const { format, metadata = {} } = body;
    const asked = {
      endpoint: 'POST /ads/generate',
      body,
      key: idempotencyKey,
      made: () => `ad_${randomUUID()}`,
    };
    const { operation, isReplay } = await startOperation(ctx, {
      ...(await referenceOf(ctx, asked)),
      service: format,
      quantities: {},
      holdSeconds: LONGEST_HOLD,
      metadata,
    });
    const { reference, amount, createdAt } = operation;
    if (amount === null) throw new Error(`Ad ${reference} was accepted and not charged`);
    return {
      answer: {
        id: reference,
        format,
        status: 'accepted' as const,
        credits: numberOfCredits(amount),
        metadata,
        created_at: createdAt.toISOString(),
      },
      isReplay,
    };
  },
});
