import type { WebhookEndpointById } from '@/lib/contracts/webhook-endpoint';
import type { AccountCtx } from '@/lib/db/context';
import { removeEndpoint } from '@/lib/db/webhook-endpoints';

import { noSuchEndpoint } from './refusals';

/** Takes an endpoint away: it hears of nothing from now on, and what was sent to it is forgotten. */
export async function removeWebhookEndpoint(
  { db, accountId }: AccountCtx,
  { id }: WebhookEndpointById,
): Promise<WebhookEndpointById> {
  if (!(await removeEndpoint(db, { accountId, id }))) throw noSuchEndpoint();
  return { id };
}
