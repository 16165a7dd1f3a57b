import type { UsageForecast, UsageForecastQuery } from '@/lib/contracts/usage-summary';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { inSnapshot, type Queryable } from '@/lib/db/database';
import { type Credits, credits } from '@/lib/domain/credits';
import { daysFrom, monthEnd, monthStart, plusDays } from '@/lib/domain/local-date';
import { forecastOfMonth } from '@/lib/domain/month-forecast';
import { spentOf } from '@/lib/domain/usage';

import { todayIn, usageOf } from './usage';

// Four weeks: the last one says what is likely, all of them how much it varies.
const HISTORY_DAYS = 28;

/** What the account's month has cost so far, and what it will come to when it goes on like this. */
export const readUsageForecast = (
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  { timeZone }: UsageForecastQuery,
): Promise<UsageForecast> => inSnapshot(db, (snapshot) => forecastOf(snapshot, accountId, timeZone));

/** `readUsageForecast` for a view that reads more in the same snapshot. */
export async function forecastOf(
  snapshot: Queryable,
  accountId: AccountId,
  timeZone: string,
): Promise<UsageForecast> {
  const today = await todayIn(snapshot, timeZone);
  const from = monthStart(today);
  const to = monthEnd(today);
  const firstOfHistory = plusDays(today, -HISTORY_DAYS);
  const start = from < firstOfHistory ? from : firstOfHistory;
  const usage = await usageOf(snapshot, accountId, {
    from: start,
    to: today,
    timeZone,
    grain: 'day',
    by: 'service',
  });
  const days = usage.periods.map((period, index) => ({
    date: plusDays(start, index),
    spent: spentOf(period),
  }));
  const soFar = sumOf(days.filter(({ date }) => date >= from));
  return {
    from,
    to,
    timeZone,
    soFar,
    forecast: forecastOfMonth({
      soFar,
      today: sumOf(days.filter(({ date }) => date === today)),
      daysLeft: daysFrom(today, to) - 1,
      history: days.filter(({ date }) => date >= firstOfHistory && date < today).map(({ spent }) => spent),
    }),
    asOf: usage.asOf,
  };
}

const sumOf = (days: readonly { spent: Credits }[]) =>
  days.reduce((sum, { spent }) => credits(sum + spent), credits(0n));
