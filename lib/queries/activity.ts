import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import type { ActivityPage } from '@/lib/contracts/activity';

import { getJson } from './http';

const page = async (path: string) => getJson(path, (await import('@/lib/contracts/activity')).ActivityPage);

const ACTIVITY_REFRESH_MS = 5_000;
export const RECENT_ENTRIES = 5;
export const ACTIVITY_PAGE_ENTRIES = 50;

/** The overview's last few lines. */
export const recentActivityQuery = queryOptions({
  queryKey: ['activity', 'recent'],
  queryFn: () => page(`/api/activity?limit=${RECENT_ENTRIES}`),
  refetchInterval: ACTIVITY_REFRESH_MS,
});

/** The whole ledger, newest first, a page at a time. */
export const activityQuery = infiniteQueryOptions({
  queryKey: ['activity', 'all'],
  queryFn: ({ pageParam }) =>
    page(`/api/activity?limit=${ACTIVITY_PAGE_ENTRIES}${pageParam === null ? '' : `&before=${pageParam}`}`),
  refetchInterval: ACTIVITY_REFRESH_MS,
  initialPageParam: null as string | null,
  getNextPageParam: (last: ActivityPage) => last.nextBefore,
});
