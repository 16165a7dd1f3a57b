import { accountOfRow, type Ctx } from '@/lib/db/context';
import { enqueueDue, keyOfTopUp } from '@/lib/db/queue';
import { keepFinding, listRecentTopUps } from '@/lib/db/reconciliation';
import { findTopUp } from '@/lib/db/top-ups';
import { credits } from '@/lib/domain/credits';
import { log } from '@/lib/log';
import { reconcileTopUp as reconcile } from '@/lib/services/reconcile-top-up';
import { settleTopUp, type TopUpKey } from '@/lib/services/settle-top-up';
import { listPaidObjects, listPaymentsBack, type PaidObject } from '@/lib/stripe/paid-objects';

import { MOST_A_TICK } from './schedule';
import { ownPurchase, purchaseOfPayment } from './stripe-events';

// Twice as long as Stripe tries to deliver, and a day.
const RECENT_MS = 7 * 86_400_000;

/** Finds every purchase of the last days, by Stripe's objects and by our own rows: each side may lack what the other has. */
export async function reconcileRecentTopUps(ctx: Ctx): Promise<void> {
  const { purchases, nobodys } = await recentPurchases(ctx, new Date(ctx.now.getTime() - RECENT_MS));
  for (const { id } of nobodys) {
    log.error({ id }, 'paid, and marked for a purchase that is not there');
    await keepNobodys(ctx, id);
  }
  for (let first = 0; first < purchases.length; first += MOST_A_TICK)
    await enqueueDue(ctx.db, purchases.slice(first, first + MOST_A_TICK).map(jobOf));
}

const jobOf = ({ accountId, id }: TopUpKey) =>
  ({
    name: 'reconcile-top-up',
    accountId: accountId.toString(),
    topUpId: id,
    key: keyOfTopUp({ accountId, id }),
  }) as const;

export async function reconcileTopUp(
  ctx: Ctx,
  { accountId, topUpId }: { accountId: string; topUpId: string },
): Promise<void> {
  const key = { accountId: accountOfRow(BigInt(accountId)), id: topUpId };
  const found = await reconcile(ctx, key, 'safe');
  for (const { class: what, isRepaired } of found) {
    log.error({ what, accountId, topUpId, isRepaired }, 'stripe and the ledger do not agree');
  }
  // Reconciling looks only for money: that a bank said no in the end is no finding, and its news may never have come.
  if ((await findTopUp(ctx.db, key))?.status === 'processing') await settleTopUp(ctx, key);
}

type Recent = {
  purchases: TopUpKey[];
  /** Paid, and marked for a purchase that is not there. */
  nobodys: PaidObject[];
};

export async function recentPurchases(ctx: Ctx, since: Date): Promise<Recent> {
  const purchases = new Map<string, TopUpKey>();
  const nobodys: PaidObject[] = [];
  const add = (key: TopUpKey) => purchases.set(`${key.accountId}/${key.id}`, key);
  for (const key of await listRecentTopUps(ctx.db, since)) add(key);
  for (const object of await listPaidObjects(since)) {
    const key = await ownPurchase(ctx, object.origin);
    if (key === null) nobodys.push(object);
    else add(key);
  }
  for (const payment of await listPaymentsBack(since)) {
    const key = await purchaseOfPayment(ctx, payment);
    if (key !== null) add(key);
  }
  return { purchases: [...purchases.values()], nobodys };
}

const keepNobodys = ({ db, now }: Ctx, id: string) =>
  keepFinding(db, {
    class: 'paid-not-credited',
    subject: id,
    accountId: null,
    entry: credits(0n),
    detail: 'Paid, and marked for a purchase that is not there.',
    paidAt: null,
    at: now,
  });
