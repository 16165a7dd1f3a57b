import sql from 'sql-template-tag';

import { type KeptCard, NOTICE_DAYS, type NoticeDays } from '@/lib/domain/card';

import { listCards } from './cards';
import { readClock } from './clock';
import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** The default card of an account and the ledger's clock. */
export async function findDefaultCard(
  db: Queryable,
  accountId: AccountId,
): Promise<{ card: KeptCard | null; asOf: Date }> {
  const card = (await listCards(db, accountId)).find(({ isDefault }) => isDefault) ?? null;
  return { card, asOf: await readClock(db) };
}

/** Accounts whose default card ends soon, and who were not told so yet; the earliest end first. */
export async function dueExpiryNotices(db: Queryable, limit: number): Promise<AccountId[]> {
  const [soonest, earliest] = [Math.min(...NOTICE_DAYS), Math.max(...NOTICE_DAYS)];
  const rows = await db.query<{ id: AccountId }>(sql`
    WITH clock AS MATERIALIZED (
         SELECT ledger.now() AS now, ledger.now() AT TIME ZONE 'UTC' AS utc
    )
    SELECT c.account_id AS id
      FROM clock, cards c
     CROSS JOIN LATERAL (
           SELECT (make_date(c.exp_year, c.exp_month, 1) + interval '1 month') AT TIME ZONE 'UTC' AS ends
     ) AS card
     WHERE c.is_default
       AND (c.exp_year, c.exp_month) >= (extract(year FROM utc)::int, extract(month FROM utc)::int)
       AND ends <= now + make_interval(days => ${earliest})
       AND NOT EXISTS (
             SELECT FROM card_expiry_notices n
              WHERE n.account_id = c.account_id AND n.payment_method = c.payment_method
                AND n.exp_year = c.exp_year AND n.exp_month = c.exp_month
                AND (n.days_before = ${soonest} OR ends > now + make_interval(days => ${soonest}))
           )
     ORDER BY c.exp_year, c.exp_month, c.account_id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

type Notice = Pick<KeptCard, 'paymentMethod' | 'expYear' | 'expMonth'> & {
  accountId: AccountId;
  daysBefore: NoticeDays;
  at: Date;
};

/** Keeps that an account is told, once for a card, its date and the number of days; false where it was told before. */
export async function keepExpiryNotice(tx: Tx, notice: Notice): Promise<boolean> {
  const { accountId, paymentMethod, expYear, expMonth, daysBefore, at } = notice;
  const kept = await tx.query(sql`
    INSERT INTO card_expiry_notices (account_id, payment_method, exp_year, exp_month, days_before, noticed_at)
    VALUES (${accountId}, ${paymentMethod}, ${expYear}, ${expMonth}, ${daysBefore}, ${at})
    ON CONFLICT DO NOTHING
    RETURNING payment_method`);
  return kept.length === 1;
}
