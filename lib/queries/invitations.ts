import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async ({ meta }) =>
    getJson('/api/invitations', (await import('@/lib/contracts/invitation')).Invitations, meta),
});
