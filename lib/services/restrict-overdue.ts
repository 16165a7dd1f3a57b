import { markBillOverdue } from '@/lib/db/bills';
import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { freezeAccount } from '@/lib/db/ledger/audit';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { lockTopUp } from '@/lib/db/top-ups';

import { OVERDUE } from './lift-overdue';
import { settleTopUp, type TopUpKey } from './settle-top-up';

/** Stops an account whose invoice was to be paid by now, and has it told; nothing where the money came, or is coming. */
export async function restrictOverdue(ctx: Ctx, key: TopUpKey): Promise<void> {
  await settleTopUp(ctx, key);
  await inTransaction(ctx.db, async (tx) => {
    if ((await lockTopUp(tx, key))?.status !== 'open') return;
    if (!(await markBillOverdue(tx, key, ctx.now))) return;
    await freezeAccount(tx, { accountId: key.accountId, because: OVERDUE });
    const job = { name: 'tell-bill', accountId: key.accountId.toString(), topUpId: key.id } as const;
    await enqueue(tx, { ...job, news: 'overdue' }, { key: `overdue:${keyOfTopUp(key)}` });
  });
}
