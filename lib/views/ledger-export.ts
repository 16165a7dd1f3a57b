import { createHash } from 'node:crypto';

import sql, { empty, join, type Sql } from 'sql-template-tag';

import type { LedgerExportQuery } from '@/lib/contracts/ledger-export';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { fromSnapshot, type Queryable } from '@/lib/db/database';
import { NO_KEY } from '@/lib/db/usage';
import { AppError } from '@/lib/domain/app-error';
import { credits } from '@/lib/domain/credits';

import { EXPORT_FORMATS, type ExportedEntry, type ExportTotal } from './export-format';

// Few enough to hold in memory, many enough that the database is not asked for each.
const ROWS_AT_ONCE = 1_000;

/**
 * An account's entries of some days, oldest first, as text to write out piece by piece. All of it is one moment of the
 * ledger; it ends with a total that the ledger itself confirms, and with a checksum of every byte before that line.
 */
export async function* exportLedger(
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  query: LedgerExportQuery,
): AsyncGenerator<string> {
  const write = EXPORT_FORMATS[query.format];
  const checksum = createHash('sha256');
  for await (const piece of fromSnapshot(db, (snapshot) => pieces(snapshot, accountId, query))) {
    checksum.update(piece);
    yield piece;
  }
  yield write.checksum(checksum.digest('hex'));
}

async function* pieces(
  db: Queryable,
  accountId: AccountId,
  query: LedgerExportQuery,
): AsyncGenerator<string> {
  const write = EXPORT_FORMATS[query.format];
  const chosen = await chosenBy(db, accountId, query);
  const [ledger] = await db.query<ExportTotal>(
    sql`SELECT count(*), coalesce(sum(e.delta), 0)::bigint AS delta FROM ${ENTRIES} WHERE ${chosen}`,
  );
  if (!ledger) throw new Error('The ledger gave no total');

  yield write.head();
  const written: ExportTotal = { count: 0n, delta: credits(0n) };
  let last: ExportedEntry | undefined;
  for await (const rows of pagesOf(db, chosen, query.timeZone)) {
    for (const { delta } of rows) {
      written.count += 1n;
      written.delta = credits(written.delta + delta);
    }
    last = rows.at(-1);
    yield write.rows(rows);
  }
  if (written.count !== ledger.count || written.delta !== ledger.delta)
    throw new Error(`Export of account ${accountId} differs from its ledger`);
  yield write.total(ledger, last?.balanceAfter ?? null);
}

/** An entry `e` and the one that it answers, whose service and key are its own. */
const ENTRIES = sql`entries e LEFT JOIN entries c ON c.account_id = e.account_id AND c.seq = e.of_seq`;

/** The condition that an entry `e` fulfils when it was asked for. */
async function chosenBy(db: Queryable, accountId: AccountId, query: LedgerExportQuery): Promise<Sql> {
  const { from, to, timeZone, kinds, services, apiKeyIds } = query;
  const [row] = await db.query<{ edges: [Date, Date] | null }>(
    sql`SELECT ledger.usage_edges(${timeZone}, ${from}::date, ${to}::date, 'whole') AS edges`,
  );
  if (!row?.edges) throw new AppError('invalid_input', `The time zone ${timeZone} is not known here.`);

  const [start, end] = row.edges;
  return join(
    [
      sql`e.account_id = ${accountId} AND e.created_at >= ${start} AND e.created_at < ${end}`,
      kinds ? sql`e.kind = ANY (${kinds}::entry_kind[])` : empty,
      services ? sql`coalesce(e.service, c.service, '') = ANY (${services}::text[])` : empty,
      apiKeyIds
        ? sql`coalesce(e.api_key_id, c.api_key_id, ${NO_KEY}) = ANY (${apiKeyIds.map((id) => id || NO_KEY)}::uuid[])`
        : empty,
    ].filter((condition) => condition !== empty),
    ' AND ',
  );
}

async function* pagesOf(db: Queryable, chosen: Sql, timeZone: string): AsyncGenerator<ExportedEntry[]> {
  let after = 0n;
  for (;;) {
    const rows = await db.query<ExportedEntry>(sql`
      SELECT e.seq, e.kind, e.delta, e.balance_after AS "balanceAfter", e.reference,
             coalesce(e.service, c.service) AS service, coalesce(e.api_key_id, c.api_key_id) AS "apiKeyId",
             e.of_seq AS "ofSeq", d.calculation #>> '{inputs,milliseconds}' AS "durationMs", e.created_at AS "createdAt",
             to_char(e.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD HH24:MI:SS') AS "localTime"
        FROM ${ENTRIES} LEFT JOIN entry_details d ON d.account_id = e.account_id AND d.seq = e.seq
       WHERE ${chosen} AND e.seq > ${after}
       ORDER BY e.seq LIMIT ${ROWS_AT_ONCE}`);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.seq;
  }
}
