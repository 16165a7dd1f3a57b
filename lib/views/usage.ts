import type { Usage, UsageGroup, UsagePeriod, UsageQuery, UsageTotals } from '@/lib/contracts/usage';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { findToday, findUsageEdges, readUsageRows, type UsageEdges, type UsageRow } from '@/lib/db/usage';
import { AppError } from '@/lib/domain/app-error';
import { daysFrom, type LocalDate } from '@/lib/domain/local-date';
import { numberOf, roundedNumber } from '@/lib/domain/number-of';
import {
  averageOf,
  changeOf,
  NO_USAGE,
  plusUsage,
  sharesOf,
  spentOf,
  type UsageSums,
} from '@/lib/domain/usage';

// More than a chart can tell apart, and few enough to list.
const MOST_NAMES = 50;
// Metadata is not rolled up: it is read charge by charge, which takes seconds beyond this.
const MOST_CHARGES_BY_METADATA = 100_000;

/** What an account used in some days, and in as many days before: by period, and by service, key or metadata. */
export const readUsage = (
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  query: UsageQuery,
): Promise<Usage> => usageOf(db, accountId, query);

/** `readUsage` for a view that reads more in the same snapshot. */
export async function usageOf(db: Queryable, accountId: AccountId, query: UsageQuery): Promise<Usage> {
  const { from, to, timeZone, grain, by } = query;
  const found = await findUsageEdges(db, { from, to, timeZone, grain, daysBefore: daysFrom(from, to) });
  if (!found) throw unknownZone(timeZone);

  const asked = { ...query, accountId, edges: [found.before, ...found.edges], isWholeDays: grain !== 'hour' };
  if (by === 'metadata') await refuseTooMany(db, asked);
  const rows = await readUsageRows(db, { ...asked, mostNames: MOST_NAMES });

  const before = sumOf(rows.filter(({ period }) => period === 0));
  const within = rows.filter(({ period }) => period > 0);
  const groups = groupsOf(rows);
  return {
    from,
    to,
    timeZone,
    grain,
    by,
    totals: totalsOf(sumOf(within)),
    before: totalsOf(before),
    change: jsonInteger(changeOf(before.used, sumOf(within).used)),
    groups,
    periods: periodsOf(found, within, groups),
    asOf: found.asOf,
  };
}

/** Which day it is in a zone. */
export async function todayIn(db: Queryable, timeZone: string): Promise<LocalDate> {
  const today = await findToday(db, timeZone);
  if (today === null) throw unknownZone(timeZone);
  return today;
}

const unknownZone = (timeZone: string) =>
  new AppError('invalid_input', `The time zone ${timeZone} is not known here.`);

async function refuseTooMany(
  db: Queryable,
  asked: Omit<Parameters<typeof readUsageRows>[1], 'mostNames'>,
): Promise<void> {
  const { count } = sumOf(await readUsageRows(db, { ...asked, by: 'service', mostNames: 0 }));
  if (count <= MOST_CHARGES_BY_METADATA) return;
  throw new AppError(
    'invalid_input',
    `That is ${count.toLocaleString('en-US')} charges, too many to split by metadata. Choose fewer days, or one service.`,
  );
}

const sumOf = (rows: readonly UsageSums[]) => rows.reduce(plusUsage, NO_USAGE);
const jsonInteger = (value: bigint | null) => (value === null ? null : roundedNumber(value));

const totalsOf = ({ count, used, returned, durationMs }: UsageSums): UsageTotals => ({
  count,
  used,
  returned,
  durationMs,
  spent: spentOf({ used, returned }),
  average: averageOf({ count, used }),
});

const keyOf = ({ name, isRest }: Pick<UsageRow, 'name' | 'isRest'>) =>
  isRest ? 'rest' : `name ${name ?? ''}`;

/** Every name that was used now or before, most used now first, the rest last. */
function groupsOf(rows: readonly UsageRow[]): UsageGroup[] {
  const found = [...groupedBy(rows, keyOf).values()].map(([first, ...others]) => {
    const of = [first, ...others];
    return {
      name: first.name,
      isRest: first.isRest,
      before: sumOf(of.filter(({ period }) => period === 0)),
      now: sumOf(of.filter(({ period }) => period > 0)),
    };
  });
  found.sort(
    (a, b) =>
      (a.isRest === b.isRest ? 0 : a.isRest ? 1 : -1) ||
      (a.now.used === b.now.used ? 0 : a.now.used < b.now.used ? 1 : -1) ||
      (a.name ?? '').localeCompare(b.name ?? '', 'en'),
  );
  const shares = sharesOf(found.map(({ now }) => now.used));
  return found.map(({ name, isRest, now, before }, index) => ({
    name,
    isRest,
    totals: totalsOf(now),
    before: totalsOf(before),
    share: numberOf(shares[index] ?? 0n),
    change: jsonInteger(changeOf(before.used, now.used)),
  }));
}

function periodsOf(
  { edges, localEdges }: UsageEdges,
  rows: readonly UsageRow[],
  groups: readonly UsageGroup[],
): UsagePeriod[] {
  const places = new Map(groups.map((group, place) => [keyOf(group), place]));
  const byPeriod = groupedBy(rows, ({ period }) => period - 1);
  return edges.slice(0, -1).map((startsAt, index) => {
    const within = byPeriod.get(index) ?? [];
    return {
      startsAt,
      localStart: localEdges[index] ?? '',
      endsAt: edges[index + 1] ?? startsAt,
      ...sumOf(within),
      groups: within.map(({ name, isRest, count, used, returned, durationMs }) => ({
        group: places.get(keyOf({ name, isRest })) ?? -1,
        count,
        used,
        returned,
        durationMs,
      })),
    };
  });
}

function groupedBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): Map<Key, [Item, ...Item[]]> {
  const groups = new Map<Key, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
