import { accountOfRow, type Ctx } from '@/lib/db/context';
import { dueAccounts, expireAccount as expireOnLedger } from '@/lib/db/ledger/expiry';
import { enqueueDue } from '@/lib/db/queue';

import { MOST_A_TICK } from './schedule';

/** Finds accounts for which time has made something due: a hold, a grant, an operation that waited too long. */
export async function expireDueAccounts({ db }: Ctx): Promise<void> {
  const due = await dueAccounts(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'expire-account', accountId, key: accountId })),
  );
}

export async function expireAccount({ db }: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await expireOnLedger(db, accountOfRow(BigInt(accountId)));
}
