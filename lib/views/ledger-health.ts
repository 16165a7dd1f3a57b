import type { StaffCtx } from '@/lib/db/context';
import { inSnapshot } from '@/lib/db/database';
import {
  findAuditFigures,
  findInbox,
  findOutbox,
  findWorkers,
  listFrozen,
  listGivenUp,
  listOpenFindings,
} from '@/lib/db/ledger-health';
import type { LedgerHealth } from '@/lib/domain/ledger-health';

/** How the ledger and all that feeds it are, as of one moment. */
export const readLedgerHealth = ({ db }: Pick<StaffCtx, 'db'>): Promise<LedgerHealth> =>
  inSnapshot(db, async (snapshot) => ({
    ...(await findAuditFigures(snapshot)),
    frozen: await listFrozen(snapshot),
    outbox: await findOutbox(snapshot),
    inbox: await findInbox(snapshot),
    findings: await listOpenFindings(snapshot),
    workers: await findWorkers(snapshot),
    givenUp: await listGivenUp(snapshot),
  }));
