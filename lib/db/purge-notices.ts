import sql, { type Sql } from 'sql-template-tag';

import type { Credits } from '@/lib/domain/credits';
import { PURGE_NOTICE_DAYS, TOLD_EARLY_DAYS } from '@/lib/domain/notice-days';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

const DAYS = sql`${[...PURGE_NOTICE_DAYS]}::integer[]`;
const EARLIEST = Math.max(...PURGE_NOTICE_DAYS);

/** Unpaid work `o` that calls for a warning of `due.days`, `early` days before its time, and has not had it at `now`. */
const untold = (now: Sql, early = 0) => sql`
    operations o
    CROSS JOIN LATERAL (
         SELECT min(days) AS days FROM unnest(${DAYS}) AS days
          WHERE o.purge_at <= ${now} + make_interval(days => days + ${early}::integer)
    ) AS due
    WHERE o.state = 'pending_payment' AND o.purge_at > ${now}
      AND o.purge_at <= ${now} + make_interval(days => ${EARLIEST + early})
      AND NOT EXISTS (
            SELECT FROM purge_notices n
             WHERE n.account_id = o.account_id AND n.reference = o.reference AND n.days_before <= due.days
          )`;

/** Accounts with unpaid work that is thrown away soon, and who were not warned of it yet; the earliest end first. */
export async function duePurgeNotices(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(sql`
    WITH clock AS MATERIALIZED (SELECT ledger.now() AS now)
    SELECT o.account_id AS id
      FROM clock CROSS JOIN ${untold(sql`clock.now`)}
     GROUP BY o.account_id ORDER BY min(o.purge_at), o.account_id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

type Noticed = { accountId: AccountId; at: Date };

/** Keeps that an account is warned, once for each piece of work and number of days; false where there is nothing to warn of. */
export async function keepPurgeNotices(tx: Tx, { accountId, at }: Noticed): Promise<boolean> {
  const now = sql`${at}::timestamptz`;
  const kept = await tx.query(sql`
    INSERT INTO purge_notices (account_id, reference, days_before, noticed_at)
    SELECT o.account_id, o.reference, due.days, ${at}
      FROM ${untold(now, TOLD_EARLY_DAYS)} AND o.account_id = ${accountId}
       AND EXISTS (SELECT FROM ${untold(now)} AND o.account_id = ${accountId})
     ORDER BY o.reference
    ON CONFLICT DO NOTHING RETURNING reference`);
  return kept.length > 0;
}

export type ComingPurge = { reference: string; service: string; amount: Credits; purgeAt: Date };

/** What a warning of that instant is about and still waits, the first to go first. */
export const listComingPurges = (db: Queryable, { accountId, at }: Noticed): Promise<ComingPurge[]> =>
  db.query<ComingPurge>(sql`
    SELECT o.reference, o.service, o.amount, o.purge_at AS "purgeAt"
      FROM purge_notices n JOIN operations o USING (account_id, reference)
     WHERE n.account_id = ${accountId} AND n.noticed_at = ${at}
       AND o.state = 'pending_payment' AND o.purge_at > ledger.now()
     ORDER BY o.purge_at, o.finished_at, o.reference`);
