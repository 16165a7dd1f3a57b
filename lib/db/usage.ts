import sql from 'sql-template-tag';

import { type Credits, credits } from '@/lib/domain/credits';
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
  const [row] = await db.query<{ edges: string; localEdges: string; before: Date; asOf: Date }>(
    sql`
      SELECT ARRAY(SELECT extract(epoch FROM edge)::bigint FROM unnest(edges) WITH ORDINALITY AS e (edge, n) ORDER BY n)::text AS edges,
             ARRAY(SELECT edge AT TIME ZONE ${timeZone} FROM unnest(edges) WITH ORDINALITY AS e (edge, n) ORDER BY n)::text AS "localEdges",
             (ledger.usage_edges(${timeZone}, ${from}::date - ${daysBefore}::int, ${from}::date - 1, 'whole'))[1] AS before,
             ledger.now() AS "asOf"
        FROM ledger.usage_edges(${timeZone}, ${from}::date, ${to}::date, ${grain}) AS edges
       WHERE edges IS NOT NULL`,
    'ledger.usage_edges',
  );
  if (!row) return null;
  return {
    edges: cellsOf(row.edges).map((seconds) => new Date(numberOf(BigInt(seconds)) * 1_000)),
    // `"2026-11-22 00:00:00"`, as it stands in an array.
    localEdges: cellsOf(row.localEdges).map((text) => `${text.slice(1, 11)}T${text.slice(12, 17)}`),
    before: row.before,
    asOf: row.asOf,
  };
}

/** Arrays of plain cells are taken apart here: the driver looks at every character of them. */
const cellsOf = (array: string) => array.slice(1, -1).split(',');

/** Which day it is in a zone; null where the server does not know the zone. */
export async function findToday(db: Queryable, timeZone: string): Promise<LocalDate | null> {
  const [row] = await db.query<{ today: LocalDate | null }>(
    sql`SELECT ledger.today_in(${timeZone})::text AS today`,
  );
  return row?.today ?? null;
}

/** The instants at which the first day begins and the last one ends; null where the server does not know the zone. */
export async function findDays(
  db: Queryable,
  { from, to, timeZone }: { from: LocalDate | undefined; to: LocalDate | undefined; timeZone: string },
): Promise<{ start: Date | null; end: Date | null } | null> {
  const [row] = await db.query<{ known: boolean; start: Date | null; end: Date | null }>(sql`
    SELECT ledger.today_in(${timeZone}) IS NOT NULL AS known,
           (ledger.usage_edges(${timeZone}, ${from ?? null}::date, ${from ?? null}::date, 'whole'))[1] AS start,
           (ledger.usage_edges(${timeZone}, ${to ?? null}::date, ${to ?? null}::date, 'whole'))[2] AS end`);
  return row?.known === true ? { start: row.start, end: row.end } : null;
}

type UsageAsked = {
  accountId: AccountId;
  timeZone: string;
  /** Those of a grain in the zone; the first may lie as far back as it likes. */
  edges: readonly Date[];
  grain: UsageGrain;
  by: UsageSplit;
  metadataKey?: string | undefined;
  services?: readonly string[] | undefined;
  apiKeyIds?: readonly string[] | undefined;
  /** Names beyond these are one. */
  mostNames: number;
};

/** What was used between two edges; `period` 0 lies between the first and the second. */
type UsagePart = UsageSums & { period: number };
/** What was used under one name, period by period; one may come several times, and is then their sum. */
export type NamedUsage = { name: string | null; isRest: boolean; parts: UsagePart[] };

type NamedRow = Pick<NamedUsage, 'name' | 'isRest'> &
  Record<'periods' | 'counts' | 'used' | 'returned' | 'durationsMs', string>;

/** An account's usage between edges, exact at this moment; without the names and periods that have none. */
export async function readNamedUsage(db: Queryable, asked: UsageAsked): Promise<NamedUsage[]> {
  const rows = await db.query<NamedRow>(
    sql`
      SELECT name, is_rest AS "isRest", periods::text, counts::text, used::text, returned::text,
             durations_ms::text AS "durationsMs"
        FROM ledger.usage(
             ${asked.accountId}, ${asked.timeZone}, ${[...asked.edges]}::timestamptz[], ${asked.grain}, ${asked.by},
             ${asked.metadataKey ?? null}, ${asked.services ? [...asked.services] : null}::text[],
             ${asked.apiKeyIds ? asked.apiKeyIds.map((id) => id || NO_KEY) : null}::uuid[], ${asked.mostNames})`,
    'ledger.usage',
  );
  return rows.map((row) => ({ name: row.name, isRest: row.isRest, parts: partsOf(row) }));
}

function partsOf(row: NamedRow): UsagePart[] {
  const counts = cellsOf(row.counts);
  const used = cellsOf(row.used);
  const returned = cellsOf(row.returned);
  const durations = cellsOf(row.durationsMs);
  return cellsOf(row.periods).map((period, index) => ({
    period: numberOf(BigInt(period)) - 1,
    count: numberOf(BigInt(counts[index] ?? 0)),
    used: credits(BigInt(used[index] ?? 0)),
    returned: credits(BigInt(returned[index] ?? 0)),
    durationMs: numberOf(BigInt(durations[index] ?? 0)),
  }));
}

/** How the database says that a charge came by no API key. */
export const NO_KEY = '00000000-0000-0000-0000-000000000000';

export type LifetimeUsage = { count: number; used: Credits; returned: Credits; purchased: Credits };

/** All that an account ever used, was given back of it, and bought. */
export async function readLifetimeUsage(db: Queryable, accountId: AccountId): Promise<LifetimeUsage> {
  const [row] = await db.query<Omit<LifetimeUsage, 'count'> & { count: bigint }>(
    sql`SELECT count, used, returned, purchased FROM ledger.usage_lifetime(${accountId})`,
  );
  if (!row) throw new Error(`Account ${accountId} has no usage`);
  return { ...row, count: numberOf(row.count) };
}
