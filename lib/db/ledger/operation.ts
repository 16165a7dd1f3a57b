import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { ask, type Asked, type Details, json } from './outcome';

/** What starting takes: the price, a hold on it for some time, or only the proof that anything is left. */
export type Start =
  | { by: 'charge'; amount: Credits }
  | { by: 'hold'; amount: Credits; seconds: number }
  | { by: 'gate' };
type Key = { accountId: AccountId; reference: string };

/** Begins work that will be paid. What is refused leaves no trace. */
export const startOperation = (db: Queryable, asked: Asked & Details & { start: Start }) =>
  ask(db, {
    name: 'start_operation',
    call: sql`
      SELECT status, seq, balance, available FROM ledger.start_operation(
        ${asked.accountId}, ${asked.reference}, ${asked.hash}, ${asked.start.by},
        ${asked.start.by === 'gate' ? null : asked.start.amount}::bigint,
        ${asked.start.by === 'hold' ? `${asked.start.seconds} seconds` : null}::interval,
        ${asked.service ?? null}, ${asked.apiKeyId ?? null}, ${json(asked.calculation)}, ${json(asked.metadata)})`,
    statuses: ['applied', 'replayed', 'conflict', 'insufficient'],
  });

/**
 * Ends work that succeeded: charged unless it was at the start, and ready when paid. What cannot be paid waits for
 * `pendingDays`, or is charged into debt, by the `shortfall` of its service. A session is closed first.
 */
export const finishOperation = (
  db: Queryable,
  {
    accountId,
    reference,
    amount,
    calculation,
    metadata,
    shortfall = 'pending_payment',
    pendingDays = 30n,
  }: Key & Details & { amount: Credits; shortfall?: 'pending_payment' | 'negative'; pendingDays?: bigint },
) =>
  ask(db, {
    name: 'finish_operation',
    call: sql`
      SELECT status, seq, balance, available FROM ledger.finish_operation(
        ${accountId}, ${reference}, ${amount}, ${json(calculation)}, ${json(metadata)}, ${shortfall}, ${pendingDays})`,
    statuses: ['applied', 'replayed', 'conflict', 'pending_payment', 'no_operation'],
  });

/** Ends work that came to nothing: its hold is freed, its charge restored to its grants or refunded as a new one. */
export const failOperation = (
  db: Queryable,
  { accountId, reference, back = 'restore' }: Key & { back?: 'restore' | 'refund' },
) =>
  ask(db, {
    name: 'fail_operation',
    call: sql`SELECT status, seq, balance, available FROM ledger.fail_operation(${accountId}, ${reference}, ${back})`,
    statuses: ['applied', 'replayed', 'conflict', 'no_operation'],
  });
