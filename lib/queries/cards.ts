import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const cardsQuery = queryOptions({
  queryKey: ['cards'],
  queryFn: async () => getJson('/api/cards', (await import('@/lib/contracts/card')).Cards),
});

/** Under the same name, so that whatever changes a card asks for this again, too. */
export const expiringCardQuery = queryOptions({
  queryKey: [...cardsQuery.queryKey, 'expiring'],
  queryFn: async () => getJson('/api/cards/expiring', (await import('@/lib/contracts/card')).ExpiringCard),
});
