import type { AccountCtx } from '@/lib/db/context';
import { claimIdempotencyKey } from '@/lib/db/idempotency-keys';

import { keyReused } from './refusals';

/** Binds a key to the request that came with it, for good. Refuses another request under the same key. */
export async function bindIdempotencyKey(
  { db, accountId }: AccountCtx,
  { key, hash }: { key: string; hash: Buffer },
): Promise<void> {
  if (!(await claimIdempotencyKey(db, { accountId, key, hash }))) throw keyReused();
}
