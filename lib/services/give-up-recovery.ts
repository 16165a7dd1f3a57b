import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { keepNews } from '@/lib/db/recoveries';

import { noSuchPayment } from './refusals';

/**
 * Ends a payment that its customer does not want to make. That is kept first and the worker voids the invoice, so that
 * it stands whether Stripe answers or not. Where the money has come meanwhile, it is credited all the same.
 */
export async function giveUpRecovery(
  { db, accountId, now: at }: AccountCtx,
  { topUpId }: { topUpId: string },
): Promise<null> {
  const key = { accountId, id: topUpId };
  await inTransaction(db, async (tx) => {
    const row = await keepNews(tx, key, { fact: { kind: 'given-up' }, at });
    if (row === null) throw noSuchPayment();
    if (row.recovery.kind !== 'given-up') return;
    await enqueue(
      tx,
      { name: 'charge-auto-top-up', accountId: accountId.toString(), topUpId },
      { key: keyOfTopUp(key) },
    );
  });
  return null;
}
