import { readClock } from '@/lib/db/clock';
import type { AccountCtx } from '@/lib/db/context';
import { keepCreditExpiryNotices } from '@/lib/db/credit-expiry';
import { inTransaction } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';

/** Has an account told which of its credits expire soon; once for each grant. */
export async function noticeCreditExpiry({ db, accountId }: AccountCtx): Promise<void> {
  await inTransaction(db, async (tx) => {
    const at = await readClock(tx);
    if (!(await keepCreditExpiryNotices(tx, { accountId, at }))) return;
    const noticedAt = at.toISOString();
    await enqueue(
      tx,
      { name: 'tell-credits-expire', accountId: accountId.toString(), noticedAt },
      { key: `${accountId}.${noticedAt}` },
    );
  });
}
