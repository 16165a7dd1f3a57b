import type { StatementOf } from '@/lib/contracts/statement';
import { findAccount } from '@/lib/db/accounts';
import type { AccountCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import { readStatement } from '@/lib/db/statements';
import { findDays } from '@/lib/db/usage';
import { AppError } from '@/lib/domain/app-error';
import { monthEnd } from '@/lib/domain/local-date';
import { provenStatement } from '@/lib/domain/statement';
import { priceBook } from '@/price-books/price-book';

import { statementMonthsOf } from './statement-months';
import { drawStatement, type StatementPaper } from './statement-paper';

/** An account's month on paper: all of it is one moment of the ledger, and adds up, or there is none. */
export async function* exportStatement(ctx: AccountCtx, asked: StatementOf): AsyncGenerator<Uint8Array> {
  yield* drawStatement(await paperOf(ctx, asked));
}

const paperOf = ({ db, accountId, now }: AccountCtx, { month }: StatementOf): Promise<StatementPaper> =>
  inSnapshot(db, async (snapshot) => {
    const { timeZone, months } = await statementMonthsOf(snapshot, accountId);
    if (!months.includes(month))
      throw new AppError('not_found', 'There is no statement of this month: nothing was on the ledger yet.');
    const from = `${month}-01`;
    const days = await findDays(snapshot, { from, to: monthEnd(from), timeZone });
    if (!days?.start || !days.end) throw new Error(`Month ${month} has no days in ${timeZone}`);
    const { start, end } = days;
    const statement = await readStatement(snapshot, accountId, { start, end });
    provenStatement(statement);
    const account = await findAccount(snapshot, accountId);
    return {
      ...statement,
      month,
      timeZone,
      account: { id: accountId, name: account?.name ?? '' },
      isOver: now >= end,
      writtenAt: now,
      book: priceBook(),
    };
  });
