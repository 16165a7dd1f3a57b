import sql from 'sql-template-tag';

import { type AlertKind, isAlerted } from '@/lib/domain/alert';
import type { AlertLevels } from '@/lib/domain/low-balance';
import { may, type MemberRole } from '@/lib/domain/member-role';

import type { AccountId } from './context';
import type { Queryable } from './database';

export type AlertMember = {
  userId: string;
  email: string;
  role: MemberRole;
  /** What they chose; null where they never did. */
  chosen: Record<AlertKind, boolean | null>;
};

type Row = Pick<AlertMember, 'userId' | 'email' | 'role'> & {
  chosen: Partial<Record<AlertKind, boolean>> | null;
};

/** The members of an account whose users may sign in, by their address, and which alerts they chose. */
export async function listAlertMembers(db: Queryable, accountId: AccountId): Promise<AlertMember[]> {
  const rows = await db.query<Row>(sql`
    SELECT m.user_id AS "userId", u.email, m.role,
           (SELECT json_object_agg(c.alert, c.wanted) FROM alert_choices c
             WHERE c.account_id = m.account_id AND c.user_id = m.user_id) AS chosen
      FROM members m JOIN users u ON u.id = m.user_id AND u.disabled_at IS NULL
     WHERE m.account_id = ${accountId} ORDER BY u.email`);
  return rows.map(({ chosen, ...member }) => ({
    ...member,
    chosen: {
      low_balance: chosen?.low_balance ?? null,
      credits_expire: chosen?.credits_expire ?? null,
      work_purged: chosen?.work_purged ?? null,
    },
  }));
}

/** An account's name, and the addresses of those who are mailed this alert. */
export async function findAlerted(
  db: Queryable,
  { accountId, alert }: { accountId: AccountId; alert: AlertKind },
): Promise<{ accountName: string; emails: string[] }> {
  const members = await listAlertMembers(db, accountId);
  const [account] = await db.query<{ name: string }>(
    sql`SELECT name FROM accounts WHERE account_id = ${accountId}`,
  );
  return {
    accountName: account?.name ?? '',
    emails: members.filter(({ role, chosen }) => isAlerted(role, chosen[alert])).map(({ email }) => email),
  };
}

/** Of those who see to an account's money, whatever alerts they want: what they owe is none. */
export async function listPayers(db: Queryable, accountId: AccountId): Promise<string[]> {
  const members = await listAlertMembers(db, accountId);
  return members.filter(({ role }) => may(role, 'buy')).map(({ email }) => email);
}

type Choice = { accountId: AccountId; userId: string; alert: AlertKind; wanted: boolean };

export async function keepAlertChoice(
  db: Queryable,
  { accountId, userId, alert, wanted }: Choice,
): Promise<void> {
  await db.query(sql`
    INSERT INTO alert_choices (account_id, user_id, alert, wanted)
    VALUES (${accountId}, ${userId}, ${alert}::alert_kind, ${wanted})
    ON CONFLICT (account_id, user_id, alert) DO UPDATE SET wanted = excluded.wanted, chosen_at = now()`);
}

/** The levels that an account set for itself; null where the price book's hold. */
export async function findAlertLevels(db: Queryable, accountId: AccountId): Promise<AlertLevels | null> {
  const [levels] = await db.query<AlertLevels>(
    sql`SELECT warning, critical FROM alert_levels WHERE account_id = ${accountId}`,
  );
  return levels ?? null;
}

type SetLevels = { accountId: AccountId; userId: string; levels: AlertLevels | null };

/** Null: the price book's again. */
export async function keepAlertLevels(
  db: Queryable,
  { accountId, userId, levels }: SetLevels,
): Promise<void> {
  if (levels === null) {
    await db.query(sql`DELETE FROM alert_levels WHERE account_id = ${accountId}`);
    return;
  }
  await db.query(sql`
    INSERT INTO alert_levels (account_id, warning, critical, set_by)
    VALUES (${accountId}, ${levels.warning}, ${levels.critical}, ${userId})
    ON CONFLICT (account_id) DO UPDATE
    SET warning = excluded.warning, critical = excluded.critical, set_by = excluded.set_by, set_at = now()`);
}
