import type { WebhookEndpoints } from '@/lib/contracts/webhook-endpoint';
import type { AccountCtx } from '@/lib/db/context';
import { listDeliveries } from '@/lib/db/webhook-deliveries';
import { listEndpoints } from '@/lib/db/webhook-endpoints';
import { EVENT_TOPICS } from '@/lib/domain/event-topic';
import { wireEventOf } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

const DELIVERIES_EACH = 20;

/** The account's systems that hear of events, the latest first, and what they were told lately. */
export async function readWebhookEndpoints({ db, now, accountId }: AccountCtx): Promise<WebhookEndpoints> {
  const book = priceBook();
  const [endpoints, deliveries] = await Promise.all([
    listEndpoints(db, accountId),
    listDeliveries(db, accountId, DELIVERIES_EACH),
  ]);
  return {
    endpoints: endpoints.map(({ topics, formerUntil, ...endpoint }) => ({
      ...endpoint,
      events: topics.map((topic) => wireEventOf(book, topic)),
      formerUntil: formerUntil !== null && formerUntil > now ? formerUntil : null,
    })),
    deliveries,
    topics: EVENT_TOPICS.map((topic) => ({ topic, name: wireEventOf(book, topic) })),
  };
}
