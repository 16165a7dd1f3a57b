import sql from 'sql-template-tag';

import type { OutboxEvent } from '@/lib/domain/webhook-event';
import type { Attempt, Unreached } from '@/lib/domain/webhook-retry';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** Events that were not handed out yet, the oldest first, locked: another worker takes others. */
export const lockUnsentEvents = (tx: Tx, limit: number) =>
  tx.query<OutboxEvent & { accountId: AccountId }>(sql`
    SELECT x.account_id AS "accountId", x.topic, x.key, x.created_at AS at, o.service, o.amount,
           'evt_' || left(encode(sha256(convert_to(x.account_id || ':' || x.topic || ':' || x.key, 'UTF8')), 'hex'), 32) AS id
      FROM outbox x
      LEFT JOIN operations o ON o.account_id = x.account_id AND o.reference = x.key
     WHERE x.sent_at IS NULL
     ORDER BY x.created_at
     LIMIT ${limit}
       FOR UPDATE OF x SKIP LOCKED`);

type Written = { accountId: AccountId; topic: string; key: string; id: string; name: string; body: string };

/** Writes each event down for each of its account's enabled endpoints that hear of it, and marks it handed out. */
export async function handOut(tx: Tx, events: readonly Written[], now: Date): Promise<void> {
  const of = <Key extends keyof Written>(key: Key) => events.map((event) => event[key]);
  await tx.query(sql`
    WITH event AS (
        SELECT * FROM unnest(${of('accountId')}::bigint[], ${of('topic')}::text[], ${of('key')}::text[], ${of('id')}::text[],
                             ${of('name')}::text[], ${of('body')}::text[]) AS e (account_id, topic, key, id, name, body)
    ),
    written AS (
        INSERT INTO webhook_deliveries (account_id, endpoint_id, event_id, event_name, body, next_at, created_at)
        SELECT e.account_id, w.id, e.id, e.name, e.body, ${now}, ${now}
          FROM event e
          JOIN webhook_endpoints w ON w.account_id = e.account_id AND w.state = 'enabled' AND e.topic = ANY (w.topics)
        ON CONFLICT DO NOTHING
    )
    UPDATE outbox x SET sent_at = ${now} FROM event e WHERE (x.account_id, x.topic, x.key) = (e.account_id, e.topic, e.key)`);
}

type DeliveryKey = { accountId: AccountId; endpointId: string; eventId: string };

/** Writes a test down, to be sent at once; an id makes one only. */
export async function keepTestDelivery(
  db: Queryable,
  {
    accountId,
    endpointId,
    eventId,
    name,
    body,
    now,
  }: DeliveryKey & { name: string; body: string; now: Date },
): Promise<void> {
  await db.query(sql`
    INSERT INTO webhook_deliveries (account_id, endpoint_id, event_id, event_name, is_test, body, next_at, created_at)
    VALUES (${accountId}, ${endpointId}, ${eventId}, ${name}, true, ${body}, ${now}, ${now})
    ON CONFLICT DO NOTHING`);
}

/** Whether there is such a delivery; it is sent again at once, and as often as a new one. */
export async function sendAgain(
  db: Queryable,
  { accountId, endpointId, eventId, now }: DeliveryKey & { now: Date },
): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_at = ${now}
     WHERE account_id = ${accountId} AND endpoint_id = ${endpointId} AND event_id = ${eventId}
    RETURNING event_id`);
  return rows.length > 0;
}

type DeliveryRow = {
  endpointId: string;
  eventId: string;
  eventName: string;
  subject: string | null;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  lastStatus: number | null;
  lastFailure: Unreached | null;
  lastAt: Date | null;
  nextAt: Date | null;
  createdAt: Date;
};

/** What each of the account's systems was told, the latest first, and no more of any than so many. */
export const listDeliveries = (db: Queryable, accountId: AccountId, perEndpoint: number) =>
  db.query<DeliveryRow>(sql`
    SELECT d.endpoint_id AS "endpointId", d.event_id AS "eventId", d.event_name AS "eventName",
           d.body::json #>> '{data,id}' AS subject, d.state, d.attempts, d.last_status AS "lastStatus",
           d.last_failure AS "lastFailure", d.last_at AS "lastAt", d.next_at AS "nextAt", d.created_at AS "createdAt"
      FROM webhook_endpoints e
     CROSS JOIN LATERAL (
           SELECT * FROM webhook_deliveries d WHERE d.account_id = e.account_id AND d.endpoint_id = e.id
            ORDER BY d.created_at DESC LIMIT ${perEndpoint}
           ) AS d
     WHERE e.account_id = ${accountId}
     ORDER BY d.created_at DESC, d.event_id`);

export type ClaimedDelivery = DeliveryKey & {
  url: string;
  /** As they are stored: `openSecret` opens them. */
  sealedSecrets: string[];
  body: string;
  isTest: boolean;
  /** This one with it. */
  attempts: number;
  createdAt: Date;
};

type Claim = {
  now: Date;
  limit: number;
  perEndpoint: number;
  /** Those that have enough to do already. */
  busy: readonly string[];
  leaseSeconds: number;
};

/**
 * Takes what is due, from each endpoint a few, so that one with a backlog leaves room for the others. Whoever takes it and
 * vanishes loses it when the lease ends: it is sent again.
 */
export const claimDueDeliveries = (db: Queryable, { now, limit, perEndpoint, busy, leaseSeconds }: Claim) =>
  db.query<ClaimedDelivery>(sql`
    WITH due AS (
        SELECT d.account_id, d.endpoint_id, d.event_id, e.url, e.secret, e.former_secret, e.former_until
          FROM webhook_endpoints e
         CROSS JOIN LATERAL (
               SELECT * FROM webhook_deliveries d
                WHERE d.account_id = e.account_id AND d.endpoint_id = e.id AND d.state = 'waiting' AND d.next_at <= ${now}
                ORDER BY d.next_at
                LIMIT ${perEndpoint}
                  FOR UPDATE SKIP LOCKED
               ) AS d
         WHERE e.state = 'enabled' AND e.id <> ALL (${busy}::uuid[])
         ORDER BY d.next_at
         LIMIT ${limit}
    )
    UPDATE webhook_deliveries d
       SET attempts = d.attempts + 1, next_at = ${now}::timestamptz + make_interval(secs => ${leaseSeconds})
      FROM due
     WHERE (d.account_id, d.endpoint_id, d.event_id) = (due.account_id, due.endpoint_id, due.event_id)
    RETURNING d.account_id AS "accountId", d.endpoint_id AS "endpointId", d.event_id AS "eventId", due.url, d.body,
              d.is_test AS "isTest", d.attempts, d.created_at AS "createdAt",
              CASE WHEN due.former_until > ${now} THEN ARRAY[due.secret, due.former_secret] ELSE ARRAY[due.secret] END AS "sealedSecrets"`);

type Result = {
  delivery: DeliveryKey & { attempts: number };
  attempt: Attempt;
  state: 'delivered' | 'waiting' | 'failed';
  nextAt: Date | null;
  now: Date;
};

/** Writes down what came of an attempt, unless another one was begun since. */
export async function markAttempt(
  tx: Queryable,
  { delivery, attempt, state, nextAt, now }: Result,
): Promise<boolean> {
  const { accountId, endpointId, eventId, attempts } = delivery;
  const rows = await tx.query(sql`
    UPDATE webhook_deliveries
       SET state = ${state}::webhook_delivery_state, next_at = ${nextAt}, last_at = ${now},
           last_status = ${'status' in attempt ? attempt.status : null},
           last_failure = ${'unreached' in attempt ? attempt.unreached : null}
     WHERE account_id = ${accountId} AND endpoint_id = ${endpointId} AND event_id = ${eventId}
       AND state = 'waiting' AND attempts = ${attempts}
    RETURNING event_id`);
  return rows.length > 0;
}
