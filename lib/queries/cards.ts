import { queryOptions } from '@tanstack/react-query';

import { getJson } from './http';

export const cardsQuery = queryOptions({
  queryKey: ['cards'],
  queryFn: async ({ meta }) => getJson('/api/cards', (await import('@/lib/contracts/card')).Cards, meta),
});

/** Under the same name, so that whatever changes a card asks for this again, too. */
export const expiringCardQuery = queryOptions({
  queryKey: [...cardsQuery.queryKey, 'expiring'],
  queryFn: async ({ meta }) =>
    getJson('/api/cards/expiring', (await import('@/lib/contracts/card')).ExpiringCard, meta),
});
