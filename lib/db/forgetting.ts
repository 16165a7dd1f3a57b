import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from './database';

/** Deletes at most so many, and says how many those were. */
type Forget = (db: Queryable, most: number) => Promise<number>;

const deleted =
  (statement: (most: number) => Sql): Forget =>
  async (db, most) =>
    (await db.query(statement(most))).length;

/** Stripe's events that were handled before. What was not handled stays, however old. */
export const handledEvents = (before: Date): Forget =>
  deleted(
    (most) => sql`
      DELETE FROM stripe_events WHERE event_id IN (
        SELECT event_id FROM stripe_events WHERE handled_at < ${before} LIMIT ${most}) RETURNING 1`,
  );

/** What customers' systems were told before that, or would not hear. What still waits stays. */
export const endedDeliveries = (before: Date): Forget =>
  deleted(
    (most) => sql`
      DELETE FROM webhook_deliveries WHERE (account_id, endpoint_id, event_id) IN (
        SELECT account_id, endpoint_id, event_id FROM webhook_deliveries
         WHERE state <> 'waiting' AND created_at < ${before} AND last_at < ${before} LIMIT ${most}) RETURNING 1`,
  );

/** Counts whose time is over: the next one begins anew with them or without. */
export const endedLimits = (now: Date): Forget =>
  deleted(
    (most) => sql`
      DELETE FROM rate_limits WHERE key IN (
        SELECT key FROM rate_limits WHERE expire < ${now.getTime()} LIMIT ${most}) RETURNING 1`,
  );
