import type { UsageSummary, UsageSummaryQuery } from '@/lib/contracts/usage-summary';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { readLifetimeUsage } from '@/lib/db/usage';
import { plusDays } from '@/lib/domain/local-date';
import { hintsOf } from '@/lib/domain/usage';

import { todayIn, usageOf } from './usage';

/** An account's last days at a glance: by service, by day, its whole life, and what could be looked at to spend less. */
export const readUsageSummary = (
  { db, accountId }: Pick<AccountCtx, 'db' | 'accountId'>,
  { days, timeZone }: UsageSummaryQuery,
): Promise<UsageSummary> =>
  inSnapshot(db, async (snapshot) => {
    const to = await todayIn(snapshot, timeZone);
    const from = plusDays(to, 1 - days);
    const usage = await usageOf(snapshot, accountId, { from, to, timeZone, grain: 'day', by: 'service' });
    const services = usage.groups
      .filter(({ totals: { count, returned } }) => count > 0 || returned > 0n)
      .map(({ name, totals }) => ({ service: name, ...totals }));
    return {
      days,
      from,
      to,
      timeZone,
      totals: usage.totals,
      services,
      daily: usage.periods.map(({ count, used, returned }, index) => ({
        date: plusDays(from, index),
        count,
        used,
        returned,
      })),
      lifetime: await readLifetimeUsage(snapshot, accountId),
      hints: hintsOf(
        services.flatMap(({ service, ...sums }) => (service === null ? [] : [{ service, ...sums }])),
      ),
      asOf: usage.asOf,
    };
  });
