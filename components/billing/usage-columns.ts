import type { Usage, UsageGroup } from '@/lib/contracts/usage';
import { credits, type Credits } from '@/lib/domain/credits';

// More cannot be told apart; look at the table for the rest.
const MOST_SERIES = 7;

export type UsageColumns = {
  /** From the bottom of the bars to their top. */
  series: string[];
  /** One for each period, with an amount for each of the series. */
  periods: { localStart: string; amounts: Credits[] }[];
};

/** What the bars show: the groups that used most, and all others as one. Each period adds up to what was used in it. */
export function usageColumns(
  { groups, periods }: Pick<Usage, 'groups' | 'periods'>,
  nameOf: (group: UsageGroup) => string,
): UsageColumns {
  const fits = groups.length <= MOST_SERIES;
  const named = fits ? groups.length : MOST_SERIES - 1;
  const series = groups.slice(0, named).map(nameOf);
  if (!fits) series.push('Other');
  return {
    series,
    periods: periods.map(({ localStart, groups: within }) => {
      const amounts = series.map(() => credits(0n));
      for (const { group, used } of within) {
        const place = Math.min(group, series.length - 1);
        amounts[place] = credits((amounts[place] ?? 0n) + used);
      }
      return { localStart, amounts };
    }),
  };
}
