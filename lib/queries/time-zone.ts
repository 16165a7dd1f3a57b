import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const timeZoneQuery = queryOptions({
  queryKey: ['time-zone'],
  queryFn: async () => getJson('/api/time-zone', (await import('@/lib/contracts/time-zone')).AccountTimeZone),
});
