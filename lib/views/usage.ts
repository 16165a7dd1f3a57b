import type { Usage, UsageGroup, UsagePeriod, UsageQuery, UsageTotals } from '@/lib/contracts/usage';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { findTimeZone } from '@/lib/db/time-zone';
import { findToday, findUsageEdges, type NamedUsage, readNamedUsage, type UsageEdges } from '@/lib/db/usage';
import { AppError } from '@/lib/domain/app-error';
import { credits } from '@/lib/domain/credits';
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
// What no roll-up has is read charge by charge, which takes seconds beyond this.
const MOST_CHARGES_READ = 100_000;

/** What an account used in some days, and in as many days before: by period, and by service, key, member or metadata. */
export const readUsage = (
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  query: UsageQuery,
): Promise<Usage> => usageOf(db, accountId, query);

/** `readUsage` for a view that reads more in the same snapshot. */
export async function usageOf(db: Queryable, accountId: AccountId, query: UsageQuery): Promise<Usage> {
  const usage = await usageOrTooMany(db, accountId, query);
  if (!('tooMany' in usage)) return usage;
  throw new AppError('invalid_input', `${tooManySentence(usage.tooMany)}.`);
}

/** The usage; or how many charges would have to be read one by one for it, where those are too many. */
export async function usageOrTooMany(
  db: Queryable,
  accountId: AccountId,
  query: UsageQuery,
): Promise<Usage | { tooMany: number }> {
  const { from, to, timeZone, grain, by } = query;
  const found = await findUsageEdges(db, { from, to, timeZone, grain, daysBefore: daysFrom(from, to) });
  if (!found) throw unknownZone(timeZone);

  const asked = { ...query, accountId, edges: [found.before, ...found.edges] };
  if (await isReadOneByOne(db, accountId, query)) {
    const count = await countCharges(db, asked);
    if (count > MOST_CHARGES_READ) return { tooMany: count };
  }
  const named = (await readNamedUsage(db, { ...asked, mostNames: MOST_NAMES }))
    .map(sumsOf)
    .toSorted(mostUsedFirst);

  const totals = sumOf(named.map(({ now }) => now));
  const before = sumOf(named.map(({ before }) => before));
  const shares = sharesOf(named.map(({ now }) => now.used));
  return {
    from,
    to,
    timeZone,
    grain,
    by,
    totals: totalsOf(totals),
    before: totalsOf(before),
    change: jsonInteger(changeOf(before.used, totals.used)),
    groups: named.map((group, place) => toGroup(group, shares[place] ?? 0n)),
    periods: periodsOf(found, named),
    asOf: found.asOf,
  };
}

/** Which day it is in a zone. */
export async function todayIn(db: Queryable, timeZone: string): Promise<LocalDate> {
  const today = await findToday(db, timeZone);
  if (today === null) throw unknownZone(timeZone);
  return today;
}

export const unknownZone = (timeZone: string) =>
  new AppError('invalid_input', `The time zone ${timeZone} is not known here.`);

/** Of metadata there is no roll-up; of keys there are days in the account's own zone. */
async function isReadOneByOne(db: Queryable, accountId: AccountId, query: UsageQuery): Promise<boolean> {
  const { by, grain, timeZone, apiKeyIds } = query;
  if (by === 'metadata') return true;
  if (by === 'service' && apiKeyIds === undefined) return false;
  return grain === 'hour' || timeZone !== (await findTimeZone(db, accountId));
}

/** By service there is always a roll-up; those of all keys are counted, because all of them would be read. */
async function countCharges(
  db: Queryable,
  asked: Omit<Parameters<typeof readNamedUsage>[1], 'mostNames'>,
): Promise<number> {
  const all = await readNamedUsage(db, { ...asked, by: 'service', apiKeyIds: undefined, mostNames: 0 });
  return sumOf(all.flatMap(({ parts }) => parts)).count;
}

const tooManySentence = (count: number) =>
  `That is ${count.toLocaleString('en-US')} charges to read one by one. Choose fewer days, one service, or days of the account's own time zone`;

const sumOf = (sums: readonly UsageSums[]) => sums.reduce(plusUsage, NO_USAGE);
const jsonInteger = (value: bigint | null) => (value === null ? null : roundedNumber(value));

const totalsOf = ({ count, used, returned, durationMs }: UsageSums): UsageTotals => ({
  count,
  used,
  returned,
  durationMs,
  spent: spentOf({ used, returned }),
  average: averageOf({ count, used }),
});

type Summed = NamedUsage & { before: UsageSums; now: UsageSums };

const sumsOf = (named: NamedUsage): Summed => ({
  ...named,
  before: sumOf(named.parts.filter(({ period }) => period === 0)),
  now: sumOf(named.parts.filter(({ period }) => period > 0)),
});

/** The rest last; of equals, as they are spelled. */
const mostUsedFirst = (a: Summed, b: Summed) =>
  (a.isRest === b.isRest ? 0 : a.isRest ? 1 : -1) ||
  (a.now.used === b.now.used ? 0 : a.now.used < b.now.used ? 1 : -1) ||
  (a.name ?? '').localeCompare(b.name ?? '', 'en');

const toGroup = ({ name, isRest, now, before }: Summed, share: bigint): UsageGroup => ({
  name,
  isRest,
  totals: totalsOf(now),
  before: totalsOf(before),
  share: numberOf(share),
  change: jsonInteger(changeOf(before.used, now.used)),
});

function periodsOf({ edges, localEdges }: UsageEdges, named: readonly Summed[]): UsagePeriod[] {
  const periods = edges.slice(0, -1).map((startsAt, index) => ({
    startsAt,
    localStart: localEdges[index] ?? '',
    endsAt: edges[index + 1] ?? startsAt,
    ...NO_USAGE,
    groups: [] as UsagePeriod['groups'],
  }));
  for (const [group, { parts }] of named.entries()) {
    for (const part of parts) {
      // The days before the range are no period of it.
      const period = periods[part.period - 1];
      if (period) addTo(period, group, part);
    }
  }
  return periods;
}

function addTo(period: UsagePeriod, group: number, part: UsageSums): void {
  period.count += part.count;
  period.used = credits(period.used + part.used);
  period.returned = credits(period.returned + part.returned);
  period.durationMs += part.durationMs;
  const { count, used, returned, durationMs } = part;
  const last = period.groups.at(-1);
  if (last?.group !== group) period.groups.push({ group, count, used, returned, durationMs });
  else Object.assign(last, plusUsage(last, part));
}
