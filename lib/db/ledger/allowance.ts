import sql from 'sql-template-tag';

import type { AllowancePeriod } from '@/lib/domain/allowance-period';
import type { Credits } from '@/lib/domain/credits';

import type { AccountId } from '../context';
import type { Queryable } from '../database';
import { ask } from './outcome';

/**
 * Gives an account its allowance for a period, once: what the last one left is lost with it. `not_now` where the ledger's
 * clock is outside the period, `conflict` where another allowance still lasts.
 */
export const resetAllowance = (
  db: Queryable,
  { accountId, amount, period }: { accountId: AccountId; amount: Credits; period: AllowancePeriod },
) =>
  ask(db, {
    name: 'reset_allowance',
    call: sql`
      SELECT status, seq, balance, available
        FROM ledger.reset_allowance(${accountId}, ${amount}, ${period.startsAt}, ${period.endsAt})`,
    statuses: ['applied', 'replayed', 'conflict', 'not_now'],
  });

/** Accounts whose allowance has ended, or that never had one. */
export async function dueAllowances(db: Queryable, limit: number): Promise<AccountId[]> {
  const rows = await db.query<{ id: AccountId }>(
    sql`SELECT account_id AS id FROM ledger.due_allowances(${limit})`,
  );
  return rows.map(({ id }) => id);
}

export type Allowance = {
  openedAt: Date;
  /** When the present allowance was given; null before the first. */
  lastResetAt: Date | null;
  nextResetAt: Date | null;
  /** What is left of it, whether anything else is held or owed; nothing once it has ended. */
  left: Credits;
  /** The ledger's clock. */
  asOf: Date;
};

/** How an account stands with its monthly allowance; null where there is no such account. */
export async function findAllowance(db: Queryable, accountId: AccountId): Promise<Allowance | null> {
  const [row] = await db.query<Allowance>(sql`
    SELECT a.created_at AS "openedAt", g.created_at AS "lastResetAt", a.allowance_resets_at AS "nextResetAt",
           CASE WHEN g.expires_at <= now THEN 0
                WHEN g.grant_id = b.head_grant THEN b.head_left
                ELSE coalesce(g.remaining, 0) END AS left,
           now AS "asOf"
      FROM accounts a
      JOIN balances b ON b.account_id = a.account_id
     CROSS JOIN ledger.now() AS now
      LEFT JOIN LATERAL (
           SELECT grant_id, created_at, expires_at, remaining FROM grants
            WHERE account_id = a.account_id AND kind = 'allowance' AND reference LIKE 'allowance:%'
            ORDER BY grant_id DESC LIMIT 1
      ) AS g ON true
     WHERE a.account_id = ${accountId}`);
  return row ?? null;
}
