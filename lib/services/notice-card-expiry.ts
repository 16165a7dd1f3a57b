import { findDefaultCard, keepExpiryNotice } from '@/lib/db/card-expiry';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import { expiryNoticeOf } from '@/lib/domain/card';

import { refreshCards } from './refresh-cards';

/** Has an account told that its default card ends soon, as Stripe describes it now; once for each card, date and notice. */
export async function noticeCardExpiry(ctx: AccountCtx): Promise<void> {
  const { db, accountId } = ctx;
  await refreshCards(ctx);
  await inTransaction(db, async (tx) => {
    const { card, asOf } = await findDefaultCard(tx, accountId);
    const daysBefore = card === null ? null : expiryNoticeOf(card, asOf);
    if (card === null || daysBefore === null) return;
    const { paymentMethod, expYear, expMonth } = card;
    const notice = { accountId, paymentMethod, expYear, expMonth, daysBefore, at: asOf };
    if (!(await keepExpiryNotice(tx, notice))) return;
    await enqueue(
      tx,
      { name: 'tell-card-expires', accountId: accountId.toString(), paymentMethod, daysBefore },
      { key: `${paymentMethod}.${expYear}-${expMonth}.${daysBefore}` },
    );
  });
}
