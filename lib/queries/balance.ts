import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';
import { unlessLive } from './live-state';

// Short enough that a purchase shows while the customer still looks, long enough not to be load.
const BALANCE_REFRESH_MS = 3_000;

export const balanceQuery = queryOptions({
  queryKey: ['balance'],
  queryFn: async ({ meta }) =>
    getJson('/api/balance', (await import('@/lib/contracts/balance')).Balance, meta),
  refetchInterval: unlessLive(BALANCE_REFRESH_MS),
});
