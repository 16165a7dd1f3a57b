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
import { createToken } from './endpoints/tokens';

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
  createToken,
];
