import type { AddWebhookEndpoint, WebhookSecret } from '@/lib/contracts/webhook-endpoint';
import type { MemberCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { addEndpoint, countEndpoints } from '@/lib/db/webhook-endpoints';
import { AppError } from '@/lib/domain/app-error';
import { EVENT_TOPICS } from '@/lib/domain/event-topic';
import { faultOfWebhookUrl } from '@/lib/domain/webhook-url';
import { env } from '@/lib/env';
import { isRefusedHost, wallWith } from '@/lib/webhooks/wall';

const MOST_ENDPOINTS = 10;

/** Adds a system that hears of events, and gives the secret that they are signed with, once. */
export async function addWebhookEndpoint(
  { db, now, accountId, userId: createdBy }: MemberCtx,
  { id, url, topics: wanted }: AddWebhookEndpoint,
): Promise<WebhookSecret> {
  refuseWrongUrl(url);
  const topics = EVENT_TOPICS.filter((topic) => wanted.includes(topic));
  const secret = await inTransaction(db, async (tx) => {
    if ((await countEndpoints(tx, accountId)) >= MOST_ENDPOINTS)
      throw new AppError('conflict', `An account has at most ${MOST_ENDPOINTS} endpoints. Remove one first.`);
    return addEndpoint(tx, { accountId, id, url, topics, createdBy, now });
  });
  return { id, secret };
}

/** Where a name leads is looked at when it is called; what is wrong as it is written is said at once. */
function refuseWrongUrl(url: string): void {
  const wall = wallWith({ toLoopback: env().COFFER_WEBHOOKS_TO_LOOPBACK });
  const fault = faultOfWebhookUrl(url, wall);
  if (fault !== null) throw new AppError('invalid_input', fault, { param: 'url' });
  if (isRefusedHost(new URL(url), wall))
    throw new AppError('invalid_input', 'This address is not on the internet.', { param: 'url' });
}
