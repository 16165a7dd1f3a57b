import type { WebhookEndpointById, WebhookSecret } from '@/lib/contracts/webhook-endpoint';
import type { AccountCtx } from '@/lib/db/context';
import { rollEndpointSecret } from '@/lib/db/webhook-endpoints';

import { noSuchEndpoint } from './refusals';

/** Gives an endpoint a new secret; events are signed with the one before it, too, for a day. */
export async function rollWebhookSecret(
  { db, now, accountId }: AccountCtx,
  { id }: WebhookEndpointById,
): Promise<WebhookSecret> {
  const secret = await rollEndpointSecret(db, { accountId, id, now });
  if (secret === null) throw noSuchEndpoint();
  return { id, secret };
}
