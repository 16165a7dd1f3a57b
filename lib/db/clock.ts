import sql from 'sql-template-tag';

import type { Queryable } from './database';

/** The ledger's clock, in whole milliseconds. */
export async function readClock(db: Queryable): Promise<Date> {
  const [clock] = await db.query<{ now: Date }>(sql`SELECT ledger.now() AS now`);
  if (!clock) throw new Error('The ledger has no clock');
  return clock.now;
}
