import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue } from '@/lib/db/queue';
import { askForLink, findRecovery } from '@/lib/db/recoveries';

import { noSuchPayment } from './refusals';

/** Mails the link to a payment again, to the account's owner and nobody else; once where it is asked for many times. */
export async function askForRecoveryLink(
  { db, accountId, now }: AccountCtx,
  { topUpId, page }: { topUpId: string; page: string },
): Promise<string> {
  const key = { accountId, id: topUpId };
  await inTransaction(db, async (tx) => {
    if ((await findRecovery(tx, key)) === null) throw noSuchPayment();
    if (!(await askForLink(tx, key, now))) return;
    await enqueue(
      tx,
      { name: 'tell-payment-needs-customer', accountId: accountId.toString(), topUpId },
      { key: topUpId },
    );
  });
  return `${page}?said=sent`;
}
