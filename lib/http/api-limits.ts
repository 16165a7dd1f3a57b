import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { AppError } from '@/lib/domain/app-error';

import type { Caller } from './caller';

const SECONDS = 10;
/** Requests in ten seconds; a batch is one, and holds a thousand charges. */
export const MOST_BY_KEY = 5_000;
export const MOST_BY_MEMBER = 500;

const byKey = new RateLimiterMemory({ points: MOST_BY_KEY, duration: SECONDS });
const byMember = new RateLimiterMemory({ points: MOST_BY_MEMBER, duration: SECONDS });

/**
 * Keeps one customer from taking the place of the others: each process counts for itself, and forgets in ten seconds. The
 * company's own backend is not counted: what it does not charge would be work for nothing.
 */
export async function refuseFlood({ apiKeyId, userId, isService }: Caller): Promise<void> {
  if (isService) return;
  try {
    await (userId === null ? byKey.consume(apiKeyId ?? '') : byMember.consume(userId));
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new AppError(
      'rate_limited',
      'These are too many requests in ten seconds. Charges can be sent a thousand at once to /v1/charges/batch.',
      { retry_after_seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)) },
    );
  }
}
