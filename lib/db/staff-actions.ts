import sql, { type Sql } from 'sql-template-tag';

import { type Cents, cents } from '@/lib/domain/credits';
import {
  countedWith,
  type StaffAction,
  type StaffActionKind,
  type StaffActionWanted,
} from '@/lib/domain/staff-action';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

type Key = { accountId: AccountId; id: string };
export type StaffActionRow = StaffAction & { accountId: AccountId };

const MOST = 100;

const COLUMNS = sql`s.account_id AS "accountId", a.name AS "accountName", s.id, s.kind, s.state, s.amount,
  s.amount_cents AS "amountCents", s.worth_cents AS "worthCents", s.expires_at AS "expiresAt", s.top_up_id AS "topUpId",
  (SELECT t.currency FROM top_ups t WHERE t.account_id = s.account_id AND t.id = s.top_up_id) AS currency, s.reason,
  s.asked_by AS "askedBy", asker.email AS "askerEmail", s.asked_at AS "askedAt", decider.email AS "deciderEmail",
  s.decided_at AS "decidedAt", s.decided_because AS "decidedBecause", s.ended_at AS "endedAt", s.outcome`;
const FROM = sql`staff_actions s JOIN accounts a ON a.account_id = s.account_id JOIN users asker ON asker.id = s.asked_by
  LEFT JOIN users decider ON decider.id = s.decided_by`;

const select = (db: Queryable, rest: Sql) =>
  db.query<StaffActionRow>(sql`SELECT ${COLUMNS} FROM ${FROM} ${rest}`);

export type NewStaffAction = {
  accountId: AccountId;
  wanted: StaffActionWanted;
  worth: Cents;
  expiresAt: Date | null;
  state: 'waiting' | 'doing';
  askedBy: string;
  at: Date;
};

/** Keeps what is wanted. A repeat of the same id finds the row that is there. */
export async function keepStaffAction(
  tx: Tx,
  action: NewStaffAction,
): Promise<{ row: StaffActionRow; isNew: boolean }> {
  const { accountId, wanted, worth, expiresAt, state, askedBy, at } = action;
  const amount = 'amount' in wanted ? wanted.amount : null;
  const [topUpId, amountCents] = 'topUpId' in wanted ? [wanted.topUpId, wanted.amountCents] : [null, null];
  const kept = await tx.query(sql`
    INSERT INTO staff_actions (account_id, id, kind, state, amount, amount_cents, worth_cents, expires_at, top_up_id, reason, asked_by, asked_at)
    VALUES (${accountId}, ${wanted.id}, ${wanted.kind}::staff_action_kind, ${state}::staff_action_state, ${amount}, ${amountCents},
            ${worth}, ${expiresAt}, ${topUpId}, ${wanted.reason}, ${askedBy}, ${at})
    ON CONFLICT (account_id, id) DO NOTHING RETURNING id`);
  const row = await lockStaffAction(tx, { accountId, id: wanted.id });
  if (!row) throw new Error(`Action ${wanted.id} vanished while it was kept`);
  return { row, isNew: kept.length === 1 };
}

export async function lockStaffAction(tx: Tx, { accountId, id }: Key): Promise<StaffActionRow | null> {
  const [row] = await select(
    tx,
    sql`WHERE s.account_id = ${accountId} AND s.id = ${id} FOR NO KEY UPDATE OF s`,
  );
  return row ?? null;
}

export async function findStaffAction(db: Queryable, { accountId, id }: Key): Promise<StaffActionRow | null> {
  const [row] = await select(db, sql`WHERE s.account_id = ${accountId} AND s.id = ${id}`);
  return row ?? null;
}

/** What waits for a second person, or was begun and did not end, the oldest first. */
export const listOpenStaffActions = (db: Queryable): Promise<StaffActionRow[]> =>
  select(db, sql`WHERE s.state IN ('waiting', 'doing') ORDER BY s.asked_at, s.id LIMIT ${MOST}`);

export const listStaffActions = (db: Queryable, accountId: AccountId): Promise<StaffActionRow[]> =>
  select(db, sql`WHERE s.account_id = ${accountId} ORDER BY s.asked_at DESC, s.id LIMIT ${MOST}`);

/** One of staff does one thing after another: two at once could each look as if it were the day's first. */
export async function lockStaff(tx: Tx, userId: string): Promise<void> {
  await tx.query(sql`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`);
}

/** What somebody did alone since, of a kind and those that count with it. */
export async function sumDoneAlone(
  db: Queryable,
  { userId, kind, since }: { userId: string; kind: StaffActionKind; since: Date },
): Promise<Cents> {
  const [row] = await db.query<{ sum: Cents }>(sql`
    SELECT coalesce(sum(worth_cents), 0)::bigint AS sum FROM staff_actions
     WHERE asked_by = ${userId} AND asked_at > ${since} AND decided_by IS NULL AND state IN ('doing', 'done')
       AND kind = ANY (${countedWith(kind)}::staff_action_kind[])`);
  return row?.sum ?? cents(0n);
}

export type Decision = { state: 'doing' | 'declined'; by: string; because: string | null; at: Date };

export async function markDecided(
  tx: Tx,
  { accountId, id }: Key,
  { state, by, because, at }: Decision,
): Promise<void> {
  await tx.query(sql`
    UPDATE staff_actions
       SET state = ${state}::staff_action_state, decided_by = ${by}, decided_because = ${because}, decided_at = ${at},
           ended_at = ${state === 'declined' ? at : null}
     WHERE account_id = ${accountId} AND id = ${id} AND state = 'waiting'`);
}

export async function markEnded(
  tx: Tx,
  { accountId, id }: Key,
  { state, outcome, at }: { state: 'done' | 'failed'; outcome: string; at: Date },
): Promise<void> {
  await tx.query(sql`
    UPDATE staff_actions SET state = ${state}::staff_action_state, outcome = ${outcome}, ended_at = ${at}
     WHERE account_id = ${accountId} AND id = ${id} AND state = 'doing'`);
}
