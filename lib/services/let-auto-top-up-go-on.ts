import { findAutoTopUpRule, liftPause, resumeAutoTopUp } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { Queryable, Tx } from '@/lib/db/database';
import { findDispute } from '@/lib/db/money-back';
import { enqueue } from '@/lib/db/queue';
import { findOpenRecovery, findRecovery } from '@/lib/db/recoveries';
import type { PauseReason } from '@/lib/domain/auto-top-up';

import { pauseAutoTopUp } from './pause-auto-top-up';

/** customer: they say so · event: what had stopped it is over · staff: they had stopped it, and say so. */
type By = 'customer' | 'event' | 'staff';

/**
 * Ends a pause in the transaction that found why: the owner is told, and the account topped up where it is below the
 * threshold. Only the first reason of a pause is kept, so one that still stands behind it takes its place.
 */
export async function letAutoTopUpGoOn(tx: Tx, accountId: AccountId, by: By): Promise<void> {
  const rule = await findAutoTopUpRule(tx, accountId);
  if (rule === null || rule.pausedAt === null) return;
  // What staff stopped, staff let go on, and nothing else of it.
  if ((rule.paused === 'paused-by-staff') !== (by === 'staff')) return;
  const standing = await standingReason(tx, accountId, by);
  if (standing === rule.paused) return;
  await (by === 'customer' ? resumeAutoTopUp(tx, accountId) : liftPause(tx, accountId));
  if (standing !== null) return pauseAutoTopUp(tx, accountId, standing);

  const account = accountId.toString();
  const pausedAt = `${rule.pausedAt.getTime()}`;
  await enqueue(
    tx,
    { name: 'tell-auto-top-up-resumed', accountId: account, pausedAt },
    { key: `${account}:${pausedAt}` },
  );
  await enqueue(tx, { name: 'run-auto-top-up', accountId: account, trigger: 'scheduled' }, { key: account });
}

/** A customer may give up a payment that waits for them, and take the loss of a dispute for settled; nobody else may. */
async function standingReason(tx: Tx, accountId: AccountId, by: By): Promise<PauseReason | null> {
  const dispute = await findDispute(tx, accountId);
  if (dispute === 'open' || (dispute === 'lost' && by !== 'customer')) return 'payment-disputed';
  return by === 'customer' ? null : reasonOfRecovery(tx, accountId);
}

/** Why the payment that waits for its customer did not come; null where none waits. */
export async function reasonOfRecovery(db: Queryable, accountId: AccountId): Promise<PauseReason | null> {
  const id = await findOpenRecovery(db, accountId);
  const row = id === null ? null : await findRecovery(db, { accountId, id });
  if (row === null) return null;
  return row.recovery.kind === 'declined' ? 'card-declined' : 'authentication-required';
}
