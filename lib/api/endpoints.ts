import type { Endpoint } from './endpoint';
import { createCharge, createChargeBatch } from './endpoints/charges';
import {
  completeOperationEndpoint,
  createOperation,
  failOperationEndpoint,
  getOperation,
  listOperationsEndpoint,
} from './endpoints/operations';
import { createQuote } from './endpoints/quotes';
import { createSession, heartbeat, terminateSession } from './endpoints/sessions';
import { createToken } from './endpoints/tokens';
import { getUsageSummary, listUsageEvents } from './endpoints/usage';

/** The public API, whole. */
export const endpoints: readonly Endpoint[] = [
  createCharge,
  createChargeBatch,
  createQuote,
  createOperation,
  listOperationsEndpoint,
  getOperation,
  completeOperationEndpoint,
  failOperationEndpoint,
  createSession,
  heartbeat,
  terminateSession,
  getUsageSummary,
  listUsageEvents,
  createToken,
];
