import type { RecoveryShown } from '@/lib/contracts/recovery';
import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import { findBuyer } from '@/lib/db/buyers';
import type { AccountCtx } from '@/lib/db/context';
import { findOpenRecovery, findRecovery } from '@/lib/db/recoveries';
import { findTopUp } from '@/lib/db/top-ups';
import { readWaiting } from '@/lib/db/waiting';
import { credits } from '@/lib/domain/credits';
import { isEnded, reasonOf } from '@/lib/domain/recovery';
import { releasePlanOf } from '@/lib/domain/release-plan';

/** A payment that needed its customer, what it would release, and what came of it; null where there is none. */
export async function readRecovery(
  { db, accountId, now }: AccountCtx,
  { topUpId }: { topUpId: string },
): Promise<RecoveryShown | null> {
  const key = { accountId, id: topUpId };
  const [row, topUp, buyer, rule, { waiting, room }] = await Promise.all([
    findRecovery(db, key),
    findTopUp(db, key),
    findBuyer(db, { accountId, userId: null }),
    findAutoTopUpRule(db, accountId),
    readWaiting(db, accountId),
  ]);
  if (row === null || topUp === null || buyer === null) return null;
  const { recovery, refusal, attempt, openedAt, card } = row;
  return {
    topUpId,
    accountName: buyer.accountName,
    state: recovery,
    nextAttempt: attempt + 1,
    credits: topUp.credits,
    priceCents: topUp.priceCents,
    currency: topUp.currency,
    card: card.last4 === null ? null : { brand: card.brand ?? '', last4: card.last4 },
    reason: reasonOf(recovery, refusal),
    openedAt,
    plan: releasePlanOf(waiting, { room, adds: isEnded(recovery) ? credits(0n) : topUp.credits, now }),
    autoTopUp: rule === null || !rule.enabled ? 'off' : rule.paused === null ? 'on' : 'paused',
  };
}

/** The payment of an account that waits for somebody, for the strip that says so; null where none does. */
export async function readOpenRecovery(
  ctx: AccountCtx,
): Promise<Pick<RecoveryShown, 'topUpId' | 'state' | 'priceCents' | 'currency'> | null> {
  const topUpId = await findOpenRecovery(ctx.db, ctx.accountId);
  if (topUpId === null) return null;
  const key = { accountId: ctx.accountId, id: topUpId };
  const [row, topUp] = await Promise.all([findRecovery(ctx.db, key), findTopUp(ctx.db, key)]);
  if (row === null || topUp === null) return null;
  return { topUpId, state: row.recovery, priceCents: topUp.priceCents, currency: topUp.currency };
}
