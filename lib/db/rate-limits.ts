import { createHash } from 'node:crypto';

import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

import type { Database } from './database';

/** So many in so many seconds, from the first on; the name is its own in the whole program. */
export type Limit = { name: string; most: number; seconds: number };

const MS = 1_000;
const limiters = new WeakMap<Database['pool'], Map<string, RateLimiterPostgres>>();

/** Counted in the database, so that all processes count together and a restart forgives nobody. */
function limiterOf({ pool }: Database, { name, most, seconds }: Limit): RateLimiterPostgres {
  const ofPool = limiters.get(pool) ?? new Map<string, RateLimiterPostgres>();
  limiters.set(pool, ofPool);
  const known = ofPool.get(name);
  if (known) return known;
  const made = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: name,
    points: most,
    duration: seconds,
  });
  ofPool.set(name, made);
  return made;
}

/** Addresses of people and machines are counted, and not kept. */
const keyOf = (who: string) => createHash('sha256').update(who).digest('base64url');

/** Counts one; null when it was within the limit, else the seconds until there is another. */
export async function takeOne(db: Database, limit: Limit, who: string): Promise<number | null> {
  try {
    await limiterOf(db, limit).consume(keyOf(who));
    return null;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / MS));
    throw refused;
  }
}

/** What was counted turned out not to be what the limit is for. */
export async function giveBackOne(db: Database, limit: Limit, who: string): Promise<void> {
  await limiterOf(db, limit).reward(keyOf(who));
}

/** Begins anew, as if nothing had been counted. */
export async function forgive(db: Database, limit: Limit, who: string): Promise<void> {
  await limiterOf(db, limit).delete(keyOf(who));
}
