import sql from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';
import type { LocalDate } from '@/lib/domain/local-date';
import { numberOf } from '@/lib/domain/number-of';
import type { UsageGrain, UsageSplit, UsageSums } from '@/lib/domain/usage';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type UsageEdges = {
  /** Where each period begins, and at last where they end. */
  edges: Date[];
  /** What the clock in the zone says at each edge, `2026-11-22T00:00`. */
  localEdges: string[];
  /** Where the days before the range begin. */
  before: Date;
  asOf: Date;
};
type Range = { from: LocalDate; to: LocalDate; timeZone: string };

/** The periods of a range, and as many days before it; null where the server does not know the zone. */
export async function findUsageEdges(
  db: Queryable,
  { from, to, timeZone, grain, daysBefore }: Range & { grain: UsageGrain; daysBefore: number },
): Promise<UsageEdges | null> {
  const [row] = await db.query<UsageEdges | { edges: null }>(sql`
    SELECT edges, ledger.now() AS "asOf",
           (ledger.usage_edges(${timeZone}, ${from}::date - ${daysBefore}::int, ${from}::date - 1, 'whole'))[1] AS before,
           ARRAY(SELECT to_char(edge AT TIME ZONE ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')
                   FROM unnest(edges) WITH ORDINALITY AS e (edge, n) ORDER BY n) AS "localEdges"
      FROM ledger.usage_edges(${timeZone}, ${from}::date, ${to}::date, ${grain}) AS edges`);
  return row?.edges ? row : null;
}

/** Which day it is in a zone; null where the server does not know the zone. */
export async function findToday(db: Queryable, timeZone: string): Promise<LocalDate | null> {
  const [row] = await db.query<{ today: LocalDate | null }>(
    sql`SELECT ledger.today_in(${timeZone})::text AS today`,
  );
  return row?.today ?? null;
}

type UsageAsked = {
  accountId: AccountId;
  timeZone: string;
  edges: readonly Date[];
  /** Whether every edge begins a day of the zone. */
  isWholeDays: boolean;
  by: UsageSplit;
  metadataKey?: string | undefined;
  services?: readonly string[] | undefined;
  apiKeyIds?: readonly string[] | undefined;
  /** Names beyond these are one. */
  mostNames: number;
};

/** What was used under one name between two edges. */
export type UsageRow = UsageSums & {
  /** Counted from 0: between the first edge and the second. */
  period: number;
  name: string | null;
  isRest: boolean;
};

/** An account's usage between edges, exact at this moment; without the names and periods that have none. */
export async function readUsageRows(db: Queryable, asked: UsageAsked): Promise<UsageRow[]> {
  const rows = await db.query<StoredSums & Pick<UsageRow, 'period' | 'name' | 'isRest'>>(
    sql`
      SELECT period - 1 AS period, name, is_rest AS "isRest", count, used, returned, duration_ms AS "durationMs"
        FROM ledger.usage(
             ${asked.accountId}, ${asked.timeZone}, ${[...asked.edges]}::timestamptz[], ${asked.isWholeDays}, ${asked.by},
             ${asked.metadataKey ?? null}, ${asked.services ? [...asked.services] : null}::text[],
             ${asked.apiKeyIds ? asked.apiKeyIds.map((id) => id || NO_KEY) : null}::uuid[], ${asked.mostNames})
       ORDER BY 1`,
    'ledger.usage',
  );
  return rows.map(({ period, name, isRest, ...stored }) => ({ period, name, isRest, ...sumsOf(stored) }));
}

/** How the database says that a charge came by no API key. */
export const NO_KEY = '00000000-0000-0000-0000-000000000000';

type StoredSums = { count: bigint; used: Credits; returned: Credits; durationMs: bigint };
const sumsOf = ({ count, used, returned, durationMs }: StoredSums): UsageSums => ({
  count: numberOf(count),
  used,
  returned,
  durationMs: numberOf(durationMs),
});

export type LifetimeUsage = { count: number; used: Credits; returned: Credits; purchased: Credits };

/** All that an account ever used, was given back of it, and bought. */
export async function readLifetimeUsage(db: Queryable, accountId: AccountId): Promise<LifetimeUsage> {
  const [row] = await db.query<Omit<LifetimeUsage, 'count'> & { count: bigint }>(
    sql`SELECT count, used, returned, purchased FROM ledger.usage_lifetime(${accountId})`,
  );
  if (!row) throw new Error(`Account ${accountId} has no usage`);
  return { ...row, count: numberOf(row.count) };
}
