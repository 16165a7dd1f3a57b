import type { TestWebhookEndpoint } from '@/lib/contracts/webhook-endpoint';
import type { AccountCtx } from '@/lib/db/context';
import { keepTestDelivery } from '@/lib/db/webhook-deliveries';
import { findEndpoint } from '@/lib/db/webhook-endpoints';
import { AppError } from '@/lib/domain/app-error';
import { TEST_EVENT, testBodyOf } from '@/lib/domain/webhook-event';

import { noSuchEndpoint } from './refusals';

/** Sends an endpoint a test event, once; the log says what came of it. */
export async function testWebhookEndpoint(
  { db, now, accountId }: AccountCtx,
  { id, testId }: TestWebhookEndpoint,
): Promise<TestWebhookEndpoint> {
  const endpoint = await findEndpoint(db, { accountId, id });
  if (endpoint === null) throw noSuchEndpoint();
  if (endpoint.disabledBecause !== null)
    throw new AppError('conflict', 'This endpoint is disabled. Enable it, and test it then.');

  const eventId = `evt_${testId.replaceAll('-', '')}`;
  const body = testBodyOf({ id: eventId, at: now });
  await keepTestDelivery(db, { accountId, endpointId: id, eventId, name: TEST_EVENT, body, now });
  return { id, testId };
}
