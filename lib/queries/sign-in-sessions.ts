import { queryOptions } from '@tanstack/react-query';

import { SignInSessions } from '@/lib/contracts/sign-in-session';

import { getJson } from './http';

export const signInSessionsQuery = queryOptions({
  queryKey: ['sign-in-sessions'],
  queryFn: () => getJson('/api/sign-in-sessions', SignInSessions),
});
