import type { Usage, UsagePeriod, UsageTotals } from '@/lib/contracts/usage';
import type { UsageChoices } from '@/lib/contracts/usage-choices';
import { plusDays } from '@/lib/domain/local-date';
import { numberOf } from '@/lib/domain/number-of';
import { averageOf, sharesOf, spentOf } from '@/lib/domain/usage';

import { periodText } from '../ui/time-text';
import { chargesOf, narrowedTo } from './usage-address';
import type { UsageLine } from './usage-table';
import { changeText, groupText, shareText } from './usage-text';

const WHOLE = 10_000;

/** The sum of the lines, as the tiles say it. */
export const lineOfAll = (usage: Usage, search: string): UsageLine => ({
  id: 'all',
  title: 'All',
  href: `/activity?${chargesOf(search, usage)}`,
  totals: usage.totals,
  share: usage.totals.used === 0n ? '–' : shareText(WHOLE),
  change: changeText(usage.change),
});

/** A line for each group, the most used first; it leads to its single charges. */
export const linesOfGroups = (usage: Usage, choices: UsageChoices, search: string): UsageLine[] =>
  usage.groups.map((group) => {
    const narrowed = narrowedTo(usage.by, group, choices);
    return {
      id: `${group.isRest} ${group.name}`,
      title: groupText(usage.by, group, choices),
      href: narrowed === null ? null : `/activity?${chargesOf(search, usage, narrowed)}`,
      totals: group.totals,
      share: shareText(group.share),
      change: changeText(group.change),
    };
  });

/** A line for each period in which something happened, the latest first. */
export function linesOfPeriods(usage: Usage, search: string): UsageLine[] {
  const { periods, grain, timeZone, to } = usage;
  const shares = sharesOf(periods.map(({ used }) => used));
  const lines = periods.map((period, index): UsageLine => {
    const from = period.localStart.slice(0, 10);
    const next = periods[index + 1]?.localStart.slice(0, 10);
    // The day of an hour is as near as the filters of the activity come.
    const last = grain === 'hour' ? from : next === undefined ? to : plusDays(next, -1);
    return {
      id: period.startsAt.toISOString(),
      title: periodText(period.localStart, grain),
      href: `/activity?${chargesOf(search, { from, to: last, timeZone })}`,
      totals: totalsOf(period),
      share: shareText(numberOf(shares[index] ?? 0n)),
      change: null,
    };
  });
  return lines.filter(({ totals: { count, returned } }) => count > 0 || returned > 0n).toReversed();
}

const totalsOf = ({ count, used, returned, durationMs }: UsagePeriod): UsageTotals => ({
  count,
  used,
  returned,
  durationMs,
  spent: spentOf({ used, returned }),
  average: averageOf({ count, used }),
});
