import type { AccountCtx } from '@/lib/db/context';
import { inTransaction } from '@/lib/db/database';
import { enqueue, keyOfTopUp } from '@/lib/db/queue';
import { askForLink, findRecovery } from '@/lib/db/recoveries';
import { waitsForCustomer } from '@/lib/domain/recovery';

import { noSuchPayment } from './refusals';

/** Mails the link to a payment again, to the account's owner and nobody else; once an hour, and never where nothing is to be done. */
export async function askForRecoveryLink(
  { db, accountId, now }: AccountCtx,
  { topUpId, page }: { topUpId: string; page: string },
): Promise<string> {
  const key = { accountId, id: topUpId };
  await inTransaction(db, async (tx) => {
    const row = await findRecovery(tx, key);
    if (row === null) throw noSuchPayment();
    if (!waitsForCustomer(row.recovery)) return;
    if (!(await askForLink(tx, key, now))) return;
    await enqueue(
      tx,
      { name: 'tell-payment-needs-customer', accountId: accountId.toString(), topUpId },
      { key: keyOfTopUp(key) },
    );
  });
  return `${page}?said=sent`;
}
