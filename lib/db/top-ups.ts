import sql from 'sql-template-tag';

import type { Cents, Credits } from '@/lib/domain/credits';
import type { TopUp, TopUpOrigin, TopUpStatus } from '@/lib/domain/top-up';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

export type TopUpRow = TopUp & {
  accountId: AccountId;
  origin: TopUpOrigin;
  /** None where it was bought by itself. */
  packageId: string | null;
  /** The card that pays is kept, to be charged without the customer. */
  savesCard: boolean;
  stripeSession: string | null;
  checkoutUrl: string | null;
  checkoutExpiresAt: Date | null;
  stripeInvoice: string | null;
  createdAt: Date;
  /** Of what was paid; none before that, and none where a promotion code paid for all of it. */
  stripePayment: string | null;
};
type Key = { accountId: AccountId; id: string };

const COLUMNS = sql`account_id AS "accountId", id, origin, status, package_id AS "packageId",
  saves_card AS "savesCard", credits, price_cents AS "priceCents",
  currency, stripe_session AS "stripeSession", checkout_url AS "checkoutUrl",
  checkout_expires_at AS "checkoutExpiresAt", stripe_invoice AS "stripeInvoice", stripe_payment AS "stripePayment",
  created_at AS "createdAt"`;

export type NewTopUp = Key & {
  packageId: string;
  priceBookVersion: string;
  credits: Credits;
  priceCents: Cents;
  currency: string;
  /** None: a program asked. */
  startedBy: string | null;
  savesCard: boolean;
};

/** Keeps the intent before anyone is asked for money. A repeat of the same id finds the row that is there. */
export async function keepTopUp(tx: Tx, topUp: NewTopUp): Promise<TopUpRow> {
  await tx.query(sql`
    INSERT INTO top_ups (account_id, id, origin, package_id, price_book_version, credits, price_cents, currency, started_by, saves_card)
    VALUES (${topUp.accountId}, ${topUp.id}, 'manual', ${topUp.packageId}, ${topUp.priceBookVersion}, ${topUp.credits},
            ${topUp.priceCents}, ${topUp.currency}, ${topUp.startedBy}, ${topUp.savesCard})
    ON CONFLICT (account_id, id) DO NOTHING`);
  const kept = await lockTopUp(tx, topUp);
  if (!kept) throw new Error(`Top-up ${topUp.id} vanished while it was kept`);
  return kept;
}

export async function lockTopUp(tx: Tx, { accountId, id }: Key): Promise<TopUpRow | null> {
  const [row] = await tx.query<TopUpRow>(
    sql`SELECT ${COLUMNS} FROM top_ups WHERE account_id = ${accountId} AND id = ${id} FOR NO KEY UPDATE`,
  );
  return row ?? null;
}

export async function findTopUp(db: Queryable, { accountId, id }: Key): Promise<TopUpRow | null> {
  const [row] = await db.query<TopUpRow>(
    sql`SELECT ${COLUMNS} FROM top_ups WHERE account_id = ${accountId} AND id = ${id}`,
  );
  return row ?? null;
}

/** For whoever knows only the id: its accounts, which are more than one where two browsers made the same. */
export async function listAccountsOfTopUp(db: Queryable, id: string): Promise<AccountId[]> {
  const rows = await db.query<{ accountId: AccountId }>(
    sql`SELECT account_id AS "accountId" FROM top_ups WHERE id = ${id} ORDER BY account_id`,
  );
  return rows.map(({ accountId }) => accountId);
}

export async function findTopUpOfSession(
  db: Queryable,
  { accountId, session }: { accountId: AccountId; session: string },
): Promise<TopUpRow | null> {
  const [row] = await db.query<TopUpRow>(
    sql`SELECT ${COLUMNS} FROM top_ups WHERE account_id = ${accountId} AND stripe_session = ${session}`,
  );
  return row ?? null;
}

/** What somebody began to buy before and may still pay, the oldest first. */
export const listOpenTopUps = (
  db: Queryable,
  { accountId, startedBy, except }: { accountId: AccountId; startedBy: string; except: string },
): Promise<TopUpRow[]> =>
  db.query<TopUpRow>(sql`
    SELECT ${COLUMNS} FROM top_ups
     WHERE account_id = ${accountId} AND started_by = ${startedBy} AND id <> ${except} AND status = 'open'
     ORDER BY created_at, id`);

/** Remembers where the customer pays, unless the payment was faster than this. */
export async function markOpen(
  db: Queryable,
  key: Key,
  page: { session: string; url: string; expiresAt: Date },
): Promise<void> {
  await db.query(sql`
    UPDATE top_ups SET stripe_session = ${page.session}, checkout_url = ${page.url}, checkout_expires_at = ${page.expiresAt},
           status = CASE WHEN status = 'started' THEN 'open' ELSE status END
     WHERE account_id = ${key.accountId} AND id = ${key.id} AND stripe_session IS NULL`);
}

export async function markStatus(tx: Tx, key: Key, status: Exclude<TopUpStatus, 'credited'>): Promise<void> {
  await tx.query(
    sql`UPDATE top_ups SET status = ${status}::top_up_status WHERE account_id = ${key.accountId} AND id = ${key.id}`,
  );
}

export async function markCredited(tx: Tx, key: Key, at: Date): Promise<void> {
  await tx.query(sql`
    UPDATE top_ups SET status = 'credited', credited_at = ${at}
     WHERE account_id = ${key.accountId} AND id = ${key.id}`);
}

/** Stripe's ids become known at different moments; none is ever taken back. */
export async function attachStripeIds(
  db: Queryable,
  key: Key,
  ids: { session?: string; payment: string | null; invoice: string | null },
): Promise<void> {
  await db.query(sql`
    UPDATE top_ups
       SET stripe_session = coalesce(stripe_session, ${ids.session ?? null}), stripe_payment = coalesce(stripe_payment, ${ids.payment}), stripe_invoice = coalesce(stripe_invoice, ${ids.invoice})
     WHERE account_id = ${key.accountId} AND id = ${key.id}`);
}

/** Gives a top-up the one invoice that may be paid for it, and says which it is; null once its payment has ended. */
export async function keepInvoice(db: Queryable, key: Key, invoice: string): Promise<string | null> {
  const [row] = await db.query<{ invoice: string }>(sql`
    UPDATE top_ups SET stripe_invoice = coalesce(stripe_invoice, ${invoice})
     WHERE account_id = ${key.accountId} AND id = ${key.id} AND origin <> 'manual' AND status IN ('started', 'processing')
    RETURNING stripe_invoice AS invoice`);
  return row?.invoice ?? null;
}

/** The auto top-up that an invoice was drafted for, whose ever it is, if its payment has not ended. */
export async function findLiveTopUpOfInvoice(db: Queryable, invoice: string): Promise<TopUpRow | null> {
  const [row] = await db.query<TopUpRow>(sql`
    SELECT ${COLUMNS} FROM top_ups
     WHERE stripe_invoice = ${invoice} AND origin = 'auto' AND status IN ('started', 'open', 'processing')`);
  return row ?? null;
}

/** The auto top-up of an account whose payment has not ended. */
export async function findLiveAutoTopUp(db: Queryable, accountId: AccountId): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(sql`
    SELECT id FROM top_ups
     WHERE account_id = ${accountId} AND origin = 'auto' AND status IN ('started', 'open', 'processing')`);
  return row?.id ?? null;
}

/** The invoice of the automatic top-up that was refused and can still be paid; null where none is. */
export async function findUnpaidAutoInvoice(db: Queryable, accountId: AccountId): Promise<string | null> {
  const [row] = await db.query<{ invoice: string }>(sql`
    SELECT t.stripe_invoice AS invoice FROM recoveries r JOIN top_ups t ON t.account_id = r.account_id AND t.id = r.top_up_id
     WHERE r.account_id = ${accountId} AND r.ended_at IS NULL AND t.stripe_invoice IS NOT NULL
     ORDER BY r.opened_at DESC LIMIT 1`);
  return row?.invoice ?? null;
}

/** Binds a payment to its account and top-up for good: the same payment can never count for a second one. */
export async function claimPayment(
  tx: Tx,
  { accountId, id }: Key,
  paid: { payment: string; received: Cents; currency: string },
): Promise<boolean> {
  const rows = await tx.query(sql`
    INSERT INTO stripe_payments (payment, account_id, top_up_id, received_cents, currency)
    VALUES (${paid.payment}, ${accountId}, ${id}, ${paid.received}, ${paid.currency})
    ON CONFLICT (payment) DO UPDATE SET payment = excluded.payment
     WHERE stripe_payments.account_id = ${accountId} AND stripe_payments.top_up_id = ${id}
    RETURNING payment`);
  return rows.length === 1;
}

/** The line that credited a purchase, and what is left of its grant; null where there is none. */
export async function findCreditedGrant(
  db: Queryable,
  { accountId, id }: Key,
): Promise<{ seq: bigint; at: Date; remaining: Credits } | null> {
  const [row] = await db.query<{ seq: bigint; at: Date; remaining: Credits }>(sql`
    SELECT e.seq, e.created_at AS at,
           coalesce(CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END, 0)::bigint AS remaining
      FROM entries e JOIN balances b ON b.account_id = e.account_id
      LEFT JOIN grants g ON g.account_id = e.account_id AND g.grant_id = e.seq
     WHERE e.account_id = ${accountId} AND e.kind = 'topup' AND e.reference = ${id}`);
  return row ?? null;
}
