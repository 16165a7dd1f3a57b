import { type CronItem, parseCronItems } from 'graphile-worker';

import type { Tick } from '@/lib/db/queue';

/** What one tick may queue: enough for any backlog within minutes, few enough to insert at once. */
export const MOST_A_TICK = 10_000;

/** One worker of all queues a tick; the next one makes up for any that was missed or failed. */
const tick = (task: Tick['name'], match: string): CronItem => ({
  task,
  match,
  options: { backfillPeriod: 0, maxAttempts: 1, jobKey: task, jobKeyMode: 'preserve_run_at' },
});

/** What is looked for by the clock, in UTC. */
export const SCHEDULE = parseCronItems([
  tick('expire-due-accounts', '* * * * *'),
  tick('close-due-sessions', '* * * * *'),
  tick('give-due-allowances', '* * * * *'),
  tick('audit-due-accounts', '*/5 * * * *'),
  tick('run-due-auto-top-ups', '*/30 * * * *'),
  tick('find-expiring-cards', '10 * * * *'),
  tick('find-low-balances', '*/5 * * * *'),
  tick('find-expiring-credits', '20 * * * *'),
  tick('find-coming-purges', '30 * * * *'),
  tick('prune-sign-ins', '40 * * * *'),
  tick('catch-up-stripe-events', '*/5 * * * *'),
  tick('reconcile-recent-top-ups', '17 3 * * *'),
  tick('forget-old-rows', '37 3 * * *'),
  tick('seal-secrets-anew', '47 * * * *'),
  tick('find-due-bills', '40 * * * *'),
]);
