import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const authenticatorQuery = queryOptions({
  queryKey: ['authenticator'],
  queryFn: async ({ meta }) =>
    getJson('/api/authenticator', (await import('@/lib/contracts/authenticator')).Authenticator, meta),
});
