import { accountOfRow, type Ctx } from '@/lib/db/context';
import { dueAutoTopUps } from '@/lib/db/ledger/auto-top-up';
import { enqueueDue } from '@/lib/db/queue';
import { chargeAutoTopUp as charge } from '@/lib/services/charge-auto-top-up';
import { runAutoTopUp as run } from '@/lib/services/run-auto-top-up';

import { MOST_A_TICK } from './schedule';

/** Finds accounts that are below their threshold, or whose last automatic payment has not ended. */
export async function runDueAutoTopUps({ db }: Ctx): Promise<void> {
  const due = await dueAutoTopUps(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due
      .map(String)
      .map((accountId) => ({ name: 'run-auto-top-up', accountId, trigger: 'scheduled', key: accountId })),
  );
}

export async function runAutoTopUp(
  ctx: Ctx,
  { accountId, trigger }: { accountId: string; trigger: 'scheduled' | 'crossing' },
): Promise<void> {
  await run({ ...ctx, accountId: accountOfRow(BigInt(accountId)) }, { kind: trigger });
}

export async function chargeAutoTopUp(
  ctx: Ctx,
  { accountId, topUpId }: { accountId: string; topUpId: string },
): Promise<void> {
  await charge(ctx, { accountId: accountOfRow(BigInt(accountId)), id: topUpId });
}
