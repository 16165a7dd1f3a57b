import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';
import { unlessLive } from './live-state';

// A charge that was just agreed to is decided, paid and credited within seconds.
const REFRESH_MS = 3_000;

export const autoTopUpQuery = queryOptions({
  queryKey: ['auto-top-up'],
  queryFn: async ({ meta }) =>
    getJson('/api/auto-top-up', (await import('@/lib/contracts/auto-top-up')).AutoTopUp, meta),
  refetchInterval: unlessLive(REFRESH_MS),
});

/** Asked of Stripe, so that no page waits for it. */
export const chargedCardQuery = queryOptions({
  queryKey: ['auto-top-up', 'card'],
  queryFn: async ({ meta }) =>
    getJson('/api/auto-top-up/card', (await import('@/lib/contracts/auto-top-up')).ChargedCard, meta),
});

/** What the account lived through, once: every rule that is tried on it is tried here. */
export const livedQuery = (days: number) =>
  queryOptions({
    queryKey: ['auto-top-up', 'lived', days],
    queryFn: async ({ meta }) =>
      getJson(
        `/api/auto-top-up/lived?days=${days}`,
        (await import('@/lib/contracts/auto-top-up')).Lived,
        meta,
      ),
    staleTime: Infinity,
  });
