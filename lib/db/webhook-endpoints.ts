import { randomBytes } from 'node:crypto';

import sql from 'sql-template-tag';

import { AppError } from '@/lib/domain/app-error';
import type { EventTopic } from '@/lib/domain/event-topic';
import type { DisabledBecause } from '@/lib/domain/webhook-retry';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';
import { isSealedAnew, seal, type Sealing, unseal } from './sealed';

const SECRET_BYTES = 32;
/** As Standard Webhooks writes them. */
const newSecret = () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** How long the secret before the last roll still signs beside the new one. */
const FORMER_FOR = sql`interval '24 hours'`;

type EndpointKey = { accountId: AccountId; id: string };
const sealingOf = ({ accountId, id }: EndpointKey): Sealing => ({
  purpose: 'webhook-secret',
  of: `${accountId}:${id}`,
});
type NewEndpoint = EndpointKey & {
  url: string;
  topics: readonly EventTopic[];
  createdBy: string;
  now: Date;
};

/** Adds an endpoint and gives its secret, which nobody can read again; an id makes one only. */
export async function addEndpoint(db: Queryable, endpoint: NewEndpoint): Promise<string> {
  const { accountId, id, url, topics, createdBy, now } = endpoint;
  const secret = newSecret();
  const rows = await db.query(sql`
    INSERT INTO webhook_endpoints (account_id, id, url, topics, secret, created_by, created_at)
    VALUES (${accountId}, ${id}, ${url}, ${topics}::text[], ${seal(secret, sealingOf(endpoint))}, ${createdBy}, ${now})
    ON CONFLICT (account_id, id) DO NOTHING
    RETURNING id`);
  if (rows.length === 0)
    throw new AppError(
      'conflict',
      'This endpoint was added already, and its secret cannot be shown again. Roll it to see a new one.',
    );
  return secret;
}

/** Held until the transaction ends, so that two who add at once count one after the other. */
export async function countEndpoints(tx: Tx, accountId: AccountId): Promise<number> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('webhook_endpoints', ${accountId}))`);
  const [row] = await tx.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM webhook_endpoints WHERE account_id = ${accountId}`,
  );
  return row?.count ?? 0;
}

/** An endpoint without its secret; disabled where it says why. */
type EndpointRow = {
  id: string;
  url: string;
  topics: EventTopic[];
  disabledBecause: DisabledBecause | null;
  formerUntil: Date | null;
  createdAt: Date;
};
const COLUMNS = sql`id, url, topics, disabled_because AS "disabledBecause", former_until AS "formerUntil",
  created_at AS "createdAt"`;

/** The latest first. */
export const listEndpoints = (db: Queryable, accountId: AccountId) =>
  db.query<EndpointRow>(
    sql`SELECT ${COLUMNS} FROM webhook_endpoints WHERE account_id = ${accountId} ORDER BY created_at DESC, id`,
  );

export async function findEndpoint(
  db: Queryable,
  { accountId, id }: EndpointKey,
): Promise<EndpointRow | null> {
  const [row] = await db.query<EndpointRow>(
    sql`SELECT ${COLUMNS} FROM webhook_endpoints WHERE account_id = ${accountId} AND id = ${id}`,
  );
  return row ?? null;
}

/** A new secret, while the one before it signs on for a day; null where there is no such endpoint. */
export async function rollEndpointSecret(
  db: Queryable,
  { accountId, id, now }: EndpointKey & { now: Date },
): Promise<string | null> {
  const secret = newSecret();
  const rows = await db.query(sql`
    UPDATE webhook_endpoints
       SET former_secret = secret, former_until = ${now}::timestamptz + ${FORMER_FOR},
           secret = ${seal(secret, sealingOf({ accountId, id }))}
     WHERE account_id = ${accountId} AND id = ${id}
    RETURNING id`);
  return rows.length === 0 ? null : secret;
}

/** Whether there is such an endpoint; what waited for it goes on. */
export async function enableEndpoint(db: Queryable, { accountId, id }: EndpointKey): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE webhook_endpoints SET state = 'enabled', disabled_because = NULL
     WHERE account_id = ${accountId} AND id = ${id}
    RETURNING id`);
  return rows.length > 0;
}

/** Takes the endpoint away, with its secret and the log of what was sent. */
export async function removeEndpoint(db: Queryable, { accountId, id }: EndpointKey): Promise<boolean> {
  const rows = await db.query(
    sql`DELETE FROM webhook_endpoints WHERE account_id = ${accountId} AND id = ${id} RETURNING id`,
  );
  return rows.length > 0;
}

/**
 * Stops an endpoint that is gone, or that took nothing since an event was written down for it which it refused for days.
 * Whether it stopped just now.
 */
export async function disableEndpoint(
  tx: Tx,
  { accountId, id, because, since }: EndpointKey & { because: DisabledBecause; since: Date },
): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE webhook_endpoints e SET state = 'disabled', disabled_because = ${because}
     WHERE account_id = ${accountId} AND id = ${id} AND state = 'enabled'
       AND (${because} = 'gone' OR NOT EXISTS (
             SELECT 1 FROM webhook_deliveries d
              WHERE d.account_id = e.account_id AND d.endpoint_id = e.id AND d.state = 'delivered' AND NOT d.is_test
                AND d.last_at >= ${since}))
    RETURNING id`);
  return rows.length > 0;
}

/** The secret as it signs; one that was stored before secrets were sealed stands there as it is. */
export const openSecret = (stored: string, key: EndpointKey): string =>
  stored.startsWith('whsec_') ? stored : unseal(stored, sealingOf(key));

type SecretsRow = EndpointKey & { secret: string; former: string | null };

/** Seals what is not sealed under the environment's secret of today; how many endpoints that were. */
export async function sealSecretsAnew(tx: Tx): Promise<number> {
  const rows = await tx.query<SecretsRow>(sql`
    SELECT account_id AS "accountId", id, secret, former_secret AS former FROM webhook_endpoints FOR UPDATE`);
  const stale = rows.filter(({ secret, former }) => ![secret, former ?? secret].every(isSealedAnew));
  for (const { secret, former, ...key } of stale) {
    const anew = (stored: string) => seal(openSecret(stored, key), sealingOf(key));
    await tx.query(sql`
      UPDATE webhook_endpoints SET secret = ${anew(secret)}, former_secret = ${former === null ? null : anew(former)}
       WHERE account_id = ${key.accountId} AND id = ${key.id}`);
  }
  return stale.length;
}
