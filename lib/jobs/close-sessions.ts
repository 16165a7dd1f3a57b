import { accountOfRow, type Ctx } from '@/lib/db/context';
import { dueSessions } from '@/lib/db/ledger/session';
import { enqueueDue } from '@/lib/db/queue';
import { closeSession as close } from '@/lib/services/close-session';

import { MOST_A_TICK } from './schedule';

/** Finds sessions past their time, and those whose charge was lost in a crash. */
export async function closeDueSessions({ db }: Ctx): Promise<void> {
  const due = await dueSessions(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(({ accountId, reference }) => ({
      name: 'close-session',
      accountId: String(accountId),
      reference,
      key: `${accountId}:${reference}`,
    })),
  );
}

type Job = { accountId: string; reference: string };

export async function closeSession({ db }: Ctx, { accountId, reference }: Job): Promise<void> {
  await close({ db }, { accountId: accountOfRow(BigInt(accountId)), reference, by: 'auto_closed' });
}
