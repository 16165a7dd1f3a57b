import { pauseAutoTopUp as pause } from '@/lib/db/auto-top-up-rules';
import type { AccountId } from '@/lib/db/context';
import type { Tx } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import type { AutoTopUpRule } from '@/lib/domain/auto-top-up';

/** Stops auto top-up in the transaction that found why, and has the customer told once. */
export async function pauseAutoTopUp(
  tx: Tx,
  accountId: AccountId,
  because: NonNullable<AutoTopUpRule['paused']>,
): Promise<void> {
  if (!(await pause(tx, { accountId, because }))) return;
  await enqueue(
    tx,
    { name: 'tell-auto-top-up-paused', accountId: accountId.toString() },
    { key: accountId.toString() },
  );
}
