import { queryOptions } from '@tanstack/react-query';

import { Balance } from '@/lib/contracts/balance';

import { getJson } from './http';

// Short enough that a purchase shows while the customer still looks, long enough not to be load.
const BALANCE_REFRESH_MS = 3_000;

export const balanceQuery = queryOptions({
  queryKey: ['balance'],
  queryFn: () => getJson('/api/balance', Balance),
  refetchInterval: BALANCE_REFRESH_MS,
});
