import sql from 'sql-template-tag';

import type { ApiScope } from '@/lib/domain/api-scope';
import { numberOf } from '@/lib/domain/number-of';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type ApiKeyRow = {
  id: string;
  /** None: a key of the company's own backend, for whichever account it names. */
  accountId: AccountId | null;
  scopes: ApiScope[];
  /** The account that was named beside the key, where there is such an account. */
  named: AccountId | null;
  /** Nothing may move in the account that it would act for. */
  isFrozen: boolean;
};
export type ApiKeyAsked = { hash: Buffer; accountId: bigint | null };

/** Of the keys with these hashes, those that are good now, each with the account named beside it; null for any other. */
export async function findApiKeys(
  db: Queryable,
  asked: readonly ApiKeyAsked[],
): Promise<(ApiKeyRow | null)[]> {
  const rows = await db.query<ApiKeyRow & { place: bigint }>(
    sql`
      SELECT asked.place, k.id, k.account_id AS "accountId", k.scopes::text[] AS scopes, a.account_id AS named,
             coalesce(a.frozen_at, own.frozen_at) IS NOT NULL AS "isFrozen"
        FROM unnest(${asked.map(({ hash }) => hash)}::bytea[], ${asked.map(({ accountId }) => accountId)}::bigint[])
             WITH ORDINALITY AS asked (hash, account_id, place)
        JOIN api_keys k ON k.key_hash = asked.hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
        LEFT JOIN accounts a ON a.account_id = asked.account_id
        LEFT JOIN accounts own ON own.account_id = k.account_id`,
    'api_keys.find',
  );
  const found = new Map(rows.map(({ place, ...row }) => [numberOf(place), row]));
  return asked.map((_, index) => found.get(index + 1) ?? null);
}

/** Notes that a key is in use, once a minute at most: often enough for people, seldom enough for the hot path. */
export async function markApiKeyUsed(db: Queryable, id: string): Promise<void> {
  await db.query(
    sql`UPDATE api_keys SET last_used_at = now() WHERE id = ${id} AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    'api_keys.used',
  );
}

export type NewApiKey = {
  accountId: AccountId | null;
  hash: Buffer;
  prefix: string;
  name: string;
  scopes: readonly ApiScope[];
  createdBy: string | null;
  expiresAt: Date | null;
};

export async function keepApiKey(db: Queryable, key: NewApiKey): Promise<string> {
  const [row] = await db.query<{ id: string }>(sql`
    INSERT INTO api_keys (account_id, key_hash, prefix, name, scopes, created_by, expires_at)
    VALUES (${key.accountId}, ${key.hash}, ${key.prefix}, ${key.name}, ${key.scopes}::api_scope[], ${key.createdBy}, ${key.expiresAt})
    RETURNING id`);
  if (!row) throw new Error('api_keys gave no id');
  return row.id;
}
