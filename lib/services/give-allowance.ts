import type { AccountId } from '@/lib/db/context';
import type { Queryable } from '@/lib/db/database';
import { findAllowance, resetAllowance } from '@/lib/db/ledger/allowance';
import { allowancePeriodOf } from '@/lib/domain/allowance-period';
import { priceBook } from '@/price-books/price-book';

/** Gives an account the allowance of the present month where the price book has one. Twice, or late: the same. */
export async function giveAllowance({ db }: { db: Queryable }, accountId: AccountId): Promise<void> {
  const amount = priceBook().grants.monthlyAllowance;
  if (amount === null) return;

  const before = await findAllowance(db, accountId);
  if (!before) throw new Error(`There is no account ${accountId}`);
  // By the ledger's clock: a worker whose own is wrong must not begin a month.
  const period = allowancePeriodOf(before.openedAt, before.asOf);
  const { status } = await resetAllowance(db, { accountId, amount, period });
  if (status === 'conflict') throw new Error(`Account ${accountId} still has another allowance`);
  // `not_now`: the month ended between the two calls, and whoever looks next gives the new one.
}
