import { Logger, run, type Runner, type TaskList } from 'graphile-worker';

import type { Ctx } from '@/lib/db/context';
import { database, type Database } from '@/lib/db/database';
import type { Job } from '@/lib/db/queue';
import { log } from '@/lib/log';

import { handleStripeEvent } from './handle-stripe-event';
import { sendReceipt } from './send-receipt';

type Payload<Name extends Job['name']> = Omit<Extract<Job, { name: Name }>, 'name'>;
type Handlers = { [Name in Job['name']]: (ctx: Ctx, payload: Payload<Name>) => Promise<void> };

/** Every job that lib/db/queue can name, and who does it. */
const handlers: Handlers = { 'handle-stripe-event': handleStripeEvent, 'send-receipt': sendReceipt };

const CONCURRENT_JOBS = 4;
// LISTEN wakes the worker at once; the poll is for what it missed.
const POLL_MS = 1_000;

/** Starts working jobs off. They survive a restart of either side: a job is gone only when it has succeeded. */
export function startWorker(db: Database = database()): Promise<Runner> {
  return run({
    pgPool: db.pool,
    taskList: tasks(db),
    concurrency: CONCURRENT_JOBS,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: new Logger(
      () => (level, message) => log[level === 'warning' ? 'warn' : 'debug']({ message }, 'worker'),
    ),
  });
}

function tasks(db: Database): TaskList {
  const entries = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (payload: unknown) => {
      try {
        await handle({ db, now: new Date() }, payload as never);
      } catch (error) {
        log.error({ err: error, job: name, payload }, 'job failed; it will be tried again');
        throw error;
      }
    },
  ]);
  return Object.fromEntries(entries) as TaskList;
}
