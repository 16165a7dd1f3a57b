import sql from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

/** Binds a key to a request for good. False where another request has it. */
export async function claimIdempotencyKey(
  db: Queryable,
  { accountId, key, hash }: { accountId: AccountId; key: string; hash: Buffer },
): Promise<boolean> {
  const [row] = await db.query<{ isOurs: boolean }>(sql`
    WITH claimed AS (
      INSERT INTO idempotency_keys (account_id, key, request_hash) VALUES (${accountId}, ${key}, ${hash})
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT true AS "isOurs" FROM claimed
     UNION ALL
    SELECT request_hash = ${hash} FROM idempotency_keys WHERE account_id = ${accountId} AND key = ${key}`);
  return row?.isOurs ?? (await claimIdempotencyKey(db, { accountId, key, hash }));
}
