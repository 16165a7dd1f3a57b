import type { StatementMonths } from '@/lib/contracts/statement';
import type { AccountCtx } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { findFirstDay } from '@/lib/db/statements';
import { findTimeZone } from '@/lib/db/time-zone';
import { findToday } from '@/lib/db/usage';
import { monthsBetween } from '@/lib/domain/statement';

/** The months of an account since its first entry, as it counts its days; the newest is not over. */
export const readStatementMonths = ({
  db,
  accountId,
}: Pick<AccountCtx, 'db' | 'accountId'>): Promise<StatementMonths> => statementMonthsOf(db, accountId);

/** The same for a view that reads more in the same snapshot. */
export async function statementMonthsOf(
  db: Queryable,
  accountId: AccountCtx['accountId'],
): Promise<StatementMonths> {
  const timeZone = await findTimeZone(db, accountId);
  const first = await findFirstDay(db, { accountId, timeZone });
  const today = await findToday(db, timeZone);
  return { timeZone, months: first === null || today === null ? [] : monthsBetween(first, today) };
}
