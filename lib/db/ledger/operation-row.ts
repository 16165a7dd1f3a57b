import sql, { empty } from 'sql-template-tag';

import type { Calculation } from '@/lib/domain/calculation';
import type { Credits } from '@/lib/domain/credits';
import type { OperationState } from '@/lib/domain/operation-state';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import type { KeptMetadata } from './entry';

export type OperationRow = {
  reference: string;
  service: string;
  state: OperationState;
  amount: Credits | null;
  /** What is set aside for it now. */
  held: Credits | null;
  seq: bigint | null;
  calculation: Calculation | null;
  /** What was known when it began: what was set aside, and how that came about. */
  begun: { held: Credits | null; calculation: Calculation | null };
  metadata: KeptMetadata | null;
  createdAt: Date;
  finishedAt: Date | null;
  purgeAt: Date | null;
};

type Row = Omit<OperationRow, 'begun'> & { begunHeld: Credits | null; begunCalculation: Calculation | null };

const columns = sql`
  o.reference, o.service, o.state, o.amount, o.entry_seq AS seq, o.created_at AS "createdAt", o.finished_at AS "finishedAt",
  o.purge_at AS "purgeAt", CASE WHEN h.state = 'open' THEN h.amount END AS held, h.amount AS "begunHeld",
  coalesce(d.calculation, o.calculation) AS calculation, o.calculation AS "begunCalculation",
  coalesce(d.metadata, o.metadata) AS metadata`;
const tables = sql`
  operations o
  LEFT JOIN holds h ON h.account_id = o.account_id AND h.reference = o.reference
  LEFT JOIN entry_details d ON d.account_id = o.account_id AND d.seq = o.entry_seq`;

export async function findOperation(
  db: Queryable,
  { accountId, reference }: { accountId: AccountId; reference: string },
): Promise<OperationRow | null> {
  const [row] = await db.query<Row>(
    sql`SELECT ${columns} FROM ${tables} WHERE o.account_id = ${accountId} AND o.reference = ${reference}`,
  );
  return row ? operationOf(row) : null;
}

const operationOf = <Given extends Row>({ begunHeld, begunCalculation, ...row }: Given) => ({
  ...row,
  begun: { held: begunHeld, calculation: begunCalculation },
});

/** When an operation was started, in microseconds since 1970, and which of those it is. */
export type Place = { startedMicros: bigint; reference: string };

export type OperationsWanted = {
  accountId: AccountId;
  state: OperationState | null;
  service: string | null;
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
};

/** Newest first, each with its place. */
export async function listOperations(
  db: Queryable,
  { accountId, state, service, after, limit }: OperationsWanted,
): Promise<(OperationRow & Place)[]> {
  const rows = await db.query<Row & Place>(sql`
    SELECT ${columns}, (extract(epoch FROM o.created_at) * 1000000)::bigint AS "startedMicros" FROM ${tables}
     WHERE o.account_id = ${accountId}
       AND (${state}::operation_state IS NULL OR o.state = ${state}::operation_state)
       AND (${service}::text IS NULL OR o.service = ${service})
       ${after === null ? empty : sql`AND (o.created_at, o.reference) < ('epoch'::timestamptz + ${after.startedMicros}::bigint * interval '1 microsecond', ${after.reference}::text)`}
     ORDER BY o.created_at DESC, o.reference DESC
     LIMIT ${limit}`);
  return rows.map((row) => operationOf(row));
}
