import type { AccountId } from '@/lib/db/context';

import type { LedgerFixture } from './ledger-fixtures';

/** What waits in the queue under a job's name, of one account or of all. */
export async function queued<Payload extends { accountId: string }>(
  { asOwner }: LedgerFixture,
  name: string,
  of?: AccountId,
): Promise<Payload[]> {
  const rows = await asOwner<{ payload: Payload }>(
    `SELECT j.payload FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = $1 ORDER BY j.id`,
    [name],
  );
  return rows
    .map(({ payload }) => payload)
    .filter(({ accountId }) => of === undefined || accountId === `${of}`);
}
