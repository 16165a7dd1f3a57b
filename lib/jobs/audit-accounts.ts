import type { Ctx } from '@/lib/db/context';
import type { Database } from '@/lib/db/database';
import { accountsToAudit, auditLedger, type Broken, freezeAccount, markAudited } from '@/lib/db/ledger/audit';
import { log } from '@/lib/log';

// One statement reads a batch whole; a tick ends before the next one comes.
const BATCH = 100;
const MOST_BATCHES = 50;

/** Audits accounts that changed since their last audit, and each at least once a day. A broken one is frozen. */
export async function auditAccounts({ db }: Ctx): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const marks = await accountsToAudit(db, BATCH);
    const accounts = marks.map(({ accountId }) => accountId);
    for (const broken of await auditLedger(db, accounts)) await report(db, broken);
    await markAudited(db, marks);
    if (marks.length < BATCH) return;
  }
}

async function report(db: Database, { invariant, accountId, detail }: Broken): Promise<void> {
  log.error({ invariant, accountId: accountId?.toString(), detail }, 'the ledger is broken');
  if (accountId !== null) await freezeAccount(db, { accountId, because: `${invariant}: ${detail}` });
}
