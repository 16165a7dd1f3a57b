import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async () => getJson('/api/members', (await import('@/lib/contracts/member')).Members),
});
