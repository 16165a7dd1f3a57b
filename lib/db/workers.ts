import sql from 'sql-template-tag';

import type { Queryable } from './database';

// Four missed signs of life: a worker that is only slow is not taken for dead.
const GONE_AFTER = '60 seconds';

/** A sign of life of this process's workers. */
export async function keepPresent(db: Queryable, workerIds: readonly string[]): Promise<void> {
  await db.query(sql`
    INSERT INTO worker_presence (worker_id, seen_at) SELECT id, now() FROM unnest(${[...workerIds]}::text[]) AS id
    ON CONFLICT (worker_id) DO UPDATE SET seen_at = excluded.seen_at`);
}

/** Gives the jobs of workers that are gone back to the queue, and says how many workers that were. */
export async function unlockGoneWorkers(db: Queryable): Promise<number> {
  await db.query(sql`DELETE FROM worker_presence WHERE seen_at < now() - ${GONE_AFTER}::interval`);
  const [gone] = await db.query<{ ids: string[] }>(sql`
    SELECT coalesce(array_agg(DISTINCT job.locked_by), '{}') AS ids
      FROM graphile_worker.jobs AS job
     WHERE job.locked_at < now() - ${GONE_AFTER}::interval
       AND NOT EXISTS (SELECT 1 FROM worker_presence WHERE worker_id = job.locked_by)`);
  const ids = gone?.ids ?? [];
  if (ids.length > 0) await db.query(sql`SELECT graphile_worker.force_unlock_workers(${ids}::text[])`);
  return ids.length;
}

/** These workers end now: whatever they hold goes back to the queue. */
export async function leave(db: Queryable, workerIds: readonly string[]): Promise<void> {
  const ids = [...workerIds];
  await db.query(sql`DELETE FROM worker_presence WHERE worker_id = ANY(${ids}::text[])`);
  await db.query(sql`SELECT graphile_worker.force_unlock_workers(${ids}::text[])`);
}
