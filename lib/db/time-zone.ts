import sql from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

/** The zone in which an account counts its days. */
export async function findTimeZone(db: Queryable, accountId: AccountId): Promise<string> {
  const [row] = await db.query<{ timeZone: string }>(
    sql`SELECT time_zone AS "timeZone" FROM accounts WHERE account_id = ${accountId}`,
  );
  if (!row) throw new Error(`There is no account ${accountId}`);
  return row.timeZone;
}

/** Sets the zone in which an account counts its days. False, and nothing changed, where the server knows none so named. */
export async function setTimeZone(db: Queryable, accountId: AccountId, timeZone: string): Promise<boolean> {
  const [row] = await db.query<{ known: boolean }>(
    sql`SELECT ledger.set_time_zone(${accountId}, ${timeZone}) AS known`,
  );
  return row?.known ?? false;
}
