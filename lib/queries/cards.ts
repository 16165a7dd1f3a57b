import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const cardsQuery = queryOptions({
  queryKey: ['cards'],
  queryFn: async () => getJson('/api/cards', (await import('@/lib/contracts/card')).Cards),
});
