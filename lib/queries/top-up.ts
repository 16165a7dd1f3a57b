import { queryOptions } from '@tanstack/react-query';

import type { TopUp } from '@/lib/contracts/top-up';

import { getJson } from './http';

const TOP_UP_REFRESH_MS = 1_000;
const ENDED: readonly TopUp['status'][] = ['credited', 'abandoned', 'failed'];

/** One purchase, watched until it has ended. */
export const topUpQuery = (id: string) =>
  queryOptions({
    queryKey: ['top-up', id],
    queryFn: async () => getJson(`/api/top-ups/${id}`, (await import('@/lib/contracts/top-up')).TopUp),
    refetchInterval: ({ state }) =>
      state.data !== undefined && ENDED.includes(state.data.status) ? false : TOP_UP_REFRESH_MS,
  });
