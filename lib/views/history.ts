import sql from 'sql-template-tag';

import type { HistoryEntry, HistoryPage, HistoryQuery } from '@/lib/contracts/history';
import type { AccountCtx } from '@/lib/db/context';
import { numberOf } from '@/lib/domain/number-of';

type Row = Omit<HistoryEntry, 'seq' | 'grantId' | 'ofSeq'> & {
  /** Null in the one row that an offset beyond the last entry finds. */
  seq: bigint | null;
  grantId: bigint | null;
  ofSeq: bigint | null;
  total: bigint;
};

/** The account's ledger, newest first, by limit and offset. A page far back costs what the first one does. */
export async function readHistory(
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  { limit, offset }: HistoryQuery,
): Promise<HistoryPage> {
  const rows = await db.query<Row>(
    sql`
      SELECT seq, kind, delta, balance_after AS "balanceAfter", reference, service, api_key_id AS "apiKeyId",
             grant_id AS "grantId", of_seq AS "ofSeq", stripe_invoice AS "stripeInvoiceId", created_at AS "createdAt", total
        FROM ledger.history(${accountId}, ${limit}, ${offset})
       ORDER BY seq DESC`,
    'ledger.history',
  );
  return {
    entries: rows.flatMap((row) => (row.seq === null ? [] : [toEntry(row, row.seq)])),
    total: numberOf(rows[0]?.total ?? 0n),
  };
}

const toEntry = ({ grantId, ofSeq, ...row }: Row, seq: bigint): HistoryEntry => ({
  seq: seq.toString(),
  kind: row.kind,
  delta: row.delta,
  balanceAfter: row.balanceAfter,
  reference: row.reference,
  service: row.service,
  apiKeyId: row.apiKeyId,
  grantId: grantId?.toString() ?? null,
  ofSeq: ofSeq?.toString() ?? null,
  stripeInvoiceId: row.stripeInvoiceId,
  createdAt: row.createdAt,
});
