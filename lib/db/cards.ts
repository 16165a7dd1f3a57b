import sql from 'sql-template-tag';

import type { Card, KeptCard } from '@/lib/domain/card';

import { type AccountId, accountOfRow } from './context';
import type { Queryable, Tx } from './database';

type Row = Card & { isDefault: boolean };

const COLUMNS = sql`payment_method AS "paymentMethod", fingerprint, brand, last4, exp_month AS "expMonth",
  exp_year AS "expYear", country, funding, is_default AS "isDefault", saved_at AS "savedAt"`;

/** An account's saved cards as Stripe last described them. */
export const listCards = (db: Queryable, accountId: AccountId): Promise<KeptCard[]> =>
  db.query<Row>(sql`SELECT ${COLUMNS} FROM cards WHERE account_id = ${accountId}`);

/** Whose card it is, where we have seen it. */
export async function findAccountOfCard(db: Queryable, paymentMethod: string): Promise<AccountId | null> {
  const [row] = await db.query<{ id: bigint }>(
    sql`SELECT account_id AS id FROM cards WHERE payment_method = ${paymentMethod}`,
  );
  return row ? accountOfRow(row.id) : null;
}

/** Numbers a question to Stripe before it is asked, so that of several answers the latest question's is known. */
export async function numberQuestion(db: Queryable, customer: string): Promise<bigint> {
  const [row] = await db.query<{ question: bigint }>(sql`
    UPDATE stripe_customers SET cards_asked = cards_asked + 1 WHERE customer = ${customer}
    RETURNING cards_asked AS question`);
  if (!row) throw new Error(`Stripe customer ${customer} is nobody's`);
  return row.question;
}

type Answer = { accountId: AccountId; customer: string; question: bigint; cards: readonly KeptCard[] };

/**
 * Puts the answer to a question in place of what was known; false where that of a later question is known already, or where
 * another customer stands for the account since.
 */
export async function keepCards(tx: Tx, { accountId, customer, question, cards }: Answer): Promise<boolean> {
  const latest = await tx.query(sql`
    UPDATE stripe_customers SET cards_kept = ${question}
     WHERE cards_kept < ${question} AND customer = ${customer}
       AND customer = (SELECT customer FROM stripe_customers WHERE account_id = ${accountId} ORDER BY created_at DESC, customer LIMIT 1)
    RETURNING customer`);
  if (latest.length === 0) return false;
  await tx.query(sql`DELETE FROM cards WHERE account_id = ${accountId}`);
  await tx.query(sql`
    INSERT INTO cards (account_id, payment_method, fingerprint, brand, last4, exp_month, exp_year, country, funding, is_default, saved_at)
    SELECT ${accountId}, card.*
      FROM unnest(${cards.map((card) => card.paymentMethod)}::text[], ${cards.map((card) => card.fingerprint)}::text[],
                  ${cards.map((card) => card.brand)}::text[], ${cards.map((card) => card.last4)}::text[],
                  ${cards.map((card) => card.expMonth)}::integer[], ${cards.map((card) => card.expYear)}::integer[],
                  ${cards.map((card) => card.country)}::text[], ${cards.map((card) => card.funding)}::text[],
                  ${cards.map((card) => card.isDefault)}::boolean[], ${cards.map((card) => card.savedAt)}::timestamptz[]) AS card`);
  return true;
}

/** False until Stripe was first asked for the cards of an account's present customer. */
export async function areCardsKnown(db: Queryable, customer: string): Promise<boolean> {
  const known = await db.query(
    sql`SELECT 1 FROM stripe_customers WHERE customer = ${customer} AND cards_kept > 0`,
  );
  return known.length === 1;
}
