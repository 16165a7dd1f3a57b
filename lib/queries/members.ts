import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async ({ meta }) =>
    getJson('/api/members', (await import('@/lib/contracts/member')).Members, meta),
});
