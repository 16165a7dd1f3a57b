import { accountOfRow, type Ctx } from '@/lib/db/context';
import type { Database } from '@/lib/db/database';
import { accountsToAudit, auditAccount as audit, type Broken, freezeAccount } from '@/lib/db/ledger/audit';
import { enqueueDue } from '@/lib/db/queue';
import { log } from '@/lib/log';

import { MOST_A_TICK } from './schedule';

/** Finds accounts that changed since their last audit, and those that nobody audited for a day. */
export async function auditDueAccounts({ db }: Ctx): Promise<void> {
  const due = await accountsToAudit(db, MOST_A_TICK);
  await enqueueDue(
    db,
    due.map(String).map((accountId) => ({ name: 'audit-account', accountId, key: accountId })),
  );
}

/** A broken account is frozen until somebody has looked at it. */
export async function auditAccount({ db }: Ctx, { accountId }: { accountId: string }): Promise<void> {
  for (const broken of await audit(db, accountOfRow(BigInt(accountId)))) await report(db, broken);
}

async function report(db: Database, { invariant, accountId, detail }: Broken): Promise<void> {
  log.error({ invariant, accountId: accountId?.toString(), detail }, 'the ledger is broken');
  if (accountId !== null) await freezeAccount(db, { accountId, because: `${invariant}: ${detail}` });
}
