import sql, { type Sql } from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { type Asked, type Details, json, refuseUnknownAccount } from './outcome';

/** An operation that is paid by how long it is open. */
export type Session = {
  service: string | null;
  /** Of its operation: running until it is charged. */
  state: 'running' | 'settled' | 'pending_payment' | 'failed' | 'purged';
  isOpen: boolean;
  startedAt: Date;
  lastHeartbeatAt: Date | null;
  /** When it closes by itself. */
  closesAt: Date;
  closedAt: Date | null;
  closedBy: SessionEnd | null;
  /** So far; once it is closed, for good. */
  milliseconds: bigint;
  /** What was charged for it; null before that. */
  amount: Credits | null;
};
export type SessionEnd = 'terminated' | 'auto_closed';
/** `available` is the account's, now. There is no session where it was refused or is not known. */
export type SessionOutcome<Status extends string> = {
  status: Status;
  session: Session | null;
  available: Credits;
};

type Key = { accountId: AccountId; reference: string };

/** Begins a session that closes by itself after so long. What is refused leaves no trace. */
export const startSession = (
  db: Queryable,
  asked: Asked & Pick<Details, 'metadata'> & { closesAfterMilliseconds: bigint },
) =>
  askSession(db, {
    name: 'start_session',
    call: sql`ledger.start_session(
      ${asked.accountId}, ${asked.reference}, ${asked.hash}, ${asked.closesAfterMilliseconds},
      ${asked.service ?? null}, ${asked.apiKeyId ?? null}, ${json(asked.metadata)})`,
    statuses: ['applied', 'replayed', 'conflict', 'insufficient'],
  });

/** Says that a session is still wanted. One that is closed or past its time stays closed. */
export const heartbeatSession = (db: Queryable, { accountId, reference }: Key) =>
  askSession(db, {
    name: 'heartbeat_session',
    call: sql`ledger.heartbeat_session(${accountId}, ${reference})`,
    statuses: ['open', 'closed', 'no_session'],
  });

/** Fixes for how long a session was open, once and for good; `finishOperation` charges for it. */
export const closeSession = (db: Queryable, { accountId, reference, by }: Key & { by: SessionEnd }) =>
  askSession(db, {
    name: 'close_session',
    call: sql`ledger.close_session(${accountId}, ${reference}, ${by})`,
    statuses: ['applied', 'replayed', 'conflict', 'not_due', 'no_session'],
  });

/** Sessions that are to be charged and nobody did, those that waited longest first. */
export const dueSessions = (db: Queryable, limit: number) =>
  db.query<Key>(sql`SELECT account_id AS "accountId", reference FROM ledger.due_sessions(${limit})`);

type Row = Omit<Session, 'startedAt'> & { status: string; startedAt: Date | null; available: Credits };

async function askSession<Status extends string>(
  db: Queryable,
  { name, call, statuses }: { name: string; call: Sql; statuses: readonly Status[] },
): Promise<SessionOutcome<Status>> {
  const [row] = await db.query<Row>(
    sql`
      SELECT status, service, state, is_open AS "isOpen", started_at AS "startedAt",
             last_heartbeat_at AS "lastHeartbeatAt", closes_at AS "closesAt", closed_at AS "closedAt",
             closed_by AS "closedBy", milliseconds, amount, available
        FROM ${call}`,
    `ledger.${name}`,
  );
  if (row) refuseUnknownAccount(row);
  const status = statuses.find((known) => known === row?.status);
  if (!row || status === undefined) throw new Error(`ledger.${name}: ${row?.status ?? 'no answer'}`);
  const { status: _, available, startedAt, ...session } = row;
  return { status, available, session: startedAt === null ? null : { ...session, startedAt } };
}
