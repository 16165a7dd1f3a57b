import sql from 'sql-template-tag';

import { credits } from '@/lib/domain/credits';
import { type Pace, paceOf } from '@/lib/domain/runway';
import { spentOf } from '@/lib/domain/usage';

import type { AccountId } from './context';
import type { Queryable } from './database';
import { readNamedUsage } from './usage';

const WEEK_MS = 7 * 86_400_000;

/** How fast an account uses its credits. */
export async function readPace(
  db: Queryable,
  { accountId, now }: { accountId: AccountId; now: Date },
): Promise<Pace> {
  const named = await readNamedUsage(db, {
    accountId,
    timeZone: 'UTC',
    edges: [new Date(now.getTime() - WEEK_MS), now],
    grain: 'hour',
    by: 'service',
    mostNames: 1,
  });
  const used = named
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => credits(sum + spentOf(part)), credits(0n));
  const [first] = await db.query<{ at: Date }>(sql`
    SELECT created_at AS at FROM entries WHERE account_id = ${accountId} AND kind = 'consume' ORDER BY seq LIMIT 1`);
  return paceOf({ used, firstUsedAt: first?.at ?? null }, now);
}
