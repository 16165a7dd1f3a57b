import sql, { type Sql } from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';
import { EXPIRY_NOTICE_DAYS, TOLD_EARLY_DAYS } from '@/lib/domain/notice-days';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** Of a grant `g` and its account's balance `b`: what is left of it. The head's is in the register. */
const LEFT = sql`(CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END)`;

/** Grants of which something is lost within so many days of `now`, and nobody was told. Not allowances: the next one follows. */
const untold = (now: Sql, days: number) => sql`
    g.remaining > 0 AND ${LEFT} > 0 AND g.kind <> 'allowance'
    AND g.expires_at > ${now} AND g.expires_at <= ${now} + make_interval(days => ${days})
    AND NOT EXISTS (SELECT FROM credit_expiry_notices n WHERE n.account_id = g.account_id AND n.grant_id = g.grant_id)`;

/** Accounts with credits that expire soon, and who were not told so yet; the earliest end first. */
export async function dueCreditExpiries(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(sql`
    WITH clock AS MATERIALIZED (SELECT ledger.now() AS now)
    SELECT g.account_id AS id
      FROM clock, grants g JOIN balances b USING (account_id)
     WHERE ${untold(sql`clock.now`, EXPIRY_NOTICE_DAYS)}
     GROUP BY g.account_id ORDER BY min(g.expires_at), g.account_id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

type Noticed = { accountId: AccountId; at: Date };

/** Keeps that an account is told of credits that expire, once for each grant; false where there is nothing to tell. */
export async function keepCreditExpiryNotices(tx: Tx, { accountId, at }: Noticed): Promise<boolean> {
  const now = sql`${at}::timestamptz`;
  const grants = sql`grants g JOIN balances b USING (account_id) WHERE g.account_id = ${accountId}`;
  const kept = await tx.query(sql`
    INSERT INTO credit_expiry_notices (account_id, grant_id, noticed_at)
    SELECT g.account_id, g.grant_id, ${at}
      FROM ${grants} AND ${untold(now, EXPIRY_NOTICE_DAYS + TOLD_EARLY_DAYS)}
       AND EXISTS (SELECT FROM ${grants} AND ${untold(now, EXPIRY_NOTICE_DAYS)})
     ORDER BY g.grant_id
    ON CONFLICT DO NOTHING RETURNING grant_id`);
  return kept.length > 0;
}

export type ExpiringCredits = { left: Credits; expiresAt: Date };

/** What is left of the credits that a notice of that instant is about, the first to expire first. */
export const listExpiringCredits = (db: Queryable, { accountId, at }: Noticed): Promise<ExpiringCredits[]> =>
  db.query<ExpiringCredits>(sql`
    SELECT ${LEFT} AS left, g.expires_at AS "expiresAt"
      FROM credit_expiry_notices n JOIN grants g USING (account_id, grant_id) JOIN balances b USING (account_id)
     WHERE n.account_id = ${accountId} AND n.noticed_at = ${at} AND ${LEFT} > 0 AND g.expires_at > ledger.now()
     ORDER BY g.expires_at, g.grant_id`);
