import type { LedgerFixture } from './ledger-fixtures';

/** What waits in the queue under a job's name. */
export const queued = async <Payload extends object>(
  { asOwner }: LedgerFixture,
  name: string,
): Promise<Payload[]> =>
  (
    await asOwner<{ payload: Payload }>(
      `SELECT j.payload FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = $1 ORDER BY j.id`,
      [name],
    )
  ).map(({ payload }) => payload);
