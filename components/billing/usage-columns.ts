import type { Usage } from '@/lib/contracts/usage';
import { credits, type Credits } from '@/lib/domain/credits';

import { groupText } from './usage-text';

// More cannot be told apart; look at the table for the rest.
const MOST_SERIES = 7;

export type UsageColumns = {
  /** From the bottom of the bars to their top. */
  series: string[];
  /** One for each day, with an amount for each of the series. */
  days: { localStart: string; amounts: Credits[] }[];
};

/** What the bars show: the services that used most, and all others as one. Each day adds up to what was used in it. */
export function usageColumns({ groups, periods }: Pick<Usage, 'groups' | 'periods'>): UsageColumns {
  const fits = groups.length <= MOST_SERIES;
  const named = fits ? groups.length : MOST_SERIES - 1;
  const series = groups.slice(0, named).map(groupText);
  if (!fits) series.push('Other');
  return {
    series,
    days: periods.map(({ localStart, groups: within }) => {
      const amounts = series.map(() => credits(0n));
      for (const { group, used } of within) {
        const place = Math.min(group, series.length - 1);
        amounts[place] = credits((amounts[place] ?? 0n) + used);
      }
      return { localStart, amounts };
    }),
  };
}
