import sql from 'sql-template-tag';

import type { AccountCtx } from '@/lib/db/context';
import { AppError } from '@/lib/domain/app-error';
import { type Credits, credits } from '@/lib/domain/credits';
import { type Pools, poolsOf } from '@/lib/domain/pools';
import { priceBook } from '@/price-books/price-book';

type Row = {
  available: Credits;
  held: Credits;
  left: Credits;
  lastResetAt: Date | null;
  nextResetAt: Date | null;
  used: Credits;
  returned: Credits;
  purchased: Credits;
};

type PoolsShown = Pools &
  Pick<Row, 'available' | 'lastResetAt' | 'nextResetAt' | 'purchased'> & {
    /** Ever, without what was given back. */
    used: Credits;
    perMonth: Credits;
  };

/** What an account has by where it came from, and what it ever used and bought. */
export async function readPools({ db, accountId }: AccountCtx): Promise<PoolsShown> {
  const [row] = await db.query<Row>(sql`
    SELECT b.available, b.held, a.remaining AS "left", a.last_reset_at AS "lastResetAt", a.next_reset_at AS "nextResetAt",
           u.used, u.returned, u.purchased
      FROM ledger.balance(${accountId}) AS b, ledger.allowance(${accountId}) AS a, ledger.usage_lifetime(${accountId}) AS u`);
  if (!row) throw new AppError('not_found', 'There is no such account.', { param: 'Coffer-Account' });
  const { used, returned, ...pools } = row;
  return {
    ...pools,
    ...poolsOf(pools),
    used: credits(used - returned),
    perMonth: priceBook().grants.monthlyAllowance ?? credits(0n),
  };
}
