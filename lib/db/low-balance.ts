import sql, { type Sql } from 'sql-template-tag';

import {
  type AlertLevels,
  type BalanceLevel,
  type LowBalanceFacts,
  TOP_UP_OBSTACLES,
} from '@/lib/domain/low-balance';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

/** True where auto top-up of an account is enabled and nothing is known to keep it from buying. */
const toppedUp = (account: Sql) => sql`EXISTS (
  SELECT FROM auto_top_up_rules r
    LEFT JOIN LATERAL (
         SELECT f.because, f.until, f.rule_version FROM auto_top_up_records f
          WHERE f.account_id = r.account_id ORDER BY f.seq DESC LIMIT 1
    ) last ON true
   WHERE r.account_id = ${account} AND r.enabled AND r.paused_at IS NULL
     AND NOT EXISTS (SELECT FROM recoveries o WHERE o.account_id = r.account_id AND o.ended_at IS NULL)
     AND coalesce(NOT (last.rule_version = r.version AND last.because = ANY (${[...TOP_UP_OBSTACLES]}::text[])
                       AND (last.until IS NULL OR last.until > ledger.now())), true))`;

/**
 * Accounts whose level may be news to them, those with the least first; `usual` are the levels of those who set none.
 * The decision is another's.
 */
export async function dueLowBalances(db: Queryable, usual: AlertLevels, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(sql`
    WITH clock AS MATERIALIZED (SELECT ledger.now() AS now),
    seen AS (
         SELECT b.account_id, b.balance - b.held AS left, n.level AS told, n.seq, n.noticed_at,
                (CASE WHEN b.balance - b.held <= 0 THEN 'exhausted'
                      WHEN b.balance - b.held <= coalesce(l.critical, ${usual.critical}) THEN 'critical'
                      WHEN b.balance - b.held <= coalesce(l.warning, ${usual.warning}) THEN 'warning'
                      ELSE 'enough' END)::balance_level AS level
           FROM balances b
           LEFT JOIN low_balance_notices n USING (account_id)
           LEFT JOIN alert_levels l USING (account_id)
          -- What has expired and is not swept yet only lowers it: that comes within a minute.
          WHERE b.seq > 0 AND (b.balance - b.held <= coalesce(l.warning, ${usual.warning}) OR n.noticed_at IS NOT NULL)
    )
    SELECT s.account_id AS id
      FROM seen s, clock
     WHERE (s.level > 'enough'
            AND (s.level > s.told
                 OR EXISTS (SELECT FROM grants g WHERE g.account_id = s.account_id AND g.grant_id > coalesce(s.seq, 0)))
            AND NOT ${toppedUp(sql`s.account_id`)})
        OR (s.level < s.told AND s.noticed_at <= clock.now - interval '1 day')
     ORDER BY s.left, s.account_id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}

/** What is known of an account's level, under the lock of what it was told, and up to which entry that is. */
export async function lockLowBalance(
  tx: Tx,
  accountId: AccountId,
): Promise<{ facts: LowBalanceFacts; seq: bigint; asOf: Date }> {
  await tx.query(sql`
    INSERT INTO low_balance_notices (account_id, level, seq, noticed_at)
    VALUES (${accountId}, 'exhausted', 0, ledger.now()) ON CONFLICT DO NOTHING`);
  await tx.query(sql`SELECT FROM low_balance_notices WHERE account_id = ${accountId} FOR UPDATE`);
  const [row] = await tx.query<LowBalanceFacts & { seq: bigint; asOf: Date }>(sql`
    SELECT free.available, n.level AS told, n.noticed_at <= free.as_of - interval '1 day' AS "isLongAgo",
           ${toppedUp(sql`n.account_id`)} AS "isToppedUp", b.seq, free.as_of AS "asOf",
           (SELECT max(e.balance_after)
              FROM grants g JOIN entries e ON e.account_id = g.account_id AND e.seq = g.grant_id
             WHERE g.account_id = n.account_id AND g.grant_id > n.seq) AS peak
      FROM low_balance_notices n JOIN balances b USING (account_id) CROSS JOIN LATERAL ledger.balance(n.account_id) AS free
     WHERE n.account_id = ${accountId}`);
  if (!row) throw new Error('An account has no balance');
  const { seq, asOf, ...facts } = row;
  return { facts, seq, asOf };
}

type Told = { accountId: AccountId; told: BalanceLevel; seq: bigint; at: Date };

export async function keepToldLevel(tx: Tx, { accountId, told, seq, at }: Told): Promise<void> {
  await tx.query(sql`
    UPDATE low_balance_notices SET level = ${told}::balance_level, seq = ${seq}, noticed_at = ${at} WHERE account_id = ${accountId}`);
}

/** Credits that rose above nothing are not looked at again. */
export async function markCreditsSeen(
  tx: Tx,
  { accountId, seq }: Pick<Told, 'accountId' | 'seq'>,
): Promise<void> {
  await tx.query(sql`UPDATE low_balance_notices SET seq = ${seq} WHERE account_id = ${accountId}`);
}

/** What is available at this moment, and the ledger's clock. */
export async function findAvailable(
  db: Queryable,
  accountId: AccountId,
): Promise<{ available: LowBalanceFacts['available']; asOf: Date } | null> {
  const [row] = await db.query<{ available: LowBalanceFacts['available']; asOf: Date }>(
    sql`SELECT available, as_of AS "asOf" FROM ledger.balance(${accountId})`,
  );
  return row ?? null;
}
