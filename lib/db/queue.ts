import sql from 'sql-template-tag';

import type { AuthenticatorChange } from '@/lib/domain/authenticator-change';
import type { NoticeDays } from '@/lib/domain/card';
import type { LowBalance } from '@/lib/domain/low-balance';
import type { MoneyBackState } from '@/lib/domain/money-back';
import type { FindingClass } from '@/lib/domain/reconciliation';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** A look at what time has made due, taken by the clock of lib/jobs. */
export type Tick = {
  name:
    | 'expire-due-accounts'
    | 'close-due-sessions'
    | 'give-due-allowances'
    | 'audit-due-accounts'
    | 'run-due-auto-top-ups'
    | 'find-expiring-cards'
    | 'find-low-balances'
    | 'find-expiring-credits'
    | 'find-coming-purges'
    | 'prune-sign-ins'
    | 'catch-up-stripe-events'
    | 'reconcile-recent-top-ups'
    | 'forget-old-rows'
    | 'seal-secrets-anew'
    | 'find-due-bills';
};

/** What a tick finds to do. */
type Due =
  | { name: 'expire-account'; accountId: string }
  | { name: 'close-session'; accountId: string; reference: string }
  | { name: 'give-allowance'; accountId: string }
  | { name: 'audit-account'; accountId: string }
  | { name: 'run-auto-top-up'; accountId: string; trigger: 'scheduled' | 'crossing' }
  | { name: 'notice-card-expiry'; accountId: string }
  | { name: 'notice-low-balance'; accountId: string }
  | { name: 'notice-credit-expiry'; accountId: string }
  | { name: 'notice-purges'; accountId: string }
  | { name: 'handle-stripe-event'; eventId: string }
  | { name: 'charge-auto-top-up'; accountId: string; topUpId: string }
  | { name: 'reconcile-top-up'; accountId: string; topUpId: string }
  | { name: 'bill-months'; accountId: string }
  | { name: 'send-bill'; accountId: string; topUpId: string }
  | { name: 'restrict-overdue'; accountId: string; topUpId: string };

/** Work for the worker, by its name in lib/jobs. Ids only: a job reads what is true when it runs. */
export type Job =
  | { name: 'catch-up-stripe-event'; eventId: string }
  | { name: 'send-receipt'; accountId: string; topUpId: string }
  | { name: 'tell-auto-top-up-paused'; accountId: string }
  | { name: 'tell-card-expires'; accountId: string; paymentMethod: string; daysBefore: NoticeDays }
  | { name: 'tell-low-balance'; accountId: string; level: LowBalance; noticedAt: string }
  /** `noticedAt` is that of the rows that say what is told. */
  | { name: 'tell-credits-expire'; accountId: string; noticedAt: string }
  | { name: 'tell-purges'; accountId: string; noticedAt: string }
  | { name: 'tell-payment-needs-customer'; accountId: string; topUpId: string }
  | { name: 'tell-recovery-lapsed'; accountId: string; topUpId: string }
  | { name: 'tell-money-back'; accountId: string; id: string; state: MoneyBackState }
  | { name: 'tell-bill'; accountId: string; topUpId: string; news: 'sent' | 'overdue' }
  | { name: 'tell-staff-action'; accountId: string; id: string }
  | { name: 'tell-correction'; accountId: string; topUpId: string; found: FindingClass }
  | { name: 'tell-authenticator-changed'; userId: string; change: AuthenticatorChange; at: string }
  /** By when it was sent: sending it again is another. */
  | { name: 'send-invitation'; accountId: string; id: string; sentAt: string }
  /** By when it was disabled. */
  | { name: 'tell-webhook-disabled'; accountId: string; endpointId: string; at: string }
  /** By the version that the change led to. */
  | { name: 'tell-auto-top-up-changed'; accountId: string; version: string }
  /** By the pause that is over. */
  | { name: 'tell-auto-top-up-resumed'; accountId: string; pausedAt: string }
  | Tick
  | Due;

/** The key of work about one top-up. Its id alone says too little: a browser makes it, and two accounts may have the same. */
export const keyOfTopUp = ({ accountId, id }: { accountId: AccountId; id: string }) => `${accountId}:${id}`;

/** What a sweep over everything finds: it waits for whatever somebody waits for. */
const OF_SWEEPS: ReadonlySet<string> = new Set<Due['name']>(['audit-account', 'reconcile-top-up']);
// graphile-worker takes the lowest first, and zero where nobody says anything.
const AFTER_ALL_ELSE = 10;

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

/**
 * Queues all that was found due, in one statement. What is queued already is left alone, so that a job which fails keeps
 * its growing pauses; one that was given up is begun anew.
 */
export async function enqueueDue(db: Queryable, due: readonly (Due & { key: string })[]): Promise<void> {
  const jobs = due.map(({ name, key, ...payload }) => ({
    name,
    key: `${name}:${key}`,
    payload: JSON.stringify(payload),
    priority: OF_SWEEPS.has(name) ? AFTER_ALL_ELSE : 0,
  }));
  // In the order of their keys, so that two ticks never wait for each other in a circle.
  await db.query(sql`
    SELECT count(*)
      FROM (
           SELECT array_agg(
                    (due.name, due.payload::json, NULL, now(), NULL, due.key, due.priority, NULL)::graphile_worker.job_spec ORDER BY due.key
                  ) AS jobs
             FROM unnest(${jobs.map(({ name }) => name)}::text[], ${jobs.map(({ payload }) => payload)}::text[],
                         ${jobs.map(({ key }) => key)}::text[], ${jobs.map(({ priority }) => priority)}::int[]) AS due (name, payload, key, priority)
            WHERE NOT EXISTS (
                    SELECT 1 FROM graphile_worker.jobs j WHERE j.key = due.key AND j.attempts < j.max_attempts
                  )
           HAVING count(*) > 0
           ) AS found
     CROSS JOIN LATERAL graphile_worker.add_jobs(found.jobs)`);
}
