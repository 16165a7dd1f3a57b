import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const timeZoneQuery = queryOptions({
  queryKey: ['time-zone'],
  queryFn: async ({ meta }) =>
    getJson('/api/time-zone', (await import('@/lib/contracts/time-zone')).AccountTimeZone, meta),
});
