import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { ask, type Asked, type Details, json } from './outcome';

type Key = { accountId: AccountId; reference: string };

/** Sets credits aside for work that has begun: not spent by others, not expired, for a day at most. */
export const hold = (db: Queryable, asked: Asked & { amount: Credits; seconds: number }) =>
  ask(db, {
    name: 'hold',
    call: sql`
      SELECT status, seq, balance, available FROM ledger.hold(
        ${asked.accountId}, ${asked.amount}, ${asked.reference}, ${asked.hash}, ${`${asked.seconds} seconds`}::interval,
        ${asked.service ?? null}, ${asked.apiKeyId ?? null})`,
    statuses: ['applied', 'replayed', 'conflict', 'insufficient'],
  });

/** Charges what the held work came to and frees the rest; what cannot be paid waits as a pending operation. */
export const settle = (
  db: Queryable,
  { accountId, reference, amount, calculation, metadata }: Key & Details & { amount: Credits },
) =>
  ask(db, {
    name: 'settle',
    call: sql`
      SELECT status, seq, balance, available
        FROM ledger.settle(${accountId}, ${reference}, ${amount}, ${json(calculation)}, ${json(metadata)})`,
    statuses: ['applied', 'replayed', 'conflict', 'pending_payment', 'no_hold'],
  });

/** Lets a hold go without a charge. */
export const release = (db: Queryable, { accountId, reference }: Key) =>
  ask(db, {
    name: 'release',
    call: sql`SELECT status, seq, balance, available FROM ledger.release(${accountId}, ${reference})`,
    statuses: ['applied', 'replayed', 'conflict', 'no_hold'],
  });
