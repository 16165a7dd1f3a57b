import type { WebhookDeliveryById } from '@/lib/contracts/webhook-endpoint';
import type { AccountCtx } from '@/lib/db/context';
import { sendAgain } from '@/lib/db/webhook-deliveries';
import { AppError } from '@/lib/domain/app-error';

/** Sends an event to an endpoint again: the same id and the same bytes, under a new moment. */
export async function replayWebhookDelivery(
  { db, now, accountId }: AccountCtx,
  { endpointId, eventId }: WebhookDeliveryById,
): Promise<WebhookDeliveryById> {
  if (!(await sendAgain(db, { accountId, endpointId, eventId, now })))
    throw new AppError('not_found', 'Nothing like this was sent to this endpoint.');
  return { endpointId, eventId };
}
