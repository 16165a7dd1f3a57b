import sql from 'sql-template-tag';

import type { ApiScope } from '@/lib/domain/api-scope';
import { AppError } from '@/lib/domain/app-error';
import { numberOf } from '@/lib/domain/number-of';

import { newApiKey } from './api-key-text';
import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

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
  id: string;
  accountId: AccountId | null;
  name: string;
  scopes: readonly ApiScope[];
  createdBy: string | null;
  expiresAt: Date | null;
};

/** Makes a key and gives its text, which nobody can read again; an id makes one key only. */
export async function makeApiKey(db: Queryable, key: NewApiKey): Promise<string> {
  const { text, hash, prefix } = newApiKey(key.accountId === null ? 'service' : 'account');
  const rows = await db.query(sql`
    INSERT INTO api_keys (id, account_id, key_hash, prefix, name, scopes, created_by, expires_at)
    VALUES (${key.id}, ${key.accountId}, ${hash}, ${prefix}, ${key.name}, ${key.scopes}::api_scope[], ${key.createdBy}, ${key.expiresAt})
    ON CONFLICT (id) DO NOTHING
    RETURNING id`);
  if (rows.length === 0)
    throw new AppError(
      'conflict',
      'This key was created already, and its text cannot be shown again. Revoke it, and create another.',
    );
  return text;
}

export type LockedApiKey = Pick<NewApiKey, 'name' | 'scopes' | 'expiresAt'> & { createdAt: Date };

/** A key of the account that is good at `now`, so that it changes under nobody's hands; null where there is none. */
export async function lockApiKey(
  tx: Tx,
  { accountId, id, now }: { accountId: AccountId; id: string; now: Date },
): Promise<LockedApiKey | null> {
  const [key] = await tx.query<LockedApiKey>(sql`
    SELECT name, scopes::text[] AS scopes, created_at AS "createdAt", expires_at AS "expiresAt" FROM api_keys
     WHERE account_id = ${accountId} AND id = ${id} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})
       FOR UPDATE`);
  return key ?? null;
}

/** A key goes on until `endsAt`, and no longer than it would have. */
export async function markApiKeyEnding(
  tx: Tx,
  { accountId, id, endsAt }: { accountId: AccountId; id: string; endsAt: Date },
): Promise<void> {
  await tx.query(sql`
    UPDATE api_keys SET expires_at = least(expires_at, ${endsAt}) WHERE account_id = ${accountId} AND id = ${id}`);
}

/** Whether the account has such a key; it is out from `now` on, and stays out since when it first was. */
export async function markApiKeyRevoked(
  db: Queryable,
  { accountId, id, now }: { accountId: AccountId; id: string; now: Date },
): Promise<boolean> {
  const rows = await db.query(sql`
    UPDATE api_keys SET revoked_at = COALESCE(revoked_at, ${now})
     WHERE account_id = ${accountId} AND id = ${id}
    RETURNING id`);
  return rows.length > 0;
}
