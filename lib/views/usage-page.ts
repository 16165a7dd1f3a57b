import type { Usage, UsagePageQuery } from '@/lib/contracts/usage';
import type { UsagePage } from '@/lib/contracts/usage-page';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { findUsageChoices } from '@/lib/db/usage-choices';
import { daysFrom, plusDays } from '@/lib/domain/local-date';
import { hintsOf, usageSplitOf, usualGrain } from '@/lib/domain/usage';

import { todayIn, usageOrTooMany } from './usage';
import { forecastOf } from './usage-forecast';

/** All that the usage page shows, at one moment. */
export const readUsagePage = ({ db, accountId }: AccountCtx, query: UsagePageQuery): Promise<UsagePage> =>
  inSnapshot(db, async (snapshot) => {
    const { days, by, from: first, to: last, ...rest } = query;
    const choices = await findUsageChoices(snapshot, accountId);
    const timeZone = query.timeZone ?? choices.timeZone;
    const to = last ?? (await todayIn(snapshot, timeZone));
    const from = first ?? plusDays(to, 1 - days);
    const grain = query.grain ?? usualGrain(daysFrom(from, to));
    const split = usageSplitOf(by) ?? { by: 'service' };
    const usage = await usageOrTooMany(snapshot, accountId, { ...rest, ...split, from, to, timeZone, grain });
    return {
      from,
      to,
      timeZone,
      grain,
      choices,
      usage: 'tooMany' in usage ? { kind: 'too-many', count: usage.tooMany } : { kind: 'read', read: usage },
      hints: 'tooMany' in usage ? [] : hintsFor(usage),
      forecast: await forecastOf(snapshot, accountId, timeZone),
    };
  });

const hintsFor = ({ by, groups }: Usage) =>
  by === 'service'
    ? hintsOf(
        groups.flatMap(({ name, totals: { count, used } }) =>
          name === null ? [] : [{ service: name, count, used }],
        ),
      )
    : [];
