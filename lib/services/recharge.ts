import { setTimeout as sleep } from 'node:timers/promises';

import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { AccountCtx } from '@/lib/db/context';
import { findTopUp } from '@/lib/db/top-ups';
import { type Credits, credits } from '@/lib/domain/credits';
import { log } from '@/lib/log';
import { priceBook } from '@/price-books/price-book';

import { runAutoTopUp } from './run-auto-top-up';

// Eight seconds: longer than Stripe usually takes, shorter than a program waits for an answer.
const LOOKS = 40;
const BETWEEN_LOOKS_MS = 200;

type Answer = { status: string; available: Credits };

/**
 * What the ledger answers; where that is `insufficient` and the price book recharges inside requests, once more after an
 * automatic top-up. The worker charges it, so that many requests wait for one payment; without one in time, the first
 * answer stands.
 */
export async function orAfterRecharge<T extends Answer>(
  ctx: AccountCtx,
  required: Credits,
  ask: () => Promise<T>,
): Promise<T> {
  const answer = await ask();
  if (answer.status !== 'insufficient' || !priceBook().autoTopUp.isInline) return answer;
  return (await isRecharged(ctx, credits(required - answer.available))) ? ask() : answer;
}

async function isRecharged(ctx: AccountCtx, shortfall: Credits): Promise<boolean> {
  const rule = await findAutoTopUpRule(ctx.db, ctx.accountId);
  if (rule === null || !rule.enabled || rule.paused !== null) return false;
  const run = await runIfAnswered(ctx, shortfall);
  if (run === null) return false;
  // Another request's recharge came between the answer and this.
  if (run.topUpId === null)
    return run.decision.because === 'enough-credits' || run.decision.because === 'charge-under-way';
  return isCredited(ctx, run.topUpId);
}

/**
 * Null where no recharge can be had: the request is then refused for what it lacks, and not failed for what is wrong with
 * the payment of another, which the worker goes on with and reports.
 */
async function runIfAnswered(ctx: AccountCtx, shortfall: Credits) {
  try {
    return await runAutoTopUp(ctx, { kind: 'inline', shortfall });
  } catch (error) {
    log.warn({ err: error, accountId: ctx.accountId }, 'no recharge inside a request');
    return null;
  }
}

async function isCredited({ db, accountId }: AccountCtx, id: string): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    const topUp = await findTopUp(db, { accountId, id });
    if (topUp?.status === 'credited') return true;
    if (topUp?.status === 'failed' || topUp?.status === 'open') return false;
    await sleep(BETWEEN_LOOKS_MS);
  }
  return false;
}
