import sql from 'sql-template-tag';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type AccountRow = {
  accountId: AccountId;
  name: string;
  createdAt: Date;
  frozenAt: Date | null;
  frozenBecause: string | null;
};

/** An account by its number; null where there is none. */
export async function findAccount(db: Queryable, accountId: bigint): Promise<AccountRow | null> {
  const [row] = await db.query<AccountRow>(sql`
    SELECT account_id AS "accountId", name, created_at AS "createdAt", frozen_at AS "frozenAt", frozen_because AS "frozenBecause"
      FROM accounts WHERE account_id = ${accountId}`);
  return row ?? null;
}
