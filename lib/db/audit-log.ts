import sql from 'sql-template-tag';

import type { AuditAction, AuditLine } from '@/lib/domain/audit-line';

import type { AccountId, StaffCtx } from './context';
import type { Queryable } from './database';

export type NewAuditLine = { action: AuditAction; accountId?: AccountId | null } & Partial<
  Pick<AuditLine, 'object' | 'reason' | 'before' | 'after'>
>;
type By = Pick<StaffCtx, 'staff' | 'ipAddress' | 'userAgent'>;

/** Says in the log what staff do; in the transaction of what they do, so that there is neither without the other. */
export async function keepAuditLine(
  db: Queryable,
  { staff, ipAddress, userAgent }: By,
  { action, accountId = null, object = null, reason = null, before = null, after = null }: NewAuditLine,
): Promise<void> {
  await db.query(sql`
    INSERT INTO audit_log (user_id, email, role, ip_address, user_agent, action, account_id, object, reason, before, after)
    VALUES (${staff.userId}, ${staff.email}, ${staff.role}::staff_role, ${ipAddress}, ${userAgent}, ${action}, ${accountId},
            ${object}, ${reason}, ${before}::jsonb, ${after}::jsonb)`);
}

/** Says that staff looked at a page of an account: one line for a quarter of an hour of it, however often it refreshes. */
export async function keepReading(
  db: Queryable,
  { staff, ipAddress, userAgent }: By,
  { accountId, object }: { accountId: AccountId; object: string },
): Promise<void> {
  await db.query(sql`
    INSERT INTO audit_log (user_id, email, role, ip_address, user_agent, action, account_id, object)
    SELECT ${staff.userId}, ${staff.email}, ${staff.role}::staff_role, ${ipAddress}, ${userAgent}, 'read-account', ${accountId}, ${object}
     WHERE NOT EXISTS (
           SELECT 1 FROM audit_log
            WHERE account_id = ${accountId} AND user_id = ${staff.userId} AND action = 'read-account' AND object = ${object}
              AND at > now() - interval '15 minutes')`);
}

export type AuditLogAsked = {
  accountId?: bigint | undefined;
  email?: string | undefined;
  action?: AuditAction | undefined;
  object?: string | undefined;
  /** Days of UTC, both included. */
  from?: string | undefined;
  to?: string | undefined;
  before?: bigint | undefined;
};

/** Lines of the log, the newest first. What is not asked for does not narrow them. */
export const listAuditLines = (
  db: Queryable,
  { accountId, email, action, object, from, to, before }: AuditLogAsked,
  limit: number,
): Promise<AuditLine[]> =>
  db.query<AuditLine>(sql`
    SELECT id, at, email, role, ip_address AS "ipAddress", action, account_id AS "accountId", object, reason, before, after
      FROM audit_log
     WHERE (${accountId ?? null}::bigint IS NULL OR account_id = ${accountId ?? null})
       AND (${email ?? null}::text IS NULL OR email = ${email ?? null})
       AND (${action ?? null}::text IS NULL OR action = ${action ?? null})
       AND (${object ?? null}::text IS NULL OR object = ${object ?? null})
       AND (${from ?? null}::date IS NULL OR at >= ${from ?? null}::date::timestamp AT TIME ZONE 'UTC')
       AND (${to ?? null}::date IS NULL OR at < (${to ?? null}::date + 1)::timestamp AT TIME ZONE 'UTC')
       AND (${before ?? null}::bigint IS NULL OR id < ${before ?? null})
     ORDER BY id DESC LIMIT ${limit}`);
