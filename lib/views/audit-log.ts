import type { AuditLogQuery } from '@/lib/contracts/audit-log';
import { listAuditLines } from '@/lib/db/audit-log';
import type { StaffCtx } from '@/lib/db/context';
import { fromSnapshot, type Queryable } from '@/lib/db/database';
import type { AuditLine } from '@/lib/domain/audit-line';

import { csv } from './csv';

const LINES_SHOWN = 50;
const LINES_AT_ONCE = 1_000;

/** A page of what staff did, the newest first, and where the next one begins. */
export async function readAuditLog(
  { db }: StaffCtx,
  query: AuditLogQuery,
): Promise<{ lines: AuditLine[]; nextBefore: string | null }> {
  // One more than shown tells whether there is a page after this one.
  const lines = await listAuditLines(db, askedBy(query), LINES_SHOWN + 1);
  const shown = lines.slice(0, LINES_SHOWN);
  return { lines: shown, nextBefore: lines.length > LINES_SHOWN ? `${shown.at(-1)?.id}` : null };
}

const COLUMNS = [
  'number',
  'time',
  'who',
  'role',
  'from',
  'action',
  'account',
  'object',
  'reason',
  'before',
  'after',
];

/** All of it as text, piece by piece, the newest first; as of one moment. */
export async function* exportAuditLog({ db }: StaffCtx, query: AuditLogQuery): AsyncGenerator<string> {
  yield csv([COLUMNS]);
  yield* fromSnapshot(db, (snapshot) => pieces(snapshot, query));
}

async function* pieces(db: Queryable, query: AuditLogQuery): AsyncGenerator<string> {
  const asked = askedBy(query);
  for (;;) {
    const lines = await listAuditLines(db, asked, LINES_AT_ONCE);
    const last = lines.at(-1);
    if (!last) return;
    yield csv(lines.map(toRecord));
    asked.before = last.id;
  }
}

const askedBy = ({ account, before, ...query }: AuditLogQuery) => ({
  ...query,
  accountId: account === undefined ? undefined : BigInt(account),
  before: before === undefined ? undefined : BigInt(before),
});

const toRecord = ({ id, accountId, before, after, ...line }: AuditLine) => [
  `${id}`,
  line.at,
  line.email,
  line.role,
  line.ipAddress,
  line.action,
  accountId?.toString(),
  line.object,
  line.reason,
  before === null ? null : JSON.stringify(before),
  after === null ? null : JSON.stringify(after),
];
