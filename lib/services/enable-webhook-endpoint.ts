import type { WebhookEndpointById } from '@/lib/contracts/webhook-endpoint';
import type { AccountCtx } from '@/lib/db/context';
import { enableEndpoint } from '@/lib/db/webhook-endpoints';

import { noSuchEndpoint } from './refusals';

/** Lets an endpoint hear of events again, first of those that waited for it. */
export async function enableWebhookEndpoint(
  { db, accountId }: AccountCtx,
  { id }: WebhookEndpointById,
): Promise<WebhookEndpointById> {
  if (!(await enableEndpoint(db, { accountId, id }))) throw noSuchEndpoint();
  return { id };
}
