import { queryOptions } from '@tanstack/react-query';

import { TopUp } from '@/lib/contracts/top-up';

import { getJson } from './http';

const TOP_UP_REFRESH_MS = 1_000;
const ENDED: readonly TopUp['status'][] = ['credited', 'abandoned', 'failed'];

/** One purchase, watched until it has ended. */
export const topUpQuery = (id: string) =>
  queryOptions({
    queryKey: ['top-up', id],
    queryFn: () => getJson(`/api/top-ups/${id}`, TopUp),
    refetchInterval: ({ state }) =>
      state.data !== undefined && ENDED.includes(state.data.status) ? false : TOP_UP_REFRESH_MS,
  });
