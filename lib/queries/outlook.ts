import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';
import { unlessLive } from './live-state';

// Slower than the balance: it is a forecast, and costs a look at a week of usage.
const REFRESH_MS = 15_000;

export const outlookQuery = queryOptions({
  queryKey: ['outlook'],
  queryFn: async ({ meta }) =>
    getJson('/api/outlook', (await import('@/lib/contracts/outlook')).Outlook, meta),
  refetchInterval: unlessLive(REFRESH_MS),
});
