import { OperationPath } from '@/lib/contracts/api/operation';
import { SessionAnswer, SessionCall, SessionRequest } from '@/lib/contracts/api/session';
import { closeSession } from '@/lib/services/close-session';
import { heartbeatSession } from '@/lib/services/heartbeat-session';
import { startSession } from '@/lib/services/start-session';

import { endpoint } from '../endpoint';
import { referenceOf } from '../reference-of';
import { toSession } from '../wire';

export const createSession = endpoint({
  method: 'post',
  path: '/sessions',
  tag: 'Sessions',
  summary: 'Open a session',
  description:
    'It is charged for as long as it is open. One that nobody terminates closes by itself at closes_at.',
  scope: 'meter',
  takesKey: true,
  body: SessionRequest,
  answer: SessionAnswer,
  status: 201,
  run: async (ctx, { body, idempotencyKey }) => {
    const named = await referenceOf(ctx, { endpoint: 'POST /sessions', body, key: idempotencyKey });
    const { service, metadata = {} } = body;
    const { session, isReplay } = await startSession(ctx, { ...named, service, metadata });
    return { answer: toSession(named.reference, session), isReplay };
  },
});

export const heartbeat = endpoint({
  method: 'post',
  path: '/sessions/{id}/heartbeat',
  tag: 'Sessions',
  summary: 'Say that a session goes on',
  description: 'Answers how it stands. One that is closed stays closed.',
  scope: 'meter',
  params: OperationPath,
  body: SessionCall,
  answer: SessionAnswer,
  run: async (ctx, { path }) => ({
    answer: toSession(path.id, await heartbeatSession(ctx, { reference: path.id })),
  }),
});

export const terminateSession = endpoint({
  method: 'post',
  path: '/sessions/{id}/terminate',
  tag: 'Sessions',
  summary: 'Close a session, and charge for as long as it was open',
  scope: 'meter',
  params: OperationPath,
  body: SessionCall,
  answer: SessionAnswer,
  run: async (ctx, { path }) => {
    const { session, isReplay } = await closeSession(ctx, {
      accountId: ctx.accountId,
      reference: path.id,
      by: 'terminated',
    });
    return { answer: toSession(path.id, session), isReplay };
  },
});
