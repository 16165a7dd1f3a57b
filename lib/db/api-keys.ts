import sql from 'sql-template-tag';

import type { ApiScope } from '@/lib/domain/api-scope';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type ApiKeyRow = {
  id: string;
  /** None: a key of the company's own backend, for whichever account it names. */
  accountId: AccountId | null;
  scopes: ApiScope[];
};

/** Of the keys with these hashes, those that are good now; null in the place of any other. */
export async function findApiKeys(db: Queryable, hashes: readonly Buffer[]): Promise<(ApiKeyRow | null)[]> {
  const rows = await db.query<ApiKeyRow & { hash: Buffer }>(
    sql`
      SELECT id, account_id AS "accountId", scopes::text[] AS scopes, key_hash AS hash FROM api_keys
       WHERE key_hash = ANY (${hashes}::bytea[]) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    'api_keys.find',
  );
  const found = new Map(rows.map(({ hash, ...row }) => [hash.toString('hex'), row]));
  return hashes.map((hash) => found.get(hash.toString('hex')) ?? null);
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
