import type { HistoryEntry, HistoryQuery } from '@/lib/contracts/history';
import type { AccountCtx } from '@/lib/db/context';
import type { EntryKind } from '@/lib/domain/entry';
import { wireKindOf } from '@/lib/domain/price-book';
import { priceBook } from '@/price-books/price-book';

import { readHistory } from './history';

export type HistoryLine = Pick<
  HistoryEntry,
  'seq' | 'delta' | 'grantId' | 'stripeInvoiceId' | 'createdAt'
> & {
  /** As the price book calls its kind. */
  type: string;
  /** Of a charge: what was charged for. */
  chargeOf: string | null;
};

const GIVEN: readonly EntryKind[] = ['bonus', 'allowance', 'expiry'];

/** The account's history under the names of its price book; with a grant only where one was given, or expired. */
export async function readCreditHistory(
  ctx: AccountCtx,
  query: HistoryQuery,
): Promise<{ lines: HistoryLine[]; total: number }> {
  const { entries, total } = await readHistory(ctx, query);
  const lines = entries.map(({ seq, kind, delta, reference, grantId, stripeInvoiceId, createdAt }) => ({
    seq,
    type: wireKindOf(priceBook(), kind),
    delta,
    chargeOf: kind === 'consume' ? reference : null,
    grantId: GIVEN.includes(kind) ? grantId : null,
    stripeInvoiceId,
    createdAt,
  }));
  return { lines, total };
}
