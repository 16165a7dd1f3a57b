import { stripe } from './client';
import { everyOf } from './every';
import { inOurWords, type VerifiedEvent } from './verify-event';

// Stripe's own limit.
const MOST_TYPES = 20;

/** Everything of these types that happened at Stripe since, whether or not anybody was told of it. Stripe keeps thirty days. */
export async function listEvents(types: readonly string[], since: Date): Promise<VerifiedEvent[]> {
  const created = { gte: Math.floor(since.getTime() / 1_000) };
  const found: VerifiedEvent[] = [];
  for (let at = 0; at < types.length; at += MOST_TYPES) {
    const some = { types: types.slice(at, at + MOST_TYPES), created, limit: 100 };
    for (const event of await everyOf(stripe().events.list(some))) found.push(inOurWords(event));
  }
  return found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}
