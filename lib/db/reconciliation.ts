import sql from 'sql-template-tag';

import type { Correction } from '@/lib/domain/correction';
import type { Credits } from '@/lib/domain/credits';
import type { FindingClass } from '@/lib/domain/reconciliation';
import type { TopUpOrigin } from '@/lib/domain/top-up';

import { firstOwnerOf } from './buyers';
import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

type TopUpKey = { accountId: AccountId; id: string };

/** What was found, about which top-up, object or account. */
export type NewFinding = {
  class: FindingClass;
  subject: string;
  accountId: AccountId | null;
  /** What has to be added to the ledger. */
  entry: Credits;
  detail: string;
  paidAt: Date | null;
  at: Date;
};

/** Keeps a finding. One that comes again after its repair is open anew. */
export async function keepFinding(db: Queryable, found: NewFinding): Promise<void> {
  await db.query(sql`
    INSERT INTO reconciliation_findings AS f (class, subject, account_id, entry, detail, paid_at, found_at)
    VALUES (${found.class}, ${found.subject}, ${found.accountId}, ${found.entry}, ${found.detail}, ${found.paidAt}, ${found.at})
    ON CONFLICT (class, subject) DO UPDATE
       SET entry = excluded.entry, detail = excluded.detail, found_at = excluded.found_at, repaired_at = NULL
     WHERE f.repaired_at IS NOT NULL`);
}

/** What was found of a purchase and is not said to be right. */
export const listOpenFindings = (
  db: Queryable,
  { accountId, id }: TopUpKey,
): Promise<{ class: FindingClass }[]> =>
  db.query(sql`
    SELECT class FROM reconciliation_findings
     WHERE account_id = ${accountId} AND subject = ${id} AND repaired_at IS NULL`);

/** True where it was this call that repaired it, which is when the customer is told. */
export async function markRepaired(
  tx: Tx,
  { class: found, subject, at }: Pick<NewFinding, 'class' | 'subject' | 'at'>,
): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE reconciliation_findings SET repaired_at = ${at}
     WHERE class = ${found} AND subject = ${subject} AND repaired_at IS NULL RETURNING class`);
  return rows.length === 1;
}

/** What reconciling entered for a purchase before. */
export async function correctedFor(db: Queryable, { accountId, id }: TopUpKey): Promise<Credits> {
  const [row] = await db.query<{ sum: Credits }>(sql`
    SELECT coalesce(sum(delta), 0)::bigint AS sum FROM entries
     WHERE account_id = ${accountId} AND kind = 'adjustment'
       AND reference IN (${correctionOf('credited-not-paid', id)}, ${correctionOf('credited-twice', id)})`);
  return row?.sum ?? (0n as Credits);
}

/** The reference of the entry that puts a purchase right. */
export const correctionOf = (found: FindingClass, topUpId: string) => `reconcile:${found}:${topUpId}`;

export async function isCredited(db: Queryable, { accountId, id }: TopUpKey): Promise<boolean> {
  const rows = await db.query(sql`
    SELECT 1 FROM entries WHERE account_id = ${accountId} AND kind = 'topup' AND reference = ${id}`);
  return rows.length === 1;
}

/** Purchases that began since, whatever they say of themselves; those that cannot have been paid are left out. */
export const listRecentTopUps = (db: Queryable, since: Date): Promise<TopUpKey[]> =>
  db.query(sql`
    SELECT account_id AS "accountId", id FROM top_ups
     WHERE created_at >= ${since} AND (status = 'credited' OR stripe_session IS NOT NULL OR stripe_invoice IS NOT NULL)`);

/** Purchases whose payment has no end though it should have one by now. */
export const listStuckTopUps = (
  db: Queryable,
  { before, limit }: { before: Date; limit: number },
): Promise<(TopUpKey & { origin: TopUpOrigin })[]> =>
  db.query(sql`
    SELECT account_id AS "accountId", id, origin FROM top_ups
     WHERE created_at < ${before} AND (status = 'processing' OR (origin = 'auto' AND status = 'started'))
     ORDER BY created_at LIMIT ${limit}`);

export async function findCaughtUpTo(db: Queryable): Promise<Date | null> {
  const [row] = await db.query<{ at: Date }>(sql`SELECT caught_up_to AS at FROM event_catch_up`);
  return row?.at ?? null;
}

export async function markCaughtUpTo(db: Queryable, at: Date): Promise<void> {
  await db.query(sql`
    INSERT INTO event_catch_up AS c (caught_up_to) VALUES (${at})
    ON CONFLICT (one) DO UPDATE SET caught_up_to = greatest(c.caught_up_to, excluded.caught_up_to)`);
}

/** A purchase that was put right, as its buyer should read of it; null when nobody is there to tell. */
export async function readCorrection(
  db: Queryable,
  { accountId, id, found }: TopUpKey & { found: FindingClass },
): Promise<Correction | null> {
  const [correction] = await db.query<Correction>(sql`
    SELECT f.class AS found, t.id AS "topUpId", u.email AS "to", a.name AS "accountName", f.entry, t.price_cents AS "priceCents",
           t.currency, f.paid_at AS "paidAt", f.repaired_at AS "repairedAt", b.balance
      FROM reconciliation_findings f
      JOIN top_ups t ON t.account_id = f.account_id AND t.id = ${id}
      JOIN accounts a ON a.account_id = t.account_id
      JOIN balances b ON b.account_id = t.account_id
      JOIN users u ON u.id = coalesce(t.started_by, ${firstOwnerOf(sql`t.account_id`)})
     WHERE f.class = ${found} AND f.subject = ${id} AND f.account_id = ${accountId} AND f.repaired_at IS NOT NULL`);
  return correction ?? null;
}
