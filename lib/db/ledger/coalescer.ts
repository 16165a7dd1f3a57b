import { setTimeout as sleep } from 'node:timers/promises';

import { AppError } from '@/lib/domain/app-error';
import { numberOf } from '@/lib/domain/number-of';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { isOutcomeUnknown } from '../outcome-unknown';
import { type BatchCharged, type Charge, charge, chargeBatch, type Charged } from './charge';

type Waiting = {
  asked: Charge;
  resolve: (charged: Charged) => void;
  reject: (error: unknown) => void;
};

type Limits = {
  /** Statements under way at once: one a lane, and an account always in the same. */
  lanes: number;
  /** Of one statement. */
  mostCharges: number;
  /** Of one account in one statement, so that a busy one does not hold up the others. */
  mostOfAnAccount: number;
  /** That wait in a lane; who comes later is told to come again. */
  mostWaiting: number;
};
const LIMITS: Limits = { lanes: 2, mostCharges: 256, mostOfAnAccount: 64, mostWaiting: 5_000 };

const TRIES = 4;
const PAUSE_MS = 50;

/**
 * Charges as `charge` does, with the same answers, and many at once where many come at once: what arrives while a statement
 * is under way goes together into the next one. There is no timer: whoever comes alone is charged at once.
 */
export function coalescer(db: Queryable, limits: Partial<Limits> = {}): (asked: Charge) => Promise<Charged> {
  const { lanes, ...ofALane } = { ...LIMITS, ...limits };
  const all = Array.from({ length: lanes }, () => lane(db, ofALane));
  return (asked) => {
    const submit = all[numberOf(asked.accountId % BigInt(lanes))];
    if (!submit) throw new Error(`Account ${asked.accountId} has no lane`);
    return submit(asked);
  };
}

function lane(db: Queryable, { mostCharges, mostOfAnAccount, mostWaiting }: Omit<Limits, 'lanes'>) {
  let waiting: Waiting[] = [];
  let isBusy = false;

  /** The longest waiting, each account in its order. */
  function next(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const counts = new Map<AccountId, number>();
    for (const one of waiting) {
      const count = counts.get(one.asked.accountId) ?? 0;
      const fits = taken.length < mostCharges && count < mostOfAnAccount;
      (fits ? taken : left).push(one);
      counts.set(one.asked.accountId, count + 1);
    }
    waiting = left;
    return taken;
  }

  async function pump(): Promise<void> {
    while (waiting.length > 0) await send(db, next());
    isBusy = false;
  }

  return (asked: Charge): Promise<Charged> =>
    new Promise((resolve, reject) => {
      if (waiting.length >= mostWaiting) {
        reject(overloaded());
        return;
      }
      waiting.push({ asked, resolve, reject });
      if (isBusy) return;
      isBusy = true;
      setImmediate(() => void pump());
    });
}

/** Never rejects: every charge has its own answer. */
async function send(db: Queryable, batch: readonly Waiting[]): Promise<void> {
  if (batch.length === 1) return oneByOne(db, batch);
  let charged: BatchCharged[];
  try {
    charged = await chargeBatch(
      db,
      batch.map(({ asked }) => asked),
    );
  } catch {
    // Nobody knows whether it was carried out, or which one it failed for. By their references, each can be asked again.
    return oneByOne(db, batch);
  }
  for (const [index, one] of batch.entries()) settle(one, charged[index]);
}

/** In their order; when the database stays away from one of them, the rest is not asked either. */
async function oneByOne(db: Queryable, batch: readonly Waiting[]): Promise<void> {
  for (const [index, one] of batch.entries()) {
    if (await answered(db, one)) continue;
    for (const { reject } of batch.slice(index)) reject(overloaded());
    return;
  }
}

/** Whether there was an answer, after some tries. */
async function answered(db: Queryable, { asked, resolve, reject }: Waiting): Promise<boolean> {
  for (let tried = 1; tried <= TRIES; tried++) {
    try {
      resolve(await charge(db, asked));
      return true;
    } catch (error) {
      if (!isOutcomeUnknown(error)) {
        reject(error);
        return true;
      }
    }
    if (tried < TRIES) await sleep(PAUSE_MS * 2 ** tried);
  }
  return false;
}

function settle({ asked, resolve, reject }: Waiting, charged: BatchCharged | undefined): void {
  const status = charged?.status;
  if (charged === undefined || status === undefined || status === 'invalid') {
    reject(new Error(`Charge ${asked.reference} of account ${asked.accountId}: ${status ?? 'no answer'}`));
  } else if (status === 'no_account') {
    reject(new AppError('not_found', 'There is no such account.', { param: 'Coffer-Account' }));
  } else {
    resolve({ ...charged, status });
  }
}

const overloaded = () =>
  new AppError(
    'overloaded',
    'Too many charges wait at this moment. Send the same request again in a second.',
  );
