import { randomUUID } from 'node:crypto';

import { AssetAnswer, AssetPath, AssetRequest } from '@/lib/contracts/api/asset';
import { numberOf } from '@/lib/domain/number-of';
import { startOperation } from '@/lib/services/start-operation';
import { type OperationShown, readOperation } from '@/lib/views/operations';

import { endpoint } from '../endpoint';
import { numberOfCredits } from '../numbers';
import { referenceOf } from '../reference-of';

/** The service of the price book that an asset is an operation of. */
const SERVICE = 'asset';
const LONGEST_HOLD = 86_400;

export const createAsset = endpoint({
  method: 'post',
  path: '/assets',
  tag: 'Assets',
  summary: 'Ask before a source file is uploaded',
  description:
    '402 at a balance of zero or below, before the upload begins. What it costs is charged after processing: `POST /operations/{id}/complete` with its `seconds`. A file that cannot be processed is never charged: `POST /operations/{id}/fail`.',
  scope: 'meter',
  takesKey: true,
  body: AssetRequest,
  answer: AssetAnswer,
  status: 201,
  run: async (ctx, { body, idempotencyKey }) => {
    const asked = {
      endpoint: 'POST /assets',
      body,
      key: idempotencyKey,
      made: () => `asset_${randomUUID()}`,
    };
    const { operation, isReplay } = await startOperation(ctx, {
      ...(await referenceOf(ctx, asked)),
      service: SERVICE,
      quantities: null,
      holdSeconds: LONGEST_HOLD,
      metadata: body.metadata ?? {},
    });
    return { answer: toAsset(operation), isReplay };
  },
});

export const getAsset = endpoint({
  method: 'get',
  path: '/assets/{id}',
  tag: 'Assets',
  summary: 'An asset as it stands',
  scope: 'read',
  params: AssetPath,
  answer: AssetAnswer,
  run: async (ctx, { path }) => ({
    answer: toAsset(await readOperation(ctx, { ...path, service: SERVICE })),
  }),
});

const STATE_OF = {
  running: 'processing',
  settled: 'ready',
  pending_payment: 'pending_payment',
  failed: 'failed',
  purged: 'purged',
} as const satisfies Record<OperationShown['state'], AssetAnswer['state']>;

function toAsset(operation: OperationShown): AssetAnswer {
  const { reference, state, amount, calculation, metadata, createdAt, finishedAt, purgeAt } = operation;
  const milliseconds = calculation?.inputs['milliseconds'];
  return {
    id: reference,
    state: STATE_OF[state],
    duration_seconds: typeof milliseconds === 'string' ? numberOf(BigInt(milliseconds)) / 1_000 : null,
    credits: amount === null ? null : numberOfCredits(amount),
    bytes_kept: state !== 'failed' && state !== 'purged',
    metadata: metadata?.given ?? {},
    created_at: createdAt.toISOString(),
    processed_at: finishedAt?.toISOString() ?? null,
    purge_at: purgeAt?.toISOString() ?? null,
  };
}
