import sql from 'sql-template-tag';

import type { Tx } from './database';

/** Work for the worker, by its name in lib/jobs. Ids only: a job reads what is true when it runs. */
export type Job =
  | { name: 'handle-stripe-event'; eventId: string }
  | { name: 'send-receipt'; accountId: string; topUpId: string };

/**
 * Queues work in the transaction that makes it necessary. `key` names the business event, so that asking twice queues
 * once. Not for the charge path: queueing notifies, and notifying takes one lock for the whole server.
 */
export async function enqueue(
  tx: Tx,
  { name, ...payload }: Job,
  { key, inSeconds = 0 }: { key: string; inSeconds?: number },
): Promise<void> {
  await tx.query(sql`
    SELECT graphile_worker.add_job(
      ${name}, ${JSON.stringify(payload)}::json, job_key => ${`${name}:${key}`}, run_at => now() + make_interval(secs => ${inSeconds}))`);
}
