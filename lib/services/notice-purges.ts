import { readClock } from '@/lib/db/clock';
import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { keepPurgeNotices } from '@/lib/db/purge-notices';
import { enqueue } from '@/lib/db/queue';

/** Has an account warned of unpaid work that is thrown away soon; once for each piece of work and number of days. */
export async function noticePurges({ db, accountId }: AccountCtx): Promise<void> {
  await inTransaction(db, async (tx) => {
    const at = await readClock(tx);
    if (!(await keepPurgeNotices(tx, { accountId, at }))) return;
    const noticedAt = at.toISOString();
    await enqueue(
      tx,
      { name: 'tell-purges', accountId: accountId.toString(), noticedAt },
      { key: `${accountId}.${noticedAt}` },
    );
  });
}
