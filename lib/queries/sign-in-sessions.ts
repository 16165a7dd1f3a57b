import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const signInSessionsQuery = queryOptions({
  queryKey: ['sign-in-sessions'],
  queryFn: async ({ meta }) =>
    getJson('/api/sign-in-sessions', (await import('@/lib/contracts/sign-in-session')).SignInSessions, meta),
});
