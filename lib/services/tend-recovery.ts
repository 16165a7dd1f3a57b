import { findAutoTopUpRule } from '@/lib/db/auto-top-up-rules';
import type { Ctx } from '@/lib/db/context';
import { inTransaction, type Tx } from '@/lib/db/database';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { findRecovery, keepNews, type RecoveryRow } from '@/lib/db/recoveries';
import { findTopUp } from '@/lib/db/top-ups';
import { isEnded } from '@/lib/domain/recovery';
import { readInvoice, voidInvoice } from '@/lib/stripe/invoices';

import { followRecovery } from './follow-recovery';
import { settleTopUp, type TopUpKey } from './settle-top-up';

// Who has not come by then has bought in another way, or does not want to.
const OPEN_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Looks after a payment that waits for its customer: takes in what no event told, and voids its invoice once nobody
 * wants it any more. Money that comes until then is credited, whatever was given up.
 */
export async function tendRecovery(ctx: Ctx, key: TopUpKey): Promise<void> {
  const row = await followRecovery(ctx, key);
  if (row !== null && (await isOver(ctx, key, row))) await close(ctx, key);
}

async function close(ctx: Ctx, key: TopUpKey): Promise<void> {
  const invoice = (await findTopUp(ctx.db, key))?.stripeInvoice ?? null;
  if (invoice === null) return;
  const said = await readInvoice(invoice);
  if (said.state !== 'paid' && said.state !== 'void') await voidInvoice(said);
  await settleTopUp(ctx, key);
}

/**
 * Whether a payment that waits for its customer may end for another: they let auto top-up go on without it, as with
 * another card. Until the other one is made, this one can still be paid.
 */
export async function mayMakeWay(ctx: Ctx, key: TopUpKey): Promise<boolean> {
  const row = await findRecovery(ctx.db, key);
  return row !== null && row.recovery.kind !== 'processing' && (await isOvertaken(ctx, key, row));
}

/** Ends it. True where nothing stands in the way of the other one any more. */
export async function makeWay(ctx: Ctx, key: TopUpKey): Promise<boolean> {
  const row = await followRecovery(ctx, key);
  if (row !== null && (await isOver(ctx, key, row, { isUnwanted: true }))) await close(ctx, key);
  const status = (await findTopUp(ctx.db, key))?.status;
  return status === 'failed' || status === 'credited';
}

async function isOver(
  ctx: Ctx,
  key: TopUpKey,
  { recovery, openedAt }: RecoveryRow,
  { isUnwanted } = { isUnwanted: false },
): Promise<boolean> {
  if (isEnded(recovery)) return recovery.kind !== 'paid';
  if (recovery.kind === 'processing') return false;
  const { db, now: at } = ctx;
  const isOld = at.getTime() - openedAt.getTime() >= OPEN_FOR_MS;
  if (!isOld && !isUnwanted) return false;
  const fact = { kind: 'lapsed' } as const;
  const lapsed = await inTransaction(db, async (tx) => {
    const kept = await keepNews(tx, key, { fact, at });
    // It was this fact that ended it. Whoever let auto top-up go on knows what they left behind.
    if (isOld && !isUnwanted && kept?.recovery === fact) await tellLapsed(tx, key);
    return kept;
  });
  return lapsed?.recovery.kind === 'lapsed';
}

const tellLapsed = (tx: Tx, { accountId, id }: TopUpKey) =>
  enqueue(
    tx,
    { name: 'tell-recovery-lapsed', accountId: accountId.toString(), topUpId: id },
    { key: keyOfTopUp({ accountId, id }) },
  );

/** A pause that ended in another way, as with a dispute that was won, says nothing of what the customer wants. */
async function isOvertaken(
  { db }: Ctx,
  { accountId }: TopUpKey,
  { openedAt }: Pick<RecoveryRow, 'openedAt'>,
): Promise<boolean> {
  const rule = await findAutoTopUpRule(db, accountId);
  if (rule === null || !rule.enabled || rule.paused !== null) return false;
  return rule.resumedAt !== null && rule.resumedAt >= openedAt;
}
