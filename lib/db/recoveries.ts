import sql from 'sql-template-tag';

import { declineOf, type StripeRefusal } from '@/lib/domain/decline';
import { isEnded, type PaymentFact, type Recovery, recoveryAfter } from '@/lib/domain/recovery';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

type Key = { accountId: AccountId; id: string };

/** The card of the last attempt, as far as Stripe told. */
type TriedCard = { brand: string | null; last4: string | null; fingerprint: string | null };

export type RecoveryRow = {
  /** Whose outcome `state` is; attempts count from one, the one without the customer. */
  attempt: number;
  recovery: Recovery;
  refusal: StripeRefusal;
  card: TriedCard;
  openedAt: Date;
  linkAskedAt: Date;
};

type Row = Omit<RecoveryRow, 'recovery' | 'refusal' | 'card'> &
  StripeRefusal &
  TriedCard & { state: Recovery['kind'] };

const COLUMNS = sql`state, attempt, error_code AS code, decline_code AS "declineCode", advice_code AS "adviceCode",
  card_brand AS brand, card_last4 AS last4, card_fingerprint AS fingerprint, opened_at AS "openedAt",
  link_asked_at AS "linkAskedAt"`;

export async function findRecovery(db: Queryable, { accountId, id }: Key): Promise<RecoveryRow | null> {
  const [row] = await db.query<Row>(
    sql`SELECT ${COLUMNS} FROM recoveries WHERE account_id = ${accountId} AND top_up_id = ${id}`,
  );
  return row ? recoveryOf(row) : null;
}

async function lockRecovery(tx: Tx, { accountId, id }: Key): Promise<RecoveryRow | null> {
  const [row] = await tx.query<Row>(
    sql`SELECT ${COLUMNS} FROM recoveries WHERE account_id = ${accountId} AND top_up_id = ${id} FOR UPDATE`,
  );
  return row ? recoveryOf(row) : null;
}

/** The payment of an account that waits for somebody, if there is one: no two are made at once. */
export async function findOpenRecovery(db: Queryable, accountId: AccountId): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(sql`
    SELECT top_up_id AS id FROM recoveries WHERE account_id = ${accountId} AND ended_at IS NULL
     ORDER BY opened_at DESC LIMIT 1`);
  return row?.id ?? null;
}

/** What is learned of a payment. Codes and card are of the attempt that the fact is of. */
export type News = { fact: PaymentFact; refusal?: StripeRefusal; card?: TriedCard | null };
const NO_REFUSAL: StripeRefusal = { code: null, declineCode: null, adviceCode: null };
const NO_CARD: TriedCard = { brand: null, last4: null, fingerprint: null };

/** Begins the recovery of a payment; false where it has one already. */
export async function openRecovery(
  tx: Tx,
  { accountId, id }: Key,
  { fact, refusal = NO_REFUSAL, card, at }: News & { at: Date },
): Promise<boolean> {
  const { brand, last4, fingerprint } = card ?? NO_CARD;
  const rows = await tx.query(sql`
    INSERT INTO recoveries (
      account_id, top_up_id, state, attempt, error_code, decline_code, advice_code, card_brand, card_last4, card_fingerprint,
      opened_at, link_asked_at
    ) VALUES (
      ${accountId}, ${id}, ${fact.kind}::recovery_state, ${'attempt' in fact ? fact.attempt : 1}, ${refusal.code},
      ${refusal.declineCode}, ${refusal.adviceCode}, ${brand}, ${last4}, ${fingerprint}, ${at}, ${at}
    ) ON CONFLICT DO NOTHING RETURNING attempt`);
  return rows.length === 1;
}

/** Takes in what is true of a payment. Nothing where it has no recovery, or where the recovery is further already. */
export async function keepNews(
  tx: Tx,
  key: Key,
  { fact, refusal = NO_REFUSAL, card, at }: News & { at: Date },
): Promise<RecoveryRow | null> {
  const row = await lockRecovery(tx, key);
  if (row === null || recoveryAfter(row.recovery, fact) !== fact) return row;
  const attempt = 'attempt' in fact ? fact.attempt : row.attempt;
  const { brand, last4, fingerprint } = card ?? row.card;
  const kept = isEnded(fact) ? row.refusal : refusal;
  await tx.query(sql`
    UPDATE recoveries
       SET state = ${fact.kind}::recovery_state, attempt = ${attempt}, error_code = ${kept.code},
           decline_code = ${kept.declineCode}, advice_code = ${kept.adviceCode}, card_brand = ${brand}, card_last4 = ${last4},
           card_fingerprint = ${fingerprint}, ended_at = ${isEnded(fact) ? at : null}
     WHERE account_id = ${key.accountId} AND top_up_id = ${key.id}`);
  return { ...row, attempt, recovery: fact, refusal: kept, card: { brand, last4, fingerprint } };
}

type Wish = { attempt: number; paymentMethod: string; at: Date };

/**
 * Writes down that the customer wants to pay with a card, before Stripe is asked, and says which attempt that is. The
 * form says which one it was made for: a second click, or an old page, finds the attempt that was made of the first.
 * Null where that one has come to its end meanwhile, or the whole payment has: then there is something to look at.
 */
export async function beginAttempt(
  tx: Tx,
  key: Key,
  { attempt, paymentMethod, at }: Wish,
): Promise<number | null> {
  const row = await lockRecovery(tx, key);
  if (row === null || isEnded(row.recovery) || row.recovery.kind === 'processing') return null;
  if (attempt < row.attempt || attempt > row.attempt + 1) return null;
  const isSent = row.recovery.kind === 'authenticating';
  if (attempt === row.attempt && !isSent) return null;
  const begun = await tx.query<{ attempt: number; paymentMethod: string }>(sql`
    SELECT attempt, payment_method AS "paymentMethod" FROM recovery_attempts
     WHERE account_id = ${key.accountId} AND top_up_id = ${key.id} AND attempt >= ${attempt} ORDER BY attempt`);
  const same = begun.find((one) => one.paymentMethod === paymentMethod);
  if (same) return same.attempt;
  // Another card was sent to the bank from the page that this one is.
  if (attempt === row.attempt) return null;
  const next = (begun.at(-1)?.attempt ?? attempt - 1) + 1;
  await tx.query(sql`
    INSERT INTO recovery_attempts (account_id, top_up_id, attempt, payment_method, begun_at)
    VALUES (${key.accountId}, ${key.id}, ${next}, ${paymentMethod}, ${at})`);
  return next;
}

/** Notes that the link is asked for; false where that was so within the hour, so that nobody's inbox is filled. */
export async function askForLink(tx: Tx, { accountId, id }: Key, at: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE recoveries SET link_asked_at = ${at}
     WHERE account_id = ${accountId} AND top_up_id = ${id} AND link_asked_at < ${at}::timestamptz - interval '1 hour'
    RETURNING attempt`);
  return rows.length === 1;
}

function recoveryOf({ state, attempt, openedAt, linkAskedAt, ...row }: Row): RecoveryRow {
  const { code, declineCode, adviceCode, brand, last4, fingerprint } = row;
  const refusal = { code, declineCode, adviceCode };
  return {
    attempt,
    recovery: factOf(state, attempt, refusal),
    refusal,
    card: { brand, last4, fingerprint },
    openedAt,
    linkAskedAt,
  };
}

function factOf(kind: Recovery['kind'], attempt: number, refusal: StripeRefusal): Recovery {
  if (kind === 'paid' || kind === 'given-up' || kind === 'lapsed') return { kind };
  return kind === 'declined' ? { kind, attempt, decline: declineOf(refusal).class } : { kind, attempt };
}
