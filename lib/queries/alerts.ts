import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: async ({ meta }) => getJson('/api/alerts', (await import('@/lib/contracts/alerts')).Alerts, meta),
});
