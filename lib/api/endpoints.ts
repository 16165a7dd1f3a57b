import type { Endpoint } from './endpoint';
import { generateAd } from './endpoints/ads';
import { createAsset, getAsset } from './endpoints/assets';
import { getAutoTopUp, putAutoTopUp, replayAutoTopUp } from './endpoints/auto-top-up';
import { createCheckoutSession, createPortalSession } from './endpoints/billing';
import { createCharge, createChargeBatch } from './endpoints/charges';
import { getBalance, getCreditsBalance, getCreditsHistory, listTransactions } from './endpoints/ledger';
import {
  completeOperationEndpoint,
  createOperation,
  failOperationEndpoint,
  getOperation,
  listOperationsEndpoint,
} from './endpoints/operations';
import {
  createPaygCheckout,
  getCredits,
  getMultipliers,
  getPaygInfo,
  listUsageRecords,
} from './endpoints/pools';
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
  createCheckoutSession,
  createPortalSession,
  getAutoTopUp,
  putAutoTopUp,
  replayAutoTopUp,
  createAsset,
  getAsset,
  getCreditsBalance,
  getCreditsHistory,
  generateAd,
  getBalance,
  listTransactions,
  getCredits,
  listUsageRecords,
  getMultipliers,
  getPaygInfo,
  createPaygCheckout,
  createToken,
];
