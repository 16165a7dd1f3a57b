import sql from 'sql-template-tag';

import type { UsageEvent, UsageEventsPage, UsageEventsQuery } from '@/lib/contracts/usage-events';
import type { AccountCtx } from '@/lib/db/context';
import { NO_KEY } from '@/lib/db/usage';
import { numberOf } from '@/lib/domain/number-of';

type Row = Omit<UsageEvent, 'seq' | 'durationMs'> & { seq: bigint; durationMs: bigint };

/** The account's charges, newest first, a page at a time. New charges never move what a later page shows. */
export async function readUsageEvents(
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  { before, limit, from, to, services, apiKeyIds }: UsageEventsQuery,
): Promise<UsageEventsPage> {
  const below = before === undefined ? null : BigInt(before);
  // One more than asked tells whether there is a page after this one.
  const rows = await db.query<Row>(sql`
    SELECT seq, reference, service, api_key_id AS "apiKeyId", amount, returned, paid_by AS "paidBy",
           duration_ms AS "durationMs", metadata, created_at AS "createdAt"
      FROM ledger.usage_events(
           ${accountId}, ${below}, ${limit + 1}, ${from ?? null}, ${to ?? null}, ${services ?? null}::text[],
           ${apiKeyIds?.map((id) => id || NO_KEY) ?? null}::uuid[])
     ORDER BY seq DESC`);

  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: shown.map((row) => ({ ...row, seq: row.seq.toString(), durationMs: numberOf(row.durationMs) })),
    nextBefore: rows.length > limit && last ? last.seq.toString() : null,
  };
}
