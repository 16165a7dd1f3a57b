import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';

import { findToday, findUsageEdges } from '@/lib/db/usage';
import type { UsageGrain } from '@/lib/domain/usage';
import { stopClock } from '@/test/database/ledger-clock';
import { ledgerOfFile } from '@/test/database/ledger-fixtures';
import { localTime } from '@/test/database/local-time';

const ledger = await ledgerOfFile();
beforeAll(async () => {
  await stopClock(ledger.urls, new Date('2026-11-22T10:30:00Z'));
});

const edgesOf = async (timeZone: string, from: string, to: string, grain: UsageGrain = 'day') =>
  (await findUsageEdges(ledger.db, { timeZone, from, to, grain, daysBefore: 1 }))?.edges ?? [];
const hours = (edges: readonly Date[]) =>
  edges.slice(1).map((edge, index) => (edge.getTime() - (edges[index]?.getTime() ?? 0)) / 3_600_000);

describe('a day begins at the first instant that has its date', () => {
  test.each([
    { zone: 'UTC', day: '2026-06-01', start: '2026-06-01T00:00:00Z', long: 24 },
    { zone: 'Europe/Berlin', day: '2026-03-29', start: '2026-03-28T23:00:00Z', long: 23 },
    { zone: 'Europe/Berlin', day: '2026-10-25', start: '2026-10-24T22:00:00Z', long: 25 },
    { zone: 'America/New_York', day: '2026-11-01', start: '2026-11-01T04:00:00Z', long: 25 },
    { zone: 'America/St_Johns', day: '2026-03-08', start: '2026-03-08T03:30:00Z', long: 23 },
    { zone: 'Asia/Kathmandu', day: '2026-06-01', start: '2026-05-31T18:15:00Z', long: 24 },
    { zone: 'Pacific/Kiritimati', day: '2026-06-01', start: '2026-05-31T10:00:00Z', long: 24 },
    { zone: 'Pacific/Niue', day: '2026-06-01', start: '2026-06-01T11:00:00Z', long: 24 },
    { zone: 'Australia/Lord_Howe', day: '2026-04-05', start: '2026-04-04T13:00:00Z', long: 24.5 },
    // Midnight is shown twice: the day begins with the first.
    { zone: 'Atlantic/Azores', day: '2026-10-25', start: '2026-10-25T00:00:00Z', long: 25 },
    { zone: 'America/Havana', day: '2026-11-01', start: '2026-11-01T04:00:00Z', long: 25 },
    // Midnight is skipped: the day begins at one.
    { zone: 'America/Santiago', day: '2026-09-06', start: '2026-09-06T04:00:00Z', long: 23 },
    { zone: 'Africa/Cairo', day: '2026-04-24', start: '2026-04-23T22:00:00Z', long: 23 },
  ])('$zone $day at $start, for $long hours', async ({ zone, day, start, long }) => {
    const edges = await edgesOf(zone, day, day);
    expect(edges[0]).toEqual(new Date(start));
    expect(hours(edges)).toEqual([long]);
  });

  test('in every zone that this program knows, for four hundred days', async () => {
    const wrong = await ledger.db.query(sql`
      SELECT zone, day, edge
        FROM unnest(${Intl.supportedValuesOf('timeZone')}::text[]) AS zone,
             ledger.usage_edges(zone, '2026-01-01', '2027-02-04', 'day') AS edges,
             unnest(edges) WITH ORDINALITY AS e (edge, n), date_add('2026-01-01', make_interval(days => n::int - 1)) AS day
       WHERE (edge AT TIME ZONE zone)::date <> day::date OR ((edge - interval '1 ms') AT TIME ZONE zone)::date <> day::date - 1
          OR extract(epoch FROM edge) % 900 <> 0 OR cardinality(edges) <> 401
       UNION ALL
      SELECT zone, NULL, NULL FROM unnest(${Intl.supportedValuesOf('timeZone')}::text[]) AS zone
       WHERE ledger.usage_edges(zone, '2026-01-01', '2026-01-01', 'day') IS NULL`);
    expect(wrong).toEqual([]);
  });
});

describe('periods', () => {
  test.each<{ zone: string; day: string; count: number }>([
    { zone: 'Europe/Berlin', day: '2026-06-01', count: 24 },
    { zone: 'Europe/Berlin', day: '2026-03-29', count: 23 },
    { zone: 'Europe/Berlin', day: '2026-10-25', count: 25 },
    { zone: 'Asia/Kathmandu', day: '2026-10-25', count: 24 },
  ])('$zone $day has $count hours', async ({ zone, day, count }) => {
    const edges = await edgesOf(zone, day, day, 'hour');
    expect(hours(edges)).toEqual(Array.from({ length: count }, () => 1));
  });

  test('weeks begin on Mondays, and the first with the range', async () => {
    const edges = await edgesOf('Europe/Berlin', '2026-11-18', '2026-12-02', 'week');
    expect(edges.map((edge) => localTime('Europe/Berlin', edge).date)).toEqual([
      '2026-11-18',
      '2026-11-23',
      '2026-11-30',
      '2026-12-03',
    ]);
  });

  test('months begin on their first, and the first with the range', async () => {
    const edges = await edgesOf('America/New_York', '2026-10-31', '2026-12-01', 'month');
    expect(edges.map((edge) => localTime('America/New_York', edge).date)).toEqual([
      '2026-10-31',
      '2026-11-01',
      '2026-12-01',
      '2026-12-02',
    ]);
  });
});

test.each(['Mars/Olympus', 'X+3', '+05:30', 'EST5EDT,M3.2.0,M11.1.0', ''])(
  '"%s" is no zone, though PostgreSQL might take it',
  async (timeZone) => {
    const from = '2026-01-01';
    expect(
      await findUsageEdges(ledger.db, { timeZone, from, to: from, grain: 'day', daysBefore: 1 }),
    ).toBeNull();
    expect(await findToday(ledger.db, timeZone)).toBeNull();
  },
);

test('today is what the clock on the wall says', async () => {
  expect(await findToday(ledger.db, 'Pacific/Kiritimati')).toBe('2026-11-23');
  expect(await findToday(ledger.db, 'Pacific/Niue')).toBe('2026-11-21');
  const [server] = await ledger.db.query<{ zone: string }>(sql`SELECT current_setting('TimeZone') AS zone`);
  expect(server?.zone).toBe('UTC');
});
