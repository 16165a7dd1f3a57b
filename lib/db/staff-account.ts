import sql from 'sql-template-tag';

import type { StaffAccount, StaffPayment } from '@/lib/domain/staff-account';

import type { AccountId } from './context';
import type { Queryable } from './database';

// As many as anybody reads; the ledger has the rest.
const MOST = 50;

export const listMembers = (
  db: Queryable,
  accountId: AccountId,
): Promise<StaffAccount['members'][number][]> =>
  db.query(sql`
    SELECT u.email, m.role, u.disabled_at IS NOT NULL AS "isDisabled",
           (SELECT max(last_seen_at) FROM sign_in_sessions s WHERE s.user_id = u.id) AS "lastSeenAt"
      FROM members m JOIN users u ON u.id = m.user_id WHERE m.account_id = ${accountId} ORDER BY m.created_at, u.email`);

/** The grants that are spent from, soonest to end first. What is spent from now stands in the balance's row. */
export const listOpenGrants = (
  db: Queryable,
  accountId: AccountId,
): Promise<StaffAccount['grants'][number][]> =>
  db.query(sql`
    SELECT g.grant_id AS seq, g.kind, g.reference, g.amount, g.expires_at AS "expiresAt", g.created_at AS "createdAt",
           CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS remaining
      FROM grants g JOIN balances b ON b.account_id = g.account_id
     WHERE g.account_id = ${accountId} AND g.remaining > 0
     ORDER BY g.expires_at NULLS LAST, g.priority, g.grant_id LIMIT ${MOST}`);

export const listOpenHolds = (
  db: Queryable,
  accountId: AccountId,
): Promise<StaffAccount['holds'][number][]> =>
  db.query(sql`
    SELECT reference, amount, created_at AS "createdAt", expires_at AS "expiresAt" FROM holds
     WHERE account_id = ${accountId} AND state = 'open' ORDER BY created_at DESC LIMIT ${MOST}`);

export const listPayments = async (db: Queryable, accountId: AccountId): Promise<StaffPayment[]> =>
  db.query<StaffPayment>(sql`
    SELECT t.id AS "topUpId", t.origin, t.status, t.credits, t.price_cents AS "priceCents", t.currency,
           p.received_cents AS received, t.stripe_payment AS "stripePayment", t.stripe_invoice AS "stripeInvoice",
           t.created_at AS "createdAt", t.credited_at AS "creditedAt",
           coalesce((SELECT json_agg(json_build_object('id', m.id, 'kind', m.kind, 'state', m.state) ORDER BY m.happened_at, m.id)
                       FROM money_back m WHERE m.account_id = t.account_id AND m.top_up_id = t.id), '[]') AS back
      FROM top_ups t LEFT JOIN stripe_payments p ON p.payment = t.stripe_payment
     WHERE t.account_id = ${accountId} ORDER BY t.created_at DESC, t.id LIMIT ${MOST}`);

export const listRecoveries = (
  db: Queryable,
  accountId: AccountId,
): Promise<StaffAccount['recoveries'][number][]> =>
  db.query(sql`
    SELECT top_up_id AS "topUpId", state::text AS state, attempt, decline_code AS "declineCode", opened_at AS "openedAt",
           link_asked_at AS "linkAskedAt", ended_at AS "endedAt"
      FROM recoveries WHERE account_id = ${accountId} ORDER BY opened_at DESC LIMIT ${MOST}`);

export const listTold = (db: Queryable, accountId: AccountId): Promise<StaffAccount['told'][number][]> =>
  db.query(sql`
    SELECT 'Low balance: ' || level AS what, noticed_at AS at FROM low_balance_notices WHERE account_id = ${accountId}
    UNION ALL
    SELECT 'Credits of line ' || grant_id || ' expire', noticed_at FROM credit_expiry_notices WHERE account_id = ${accountId}
    UNION ALL
    SELECT 'Work ' || reference || ' is purged in ' || days_before || ' days', noticed_at FROM purge_notices WHERE account_id = ${accountId}
    UNION ALL
    SELECT 'Card ends within ' || days_before || ' days', noticed_at FROM card_expiry_notices WHERE account_id = ${accountId}
    UNION ALL
    SELECT 'Payment needs the customer', link_asked_at FROM recoveries WHERE account_id = ${accountId}
     ORDER BY at DESC LIMIT ${MOST}`);

export const listJobs = (db: Queryable, accountId: AccountId): Promise<StaffAccount['jobs'][number][]> =>
  db.query(sql`
    SELECT t.identifier AS name, j.attempts, j.last_error AS "lastError", j.run_at AS "runAt"
      FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE j.payload ->> 'accountId' = ${accountId.toString()} ORDER BY j.run_at LIMIT ${MOST}`);

export async function findAudited(db: Queryable, accountId: AccountId): Promise<StaffAccount['audited']> {
  const [row] = await db.query<{ seq: bigint; at: Date }>(
    sql`SELECT seq, audited_at AS at FROM audit_marks WHERE account_id = ${accountId}`,
  );
  return row ?? null;
}
