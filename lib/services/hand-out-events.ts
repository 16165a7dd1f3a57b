import type { Ctx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { handOut, lockUnsentEvents } from '@/lib/db/webhook-deliveries';
import { wireEventOf } from '@/lib/domain/price-book';
import { bodyOf } from '@/lib/domain/webhook-event';
import { priceBook } from '@/price-books/price-book';

/**
 * Writes the outbox's oldest events down for every endpoint that is to hear of them, and marks them handed out in the same
 * transaction. How many there were.
 */
export const handOutEvents = ({ db, now }: Ctx, limit: number): Promise<number> =>
  inTransaction(db, async (tx) => {
    const events = await lockUnsentEvents(tx, limit);
    if (events.length === 0) return 0;
    const named = events.map((event) => {
      const name = wireEventOf(priceBook(), event.topic);
      return { ...event, name, body: bodyOf(name, event) };
    });
    await handOut(tx, named, now);
    return events.length;
  });
