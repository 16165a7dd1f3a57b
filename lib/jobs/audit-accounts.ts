import { accountOfRow, type Ctx } from '@/lib/db/context';
import { accountsToAudit, auditAccount as audit, type Broken, freezeAccount } from '@/lib/db/ledger/audit';
import { enqueueDue } from '@/lib/db/queue';
import { keepFinding } from '@/lib/db/reconciliation';
import { credits } from '@/lib/domain/credits';
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
export async function auditAccount({ db, now }: Ctx, { accountId }: { accountId: string }): Promise<void> {
  for (const broken of await audit(db, accountOfRow(BigInt(accountId)))) await report({ db, now }, broken);
}

async function report({ db, now }: Ctx, { invariant, accountId, detail }: Broken): Promise<void> {
  log.error({ invariant, accountId: accountId?.toString(), detail }, 'the ledger is broken');
  const subject = `${accountId?.toString() ?? 'any'} ${invariant}`;
  const found = {
    class: 'drift',
    subject,
    accountId,
    detail,
    entry: credits(0n),
    paidAt: null,
    at: now,
  } as const;
  await keepFinding(db, found);
  if (accountId !== null) await freezeAccount(db, { accountId, because: `${invariant}: ${detail}` });
}
