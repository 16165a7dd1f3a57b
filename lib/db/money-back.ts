import sql from 'sql-template-tag';

import { type Cents, type Credits, credits } from '@/lib/domain/credits';
import type { Clawback, MoneyBack } from '@/lib/domain/money-back';
import type { MoneyBackNews } from '@/lib/domain/money-back-news';

import { firstOwnerOf } from './buyers';
import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

type TopUpKey = { accountId: AccountId; id: string };
type Key = { accountId: AccountId; id: string };

/** A payment that bought a top-up: whose, and how much money came. */
export type PaymentRow = { accountId: AccountId; topUpId: string; received: Cents; currency: string };

export async function findPayment(db: Queryable, payment: string): Promise<PaymentRow | null> {
  const [row] = await db.query<PaymentRow>(sql`
    SELECT account_id AS "accountId", top_up_id AS "topUpId", received_cents AS received, currency
      FROM stripe_payments WHERE payment = ${payment}`);
  return row ?? null;
}

export type MoneyBackRow = MoneyBack & { frozen: Credits };

/** The refunds and disputes of a top-up, as far as they were heard of. */
export const listMoneyBack = (db: Queryable, { accountId, id }: TopUpKey): Promise<MoneyBackRow[]> =>
  db.query(sql`
    SELECT id, kind, state, progress, amount_cents AS amount, frozen, happened_at AS "happenedAt"
      FROM money_back WHERE account_id = ${accountId} AND top_up_id = ${id} ORDER BY happened_at, id`);

/** Keeps how far a refund or dispute has come. */
export async function keepMoneyBack(
  tx: Tx,
  { accountId, id: topUpId }: TopUpKey,
  { back, at }: { back: MoneyBack; at: Date },
): Promise<void> {
  await tx.query(sql`
    INSERT INTO money_back (account_id, id, top_up_id, kind, state, progress, amount_cents, happened_at, changed_at)
    VALUES (${accountId}, ${back.id}, ${topUpId}, ${back.kind}::money_back_kind, ${back.state}::money_back_state,
            ${back.progress}, ${back.amount}, ${back.happenedAt}, ${at})
    ON CONFLICT (account_id, id) DO UPDATE
       SET state = excluded.state, progress = excluded.progress, amount_cents = excluded.amount_cents,
           changed_at = excluded.changed_at
     WHERE money_back.progress < excluded.progress`);
}

/**
 * What speaks against charging an account by itself. open: a bank asks about a payment of it, or disputes one · lost: one
 * was taken back, and the customer has neither changed auto top-up since nor let it go on.
 */
export async function findDispute(db: Queryable, accountId: AccountId): Promise<'open' | 'lost' | null> {
  const [row] = await db.query<{ dispute: 'open' | 'lost' | null }>(sql`
    SELECT CASE WHEN bool_or(m.state IN ('asked', 'open')) THEN 'open'
                WHEN bool_or(m.state = 'gone' AND m.changed_at > coalesce(greatest(r.updated_at, r.resumed_at), '-infinity')) THEN 'lost'
           END AS dispute
      FROM money_back m LEFT JOIN auto_top_up_rules r USING (account_id)
     WHERE m.account_id = ${accountId} AND m.kind = 'dispute'`);
  return row?.dispute ?? null;
}

/** What is unused of the credits of a top-up; the head grant's remainder is in its register. */
export async function readLeftOfPurchase(db: Queryable, { accountId, id }: TopUpKey): Promise<Credits> {
  const [row] = await db.query<{ unused: Credits }>(sql`
    SELECT CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END AS unused
      FROM grants g JOIN balances b USING (account_id)
     WHERE g.account_id = ${accountId} AND g.kind = 'topup' AND g.reference = ${id}`);
  return row?.unused ?? credits(0n);
}

/** What was clawed back of a top-up, and whether it was given back since. */
export const listClawbacks = (db: Queryable, { accountId, id }: TopUpKey): Promise<Clawback[]> =>
  db.query(sql`
    SELECT c.reference AS id, -c.delta AS amount, r.seq IS NOT NULL AS "isGivenBack"
      FROM entries t
      JOIN entries c ON c.account_id = t.account_id AND c.kind = 'clawback' AND c.of_seq = t.seq
      LEFT JOIN entries r ON r.account_id = c.account_id AND r.kind = 'restore' AND r.of_seq = c.seq
     WHERE t.account_id = ${accountId} AND t.kind = 'topup' AND t.reference = ${id}
     ORDER BY c.seq`);

/** Sets aside what is left of a disputed purchase. */
export async function freezePurchase(tx: Tx, { accountId, id }: Key): Promise<void> {
  await tx.query(sql`SELECT ledger.freeze_purchase(${accountId}, ${id})`);
}

/** Lets go what a dispute had frozen. */
export async function thawPurchase(tx: Tx, { accountId, id }: Key): Promise<void> {
  await tx.query(sql`SELECT ledger.thaw_purchase(${accountId}, ${id})`);
}

/** A refund or dispute as its buyer should read of it; null when nobody is there to tell. */
export async function readMoneyBackNews(
  db: Queryable,
  { accountId, id }: Key,
): Promise<MoneyBackNews | null> {
  // A rest belongs to the claw-back that it was entered with: the last one before it.
  const [news] = await db.query<MoneyBackNews>(sql`
    WITH clawed AS (
        SELECT e.reference, e.delta, e.of_seq,
               count(own.id) OVER (PARTITION BY e.of_seq ORDER BY e.seq) AS turn
          FROM entries e LEFT JOIN money_back own ON own.account_id = e.account_id AND own.id = e.reference
         WHERE e.account_id = ${accountId} AND e.kind = 'clawback'
    )
    SELECT m.id, m.kind, m.state, u.email AS "to", a.name AS "accountName", m.amount_cents AS amount, t.currency, t.credits,
           t.credited_at AS "boughtAt", m.frozen, b.balance, coalesce((
               SELECT -sum(c.delta) FROM clawed mine JOIN clawed c USING (of_seq, turn) WHERE mine.reference = m.id
           ), 0)::bigint AS taken
      FROM money_back m
      JOIN top_ups t ON t.account_id = m.account_id AND t.id = m.top_up_id
      JOIN accounts a ON a.account_id = m.account_id
      JOIN balances b ON b.account_id = m.account_id
      JOIN users u ON u.id = coalesce(t.started_by, ${firstOwnerOf(sql`m.account_id`)})
     WHERE m.account_id = ${accountId} AND m.id = ${id}`);
  return news ?? null;
}
