import sql from 'sql-template-tag';

import type { Balance } from '@/lib/contracts/balance';
import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import { type Credits, worthOf } from '@/lib/domain/credits';
import { priceBook } from '@/price-books/price-book';

type Row = {
  total: Credits;
  available: Credits;
  held: Credits;
  frozen: Credits;
  expiringSoon: Credits;
  asOf: Date;
};

/** What the account has at this moment, and what that cost. */
export async function readBalance({ db, accountId }: AccountCtx): Promise<Balance> {
  const [row] = await db.query<Row>(sql`
    SELECT total, available, held, frozen, expiring_soon AS "expiringSoon", as_of AS "asOf" FROM ledger.balance(${accountId})`);
  if (!row) throw new AppError('not_found', 'There is no such account.', { param: 'Coffer-Account' });

  const { credit, currency } = priceBook();
  return { ...row, worth: worthOf(row.total, credit.rate), currency };
}
