import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

const USAGE_REFRESH_MS = 30_000;

/** What the usage page shows; `search` is the query of its address. */
export const usageQuery = (search: string) =>
  queryOptions({
    queryKey: ['usage', search],
    queryFn: async () =>
      getJson(`/api/usage?${search}`, (await import('@/lib/contracts/usage-page')).UsagePage),
    refetchInterval: USAGE_REFRESH_MS,
  });
