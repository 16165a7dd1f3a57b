import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  Logger,
  type ParsedCronItem,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';

import type { Ctx } from '@/lib/db/context';
import { type Database, database } from '@/lib/db/database';
import type { Job } from '@/lib/db/queue';
import { keepPresent, leave, unlockGoneWorkers } from '@/lib/db/workers';
import { log } from '@/lib/log';

import { auditAccount, auditDueAccounts } from './audit-accounts';
import { chargeAutoTopUp, runAutoTopUp, runDueAutoTopUps } from './auto-top-ups';
import { billMonths, findDueBills, restrictOverdue, sendBill } from './bills';
import { catchUpStripeEvent, catchUpStripeEvents } from './catch-up-stripe-events';
import { closeDueSessions, closeSession } from './close-sessions';
import { findComingPurges, noticePurges, tellPurges } from './coming-purges';
import { expireAccount, expireDueAccounts } from './expire-accounts';
import { findExpiringCards, noticeCardExpiry, tellCardExpires } from './expiring-cards';
import { findExpiringCredits, noticeCreditExpiry, tellCreditsExpire } from './expiring-credits';
import { forgetOldRows } from './forget-old-rows';
import { giveAllowance, giveDueAllowances } from './give-allowances';
import { handleStripeEvent } from './handle-stripe-event';
import { findLowBalances, noticeLowBalance, tellLowBalance } from './low-balances';
import { pruneSignIns } from './prune-sign-ins';
import { reconcileRecentTopUps, reconcileTopUp } from './reconcile-top-ups';
import { SCHEDULE } from './schedule';
import { sealSecretsAnew } from './seal-secrets-anew';
import { sendInvitation } from './send-invitation';
import { sendReceipt } from './send-receipt';
import { tellAuthenticatorChanged } from './tell-authenticator-changed';
import { tellAutoTopUpChanged } from './tell-auto-top-up-changed';
import { tellAutoTopUpPaused } from './tell-auto-top-up-paused';
import { tellAutoTopUpResumed } from './tell-auto-top-up-resumed';
import { tellBill } from './tell-bill';
import { tellCorrection } from './tell-correction';
import { tellMoneyBack } from './tell-money-back';
import { tellPaymentNeedsCustomer } from './tell-payment-needs-customer';
import { tellRecoveryLapsed } from './tell-recovery-lapsed';
import { tellStaffAction } from './tell-staff-action';
import { tellWebhookDisabled } from './tell-webhook-disabled';

type Payload<Name extends Job['name']> = Omit<Extract<Job, { name: Name }>, 'name'>;
type Handlers = { [Name in Job['name']]: (ctx: Ctx, payload: Payload<Name>) => Promise<void> };

/** Every job that lib/db/queue can name, and who does it. */
const handlers: Handlers = {
  'audit-account': auditAccount,
  'audit-due-accounts': auditDueAccounts,
  'bill-months': billMonths,
  'catch-up-stripe-event': catchUpStripeEvent,
  'catch-up-stripe-events': catchUpStripeEvents,
  'charge-auto-top-up': chargeAutoTopUp,
  'close-due-sessions': closeDueSessions,
  'close-session': closeSession,
  'expire-account': expireAccount,
  'expire-due-accounts': expireDueAccounts,
  'find-coming-purges': findComingPurges,
  'find-due-bills': findDueBills,
  'find-expiring-cards': findExpiringCards,
  'find-expiring-credits': findExpiringCredits,
  'find-low-balances': findLowBalances,
  'forget-old-rows': forgetOldRows,
  'give-allowance': giveAllowance,
  'give-due-allowances': giveDueAllowances,
  'handle-stripe-event': handleStripeEvent,
  'notice-card-expiry': noticeCardExpiry,
  'notice-credit-expiry': noticeCreditExpiry,
  'notice-low-balance': noticeLowBalance,
  'notice-purges': noticePurges,
  'prune-sign-ins': pruneSignIns,
  'reconcile-recent-top-ups': reconcileRecentTopUps,
  'reconcile-top-up': reconcileTopUp,
  'restrict-overdue': restrictOverdue,
  'run-auto-top-up': runAutoTopUp,
  'run-due-auto-top-ups': runDueAutoTopUps,
  'seal-secrets-anew': sealSecretsAnew,
  'send-invitation': sendInvitation,
  'send-bill': sendBill,
  'send-receipt': sendReceipt,
  'tell-authenticator-changed': tellAuthenticatorChanged,
  'tell-auto-top-up-changed': tellAutoTopUpChanged,
  'tell-auto-top-up-paused': tellAutoTopUpPaused,
  'tell-auto-top-up-resumed': tellAutoTopUpResumed,
  'tell-bill': tellBill,
  'tell-card-expires': tellCardExpires,
  'tell-credits-expire': tellCreditsExpire,
  'tell-low-balance': tellLowBalance,
  'tell-purges': tellPurges,
  'tell-payment-needs-customer': tellPaymentNeedsCustomer,
  'tell-recovery-lapsed': tellRecoveryLapsed,
  'tell-correction': tellCorrection,
  'tell-money-back': tellMoneyBack,
  'tell-staff-action': tellStaffAction,
  'tell-webhook-disabled': tellWebhookDisabled,
};

const CONCURRENT_JOBS = 4;
// LISTEN wakes the worker at once; the poll is for what it missed.
const POLL_MS = 1_000;
const SIGN_OF_LIFE_MS = 15_000;
// Longer than most jobs, shorter than whoever stops us waits before the kill.
const FINISH_WITHIN_MS = 2_000;

type Options = {
  db?: Database;
  databaseUrl: string;
  tasks?: TaskList;
  schedule?: readonly ParsedCronItem[];
};

/** `stop` returns within seconds, whatever runs; the process is expected to end after it. */
export type Worker = { ended: Promise<void>; stop: () => Promise<void> };

/** Starts working jobs off. They survive the end of either side: a job is gone only when it has succeeded. */
export async function startWorker({
  db = database(),
  databaseUrl,
  tasks = tasksOn(db),
  schedule = SCHEDULE,
}: Options): Promise<Worker> {
  const events: WorkerEvents = new EventEmitter();
  const workerIds: string[] = [];
  // Jobs are locked in the name of the pool that its workers share.
  events.on('pool:create', ({ workerPool }) => workerIds.push(workerPool.id));
  await unlockGoneWorkers(db);
  const runner = await run({
    // A pool of its own: graphile-worker reads int8 in its own way.
    connectionString: databaseUrl,
    taskList: tasks,
    concurrency: CONCURRENT_JOBS,
    pollInterval: POLL_MS,
    parsedCronItems: [...schedule],
    noHandleSignals: true,
    events,
    logger: new Logger(
      () => (level, message) => log[level === 'warning' ? 'warn' : 'debug']({ message }, 'worker'),
    ),
  });
  await keepPresent(db, workerIds);
  const signsOfLife = setInterval(() => void liveOn(db, workerIds), SIGN_OF_LIFE_MS);
  return {
    ended: runner.promise,
    async stop() {
      clearInterval(signsOfLife);
      await finish(runner);
      await leave(db, workerIds);
    },
  };
}

async function liveOn(db: Database, workerIds: readonly string[]): Promise<void> {
  try {
    await keepPresent(db, workerIds);
    const gone = await unlockGoneWorkers(db);
    if (gone > 0) log.warn({ gone }, 'jobs of workers that are gone are taken up again');
  } catch (error) {
    // The database is away; so is the queue, and the next sign of life tries again.
    log.warn({ err: error }, 'no sign of life could be given');
  }
}

/** What runs may end; what takes longer is left, and given back to the queue. */
async function finish(runner: Runner): Promise<void> {
  const stopped = runner.stop('stopping').catch(() => undefined);
  await Promise.race([stopped, sleep(FINISH_WITHIN_MS, undefined, { ref: false })]);
}

/** The same handlers as graphile-worker asks for them. */
export function tasksOn(db: Database): TaskList {
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
