import { queryOptions } from '@tanstack/react-query';

import type { UsageOfDaysQuery } from '@/lib/contracts/usage';

import { getJson } from './http';

const USAGE_REFRESH_MS = 30_000;

/** The last so many days, by service. */
export const usageQuery = ({ days, timeZone }: UsageOfDaysQuery) =>
  queryOptions({
    queryKey: ['usage', days, timeZone],
    queryFn: async () =>
      getJson(
        `/api/usage?${new URLSearchParams({ days: `${days}`, timeZone })}`,
        (await import('@/lib/contracts/usage')).Usage,
      ),
    refetchInterval: USAGE_REFRESH_MS,
  });
