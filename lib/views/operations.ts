import type { AccountCtx } from '@/lib/db/context';
import { findOperation, listOperations, type OperationRow } from '@/lib/db/ledger/operation-row';
import { AppError } from '@/lib/domain/app-error';

/** An operation as it stands. */
export type OperationShown = Omit<OperationRow, 'begun'>;

export async function readOperation(
  { db, accountId }: AccountCtx,
  { id, service }: { id: string; service?: string },
): Promise<OperationShown> {
  const operation = await findOperation(db, { accountId, reference: id });
  if (!operation || (service !== undefined && operation.service !== service))
    throw new AppError('not_found', `There is no such ${service ?? 'operation'}.`, { param: 'id' });
  return operation;
}

type Wanted = {
  state?: OperationRow['state'] | undefined;
  service?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** Newest first, a page at a time. The cursor names the last operation seen, so that new ones move no later page. */
export async function readOperations(
  { db, accountId }: AccountCtx,
  { state, service, limit, cursor }: Wanted,
): Promise<{ operations: OperationShown[]; nextCursor: string | null }> {
  const rows = await listOperations(db, {
    accountId,
    state: state ?? null,
    service: service ?? null,
    after: cursor === undefined ? null : placeOf(cursor),
    limit: limit + 1,
  });
  const operations = rows.slice(0, limit);
  const last = operations.at(-1);
  return { operations, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}

const cursorOf = ({ startedMicros, reference }: { startedMicros: bigint; reference: string }) =>
  Buffer.from(`${startedMicros}:${reference}`).toString('base64url');

function placeOf(cursor: string): { startedMicros: bigint; reference: string } {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, micros, reference] = /^(\d{1,17}):([^\p{Cc}\p{Cs}]{1,200})$/u.exec(text) ?? [];
  if (micros === undefined || reference === undefined)
    throw new AppError('invalid_input', 'This is no cursor of ours.', { param: 'cursor' });
  return { startedMicros: BigInt(micros), reference };
}
