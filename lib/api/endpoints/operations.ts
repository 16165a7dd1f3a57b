import {
  CompleteOperationRequest,
  FailOperationRequest,
  OperationAnswer,
  OperationPath,
  OperationRequest,
  OperationsPage,
  OperationsQuery,
} from '@/lib/contracts/api/operation';
import { completeOperation, failOperation } from '@/lib/services/finish-operation';
import { startOperation } from '@/lib/services/start-operation';
import { readOperation, readOperations } from '@/lib/views/operations';

import { endpoint } from '../endpoint';
import { referenceOf } from '../reference-of';
import { quantitiesOf, toOperation } from '../wire';

export const createOperation = endpoint({
  method: 'post',
  path: '/operations',
  tag: 'Operations',
  summary: 'Start work',
  description:
    'Gated, held for or charged, as its service is settled. 402 where the credits are short; nothing starts then.',
  scope: 'meter',
  takesKey: true,
  body: OperationRequest,
  answer: OperationAnswer,
  status: 201,
  run: async (ctx, { body, idempotencyKey }) => {
    const named = await referenceOf(ctx, { endpoint: 'POST /operations', body, key: idempotencyKey });
    const { operation, isReplay } = await startOperation(ctx, {
      ...named,
      service: body.service,
      quantities: body.quantities ? quantitiesOf(body.quantities) : null,
      holdSeconds: body.hold_seconds,
      metadata: body.metadata ?? {},
    });
    return { answer: toOperation(operation), isReplay };
  },
});

export const completeOperationEndpoint = endpoint({
  method: 'post',
  path: '/operations/{id}/complete',
  tag: 'Operations',
  summary: 'Say that work succeeded, and what it came to',
  scope: 'meter',
  params: OperationPath,
  body: CompleteOperationRequest,
  answer: OperationAnswer,
  run: async (ctx, { path, body }) => {
    const { operation, isReplay } = await completeOperation(ctx, {
      reference: path.id,
      quantities: body.quantities ? quantitiesOf(body.quantities) : null,
      metadata: body.metadata ?? null,
    });
    return { answer: toOperation(operation), isReplay };
  },
});

export const failOperationEndpoint = endpoint({
  method: 'post',
  path: '/operations/{id}/fail',
  tag: 'Operations',
  summary: 'Say that work came to nothing',
  description: 'What it took or held goes back to the grants it came from.',
  scope: 'meter',
  params: OperationPath,
  body: FailOperationRequest,
  answer: OperationAnswer,
  run: async (ctx, { path }) => {
    const { operation, isReplay } = await failOperation(ctx, { reference: path.id });
    return { answer: toOperation(operation), isReplay };
  },
});

export const getOperation = endpoint({
  method: 'get',
  path: '/operations/{id}',
  tag: 'Operations',
  summary: 'An operation as it stands',
  scope: 'read',
  params: OperationPath,
  answer: OperationAnswer,
  run: async (ctx, { path }) => ({ answer: toOperation(await readOperation(ctx, path)) }),
});

export const listOperationsEndpoint = endpoint({
  method: 'get',
  path: '/operations',
  tag: 'Operations',
  summary: 'Operations, newest first',
  scope: 'read',
  query: OperationsQuery,
  answer: OperationsPage,
  run: async (ctx, { query }) => {
    const { operations, nextCursor } = await readOperations(ctx, query);
    return { answer: { data: operations.map((shown) => toOperation(shown)), next_cursor: nextCursor } };
  },
});
