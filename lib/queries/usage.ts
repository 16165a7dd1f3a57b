import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

const USAGE_REFRESH_MS = 30_000;
/** The overview's days. */
export const RECENT_USAGE = 'days=30';

/** What the usage page shows; `search` is the query of its address. */
export const usageQuery = (search: string) =>
  queryOptions({
    queryKey: ['usage', search],
    queryFn: async ({ meta }) =>
      getJson(`/api/usage?${search}`, (await import('@/lib/contracts/usage-page')).UsagePage, meta),
    refetchInterval: USAGE_REFRESH_MS,
  });
