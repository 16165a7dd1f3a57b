import { findAlertLevels } from '@/lib/db/alerts';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { keepToldLevel, lockLowBalance, markCreditsSeen } from '@/lib/db/low-balance';
import { enqueue } from '@/lib/db/queue';
import { alertLevelsOf, decideLowBalance } from '@/lib/domain/low-balance';
import { priceBook } from '@/price-books/price-book';

/** Has an account told that little is left, once for each level that it falls to. */
export async function noticeLowBalance({ db, accountId }: AccountCtx): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { facts, seq, asOf: at } = await lockLowBalance(tx, accountId);
    const decision = decideLowBalance(
      facts,
      alertLevelsOf(priceBook(), await findAlertLevels(tx, accountId)),
    );
    if (decision.kind === 'leave') return markCreditsSeen(tx, { accountId, seq });
    const { told } = decision;
    await keepToldLevel(tx, { accountId, told, seq, at });
    if (decision.kind !== 'tell') return;
    const noticedAt = at.toISOString();
    await enqueue(
      tx,
      { name: 'tell-low-balance', accountId: accountId.toString(), level: decision.told, noticedAt },
      { key: `${accountId}.${noticedAt}` },
    );
  });
}
