import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';
import { unlessLive } from './live-state';

const ACTIVITY_REFRESH_MS = 5_000;
export const RECENT_ENTRIES = 5;
export const ACTIVITY_PAGE_ENTRIES = 50;

/** The overview's last few lines. */
export const recentActivityQuery = queryOptions({
  queryKey: ['activity', 'recent'],
  queryFn: async ({ meta }) =>
    getJson(
      `/api/activity?limit=${RECENT_ENTRIES}`,
      (await import('@/lib/contracts/activity')).ActivityPage,
      meta,
    ),
  refetchInterval: unlessLive(ACTIVITY_REFRESH_MS),
});

/** A page of the ledger; `search` is the query of its address. Lines are added at the front, so only the first page changes. */
export const activityQuery = (search: string) =>
  queryOptions({
    queryKey: ['activity', 'page', search],
    queryFn: async ({ meta }) =>
      getJson(
        `/api/activity/shown?limit=${ACTIVITY_PAGE_ENTRIES}&${search}`,
        (await import('@/lib/contracts/activity')).ActivityShown,
        meta,
      ),
    refetchInterval: new URLSearchParams(search).has('before') ? false : unlessLive(ACTIVITY_REFRESH_MS),
  });
