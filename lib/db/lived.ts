import sql from 'sql-template-tag';

import type { Cents, Credits } from '@/lib/domain/credits';

import type { AccountId } from './context';
import type { Queryable } from './database';

/** Charges of one service, or one other change of the balance. */
export type LivedRow = {
  at: Date;
  delta: Credits;
  service: string | null;
  isCharge: boolean;
  /** Bought by an automatic top-up. */
  isAuto: boolean;
};

/** What an account's credits did since `from`, oldest first. `step` sums up the charges of so long. */
export const listLived = (
  db: Queryable,
  {
    accountId,
    from,
    step,
    most,
  }: { accountId: AccountId; from: Date; step: string | null; most: number | null },
): Promise<LivedRow[]> =>
  db.query(sql`
    SELECT at, delta, service, is_charge AS "isCharge", is_auto AS "isAuto"
      FROM ledger.lived(${accountId}, ${from}, ${step}::interval, ${most})`);

/** What automatic top-ups since `from` cost that were credited. */
export async function sumAutoTopUps(
  db: Queryable,
  { accountId, from }: { accountId: AccountId; from: Date },
): Promise<{ count: number; totalCents: Cents }> {
  const [row] = await db.query<{ count: number; totalCents: Cents }>(sql`
    SELECT count(*)::integer AS count, coalesce(sum(price_cents), 0)::bigint AS "totalCents"
      FROM top_ups
     WHERE account_id = ${accountId} AND origin = 'auto' AND status = 'credited' AND credited_at >= ${from}`);
  if (!row) throw new Error('A sum is one row');
  return row;
}

/** When an account was opened: nothing is known of it before. */
export async function findOpening(db: Queryable, accountId: AccountId): Promise<Date> {
  const [row] = await db.query<{ at: Date }>(
    sql`SELECT created_at AS at FROM accounts WHERE account_id = ${accountId}`,
  );
  if (!row) throw new Error(`There is no account ${accountId}`);
  return row.at;
}
