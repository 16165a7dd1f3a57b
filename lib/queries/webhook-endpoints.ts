import { queryOptions } from '@tanstack/react-query';

import type { WebhookEndpoints } from '@/lib/contracts/webhook-endpoint';

import { getJson } from './http';

// Asked only while something is on its way.
const ASK_AGAIN_MS = 2_000;
/** Later attempts are minutes away, and nobody sits and waits for them. */
const isOnItsWay = ({ deliveries }: WebhookEndpoints) =>
  deliveries.some(({ state, attempts }) => state === 'waiting' && attempts < 2);

export const webhookEndpointsQuery = queryOptions({
  queryKey: ['webhook-endpoints'],
  queryFn: async ({ meta }) =>
    getJson(
      '/api/webhook-endpoints',
      (await import('@/lib/contracts/webhook-endpoint')).WebhookEndpoints,
      meta,
    ),
  refetchInterval: ({ state: { data } }) => data !== undefined && isOnItsWay(data) && ASK_AGAIN_MS,
});
