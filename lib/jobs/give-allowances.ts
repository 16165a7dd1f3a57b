import { accountOfRow, type Ctx } from '@/lib/db/context';
import { dueAllowances } from '@/lib/db/ledger/allowance';
import { enqueueDue } from '@/lib/db/queue';
import { giveAllowance as give } from '@/lib/services/give-allowance';
import { priceBook } from '@/price-books/price-book';

import { MOST_A_TICK } from './schedule';

/** Finds accounts whose month is over, where the price book gives anything by the month. */
export async function giveDueAllowances({ db }: Ctx): Promise<void> {
  if (priceBook().grants.monthlyAllowance === null) return;
  const due = await dueAllowances(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'give-allowance', accountId, key: accountId })),
  );
}

export async function giveAllowance({ db }: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await give({ db }, accountOfRow(BigInt(accountId)));
}
