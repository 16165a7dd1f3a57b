import sql from 'sql-template-tag';

import type { LedgerHealth } from '@/lib/domain/ledger-health';

import type { Queryable } from './database';

// As many as anybody works off before looking again.
const MOST = 50;

type Figures = Pick<
  LedgerHealth,
  'asOf' | 'accounts' | 'lastVerifiedAt' | 'oldestVerifiedAt' | 'neverVerified'
>;

export async function findAuditFigures(db: Queryable): Promise<Figures> {
  const [row] = await db.query<Figures>(sql`
    SELECT now() AS "asOf", (SELECT count(*) FROM accounts) AS accounts, max(audited_at) AS "lastVerifiedAt",
           min(audited_at) AS "oldestVerifiedAt", (SELECT count(*) FROM accounts) - count(*) AS "neverVerified" FROM audit_marks`);
  if (!row) throw new Error('Nothing was counted');
  return row;
}

export const listFrozen = (db: Queryable): Promise<LedgerHealth['frozen'][number][]> =>
  db.query(sql`
    SELECT account_id AS "accountId", name, frozen_at AS "frozenAt", frozen_because AS because FROM accounts
     WHERE frozen_at IS NOT NULL ORDER BY frozen_at DESC LIMIT ${MOST}`);

export async function findOutbox(db: Queryable): Promise<LedgerHealth['outbox']> {
  const [row] = await db.query<LedgerHealth['outbox']>(
    sql`SELECT count(*) AS unsent, min(created_at) AS "oldestAt" FROM outbox WHERE sent_at IS NULL`,
  );
  return row ?? { unsent: 0n, oldestAt: null };
}

export async function findInbox(db: Queryable): Promise<LedgerHealth['inbox']> {
  const [row] = await db.query<LedgerHealth['inbox']>(sql`
    SELECT count(*) AS unhandled, min(received_at) AS "oldestAt",
           (SELECT max(received_at) FROM stripe_events) AS "lastReceivedAt",
           (SELECT caught_up_to FROM event_catch_up) AS "caughtUpTo"
      FROM stripe_events WHERE handled_at IS NULL`);
  return row ?? { unhandled: 0n, oldestAt: null, lastReceivedAt: null, caughtUpTo: null };
}

export const listOpenFindings = (db: Queryable): Promise<LedgerHealth['findings'][number][]> =>
  db.query(sql`
    SELECT class, subject, account_id AS "accountId", entry, detail, found_at AS "foundAt" FROM reconciliation_findings
     WHERE repaired_at IS NULL ORDER BY found_at DESC, class, subject LIMIT ${MOST}`);

export async function findWorkers(db: Queryable): Promise<LedgerHealth['workers']> {
  const [row] = await db.query<LedgerHealth['workers']>(
    sql`SELECT count(*) AS alive, max(seen_at) AS "lastSeenAt" FROM worker_presence`,
  );
  return row ?? { alive: 0n, lastSeenAt: null };
}

export const listGivenUp = (db: Queryable): Promise<LedgerHealth['givenUp'][number][]> =>
  db.query(sql`
    SELECT task_identifier AS name, last_error AS "lastError", run_at AS "runAt" FROM graphile_worker.jobs
     WHERE attempts >= max_attempts ORDER BY run_at DESC LIMIT ${MOST}`);
