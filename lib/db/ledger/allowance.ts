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
    SELECT opened_at AS "openedAt", last_reset_at AS "lastResetAt", next_reset_at AS "nextResetAt", remaining AS "left",
           as_of AS "asOf"
      FROM ledger.allowance(${accountId})`);
  return row ?? null;
}
