import type { AccountCtx } from '@/lib/db/context';
import type { Credits } from '@/lib/domain/credits';
import { wireKindOf } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

import { readActivity } from './activity';

export type Transaction = {
  id: string;
  /** As the price book calls its kind. */
  type: string;
  delta: Credits;
  balanceAfter: Credits;
  reference: string;
  service: string | null;
  createdAt: Date;
};

/** The account's activity under the names that its price book gives to the kinds. */
export async function readTransactions(
  ctx: AccountCtx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ transactions: Transaction[]; nextCursor: string | null }> {
  const { entries, nextBefore } = await readActivity(ctx, { limit, before: cursor });
  const transactions = entries.map(({ seq, kind, ...entry }) => ({
    id: seq,
    type: wireKindOf(priceBook(), kind),
    delta: entry.delta,
    balanceAfter: entry.balanceAfter,
    reference: entry.reference,
    service: entry.service,
    createdAt: entry.createdAt,
  }));
  return { transactions, nextCursor: nextBefore };
}
