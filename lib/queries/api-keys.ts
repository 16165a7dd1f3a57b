import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ meta }) =>
    getJson('/api/api-keys', (await import('@/lib/contracts/api-key')).ApiKeys, meta),
});
