import sql from 'sql-template-tag';

import type { Bill, BillLine } from '@/lib/domain/bill';
import { type Credits, cents, credits } from '@/lib/domain/credits';
import type { LocalMonth } from '@/lib/domain/statement';

import type { AccountId } from './context';
import type { Queryable, Tx } from './database';

type TopUpKey = { accountId: AccountId; id: string };

/** What was made of a month; its lines never change, whatever is used or given back after it. */
export type BillRow = {
  month: LocalMonth;
  lines: BillLine[];
  netDays: number;
  poNumber: string | null;
  dueAt: Date | null;
};

type KeptLine = Pick<BillLine, 'of'> & { credits: string; priceCents: string };

/** The last month that a bill was made of, or found to need none. */
export async function findLastBilledMonth(db: Queryable, accountId: AccountId): Promise<LocalMonth | null> {
  const [row] = await db.query<{ month: LocalMonth | null }>(
    sql`SELECT max(month) AS month FROM bills WHERE account_id = ${accountId}`,
  );
  return row?.month ?? null;
}

/** What bills ask for that was not paid for by then: `lastSeq` is the last entry of the time that is looked at. */
export async function askedFor(tx: Tx, accountId: AccountId, lastSeq: bigint): Promise<Credits> {
  const [row] = await tx.query<{ sum: Credits }>(sql`
    SELECT coalesce(sum(t.credits), 0)::bigint AS sum
      FROM bills b
      JOIN top_ups t ON t.account_id = b.account_id AND t.id = b.top_up_id
      LEFT JOIN entries e ON e.account_id = t.account_id AND e.kind = 'topup' AND e.reference = t.id::text
     WHERE b.account_id = ${accountId} AND t.status NOT IN ('failed', 'abandoned') AND (e.seq IS NULL OR e.seq > ${lastSeq})`);
  return row?.sum ?? credits(0n);
}

type NewBill = {
  accountId: AccountId;
  month: LocalMonth;
  lastSeq: bigint;
  /** Null where the month needs none. */
  bill: (Bill & { topUpId: string; currency: string; priceBookVersion: string }) | null;
  terms: { netDays: number; poNumber: string | null };
  at: Date;
};

/** Writes down what a month came to, with the top-up that it becomes, before anyone is asked for money. */
export async function keepBill(
  tx: Tx,
  { accountId, month, lastSeq, bill, terms, at }: NewBill,
): Promise<void> {
  if (bill !== null)
    await tx.query(sql`
      INSERT INTO top_ups (account_id, id, origin, price_book_version, credits, price_cents, currency, created_at)
      VALUES (${accountId}, ${bill.topUpId}, 'invoice', ${bill.priceBookVersion}, ${bill.credits}, ${bill.priceCents}, ${bill.currency}, ${at})`);
  const lines = (bill?.lines ?? []).map((line): KeptLine => ({
    of: line.of,
    credits: `${line.credits}`,
    priceCents: `${line.priceCents}`,
  }));
  await tx.query(sql`
    INSERT INTO bills (account_id, month, last_seq, top_up_id, lines, net_days, po_number, made_at)
    VALUES (${accountId}, ${month}, ${lastSeq}, ${bill?.topUpId ?? null}, ${JSON.stringify(lines)}::jsonb, ${terms.netDays},
            ${terms.poNumber}, ${at})`);
}

export async function findBill(db: Queryable, { accountId, id }: TopUpKey): Promise<BillRow | null> {
  const [row] = await db.query<Omit<BillRow, 'lines'> & { lines: KeptLine[] }>(sql`
    SELECT month, lines, net_days AS "netDays", po_number AS "poNumber", due_at AS "dueAt" FROM bills
     WHERE account_id = ${accountId} AND top_up_id = ${id}`);
  if (row === undefined) return null;
  const lines = row.lines.map((line) => ({
    of: line.of,
    credits: credits(BigInt(line.credits)),
    priceCents: cents(BigInt(line.priceCents)),
  }));
  return { ...row, lines };
}

/** The invoice is with the customer: it waits for them until it is due. */
export async function markBillSent(tx: Tx, { accountId, id }: TopUpKey, dueAt: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE top_ups SET status = 'open'
     WHERE account_id = ${accountId} AND id = ${id} AND status = 'started' RETURNING id`);
  if (rows.length === 0) return false;
  await tx.query(
    sql`UPDATE bills SET due_at = ${dueAt} WHERE account_id = ${accountId} AND top_up_id = ${id}`,
  );
  return true;
}

/** True where it was this call that found it overdue, which is when the customer is told. */
export async function markBillOverdue(tx: Tx, { accountId, id }: TopUpKey, at: Date): Promise<boolean> {
  const rows = await tx.query(sql`
    UPDATE bills SET overdue_at = ${at}
     WHERE account_id = ${accountId} AND top_up_id = ${id} AND due_at < ${at} AND overdue_at IS NULL RETURNING month`);
  return rows.length === 1;
}

/** Bills that nobody has sent yet, and those that were to be paid by now. */
export const listOpenBills = (db: Queryable, now: Date): Promise<(TopUpKey & { isSent: boolean })[]> =>
  db.query(sql`
    SELECT t.account_id AS "accountId", t.id, t.status = 'open' AS "isSent"
      FROM bills b JOIN top_ups t ON t.account_id = b.account_id AND t.id = b.top_up_id
     WHERE t.status = 'started' OR (t.status = 'open' AND b.due_at < ${now} AND b.overdue_at IS NULL)`);

export async function hasOverdueBill(tx: Tx, accountId: AccountId): Promise<boolean> {
  const rows = await tx.query(sql`
    SELECT 1 FROM bills b JOIN top_ups t ON t.account_id = b.account_id AND t.id = b.top_up_id
     WHERE b.account_id = ${accountId} AND b.overdue_at IS NOT NULL AND t.status IN ('open', 'processing')`);
  return rows.length > 0;
}
