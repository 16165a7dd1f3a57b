import sql from 'sql-template-tag';

import type { Queryable, Tx } from './database';

export type KeptEvent = { eventId: string; type: string; objectId: string };

/**
 * Keeps an event once, and tells whether it still waits to be handled. The payload is not kept: it is a hint, never
 * evidence.
 */
export async function keepStripeEvent(
  tx: Tx,
  event: KeptEvent & { apiVersion: string; createdAt: Date },
): Promise<'waiting' | 'handled'> {
  await tx.query(sql`
    INSERT INTO stripe_events (event_id, type, object_id, api_version, created_at)
    VALUES (${event.eventId}, ${event.type}, ${event.objectId}, ${event.apiVersion}, ${event.createdAt})
    ON CONFLICT (event_id) DO NOTHING`);
  const waiting = await tx.query(
    sql`SELECT 1 FROM stripe_events WHERE event_id = ${event.eventId} AND handled_at IS NULL`,
  );
  return waiting.length === 1 ? 'waiting' : 'handled';
}

export async function findStripeEvent(db: Queryable, eventId: string): Promise<KeptEvent | null> {
  const [row] = await db.query<KeptEvent>(
    sql`SELECT event_id AS "eventId", type, object_id AS "objectId" FROM stripe_events WHERE event_id = ${eventId}`,
  );
  return row ?? null;
}

export async function markHandled(db: Queryable, eventId: string, at: Date): Promise<void> {
  await db.query(
    sql`UPDATE stripe_events SET handled_at = coalesce(handled_at, ${at}) WHERE event_id = ${eventId}`,
  );
}

/** Those of the events that nobody here has heard of. */
export async function unheardOf(db: Queryable, eventIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT id FROM unnest(${eventIds}::text[]) AS id
     WHERE NOT EXISTS (SELECT 1 FROM stripe_events e WHERE e.event_id = id)`);
  return new Set(rows.map(({ id }) => id));
}

/** Events that were kept before that moment and are not handled: their jobs gave up, or are about to try again. */
export async function listUnhandled(
  db: Queryable,
  { before, limit }: { before: Date; limit: number },
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT event_id AS id FROM stripe_events
     WHERE handled_at IS NULL AND received_at < ${before} ORDER BY received_at LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
