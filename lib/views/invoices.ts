import sql from 'sql-template-tag';

import type { InvoiceLine, InvoicePage, InvoiceQuery } from '@/lib/contracts/invoice';
import type { AccountCtx } from '@/lib/db/context';
import { type Cents, cents, type Credits } from '@/lib/domain/credits';
import { type CreditNote, type Invoice, standingOf } from '@/lib/domain/invoice';
import type { TopUpOrigin } from '@/lib/domain/top-up';

type Row = Pick<Invoice, 'status' | 'currency' | 'tax' | 'total'> & {
  key: string;
  id: string | null;
  number: string | null;
  issuedAt: Date;
  microseconds: bigint;
  origin: TopUpOrigin | null;
  credits: Credits | null;
  refunded: Cents;
  isDisputed: boolean;
  /** As JSON has them: amounts are digits. */
  notes: (Pick<CreditNote, 'id' | 'number'> & { total: string; issuedAt: string })[];
};

/** Every purchase of the account on paper, newest first, a page at a time. What is added later never moves a page. */
export async function readInvoices(
  { db, accountId }: AccountCtx,
  { before, limit }: InvoiceQuery,
): Promise<InvoicePage> {
  const [at, key] = cursorOf(before);
  // One more than asked tells whether there is a page after this one.
  const rows = await db.query<Row>(sql`
    WITH paper AS (
      SELECT coalesce(i.id, t.id::text) AS key, i.id, i.number, coalesce(i.status, 'paid') AS status,
             coalesce(i.currency, t.currency) AS currency, coalesce(i.tax_cents, 0) AS tax,
             coalesce(i.total_cents, p.received_cents, t.price_cents) AS total,
             coalesce(i.issued_at, t.credited_at) AS issued_at, t.origin, t.credits, t.id AS top_up_id
        FROM (SELECT * FROM invoices WHERE account_id = ${accountId}) AS i
        FULL JOIN (SELECT * FROM top_ups WHERE account_id = ${accountId} AND (status = 'credited' OR stripe_invoice IS NOT NULL)) AS t
          ON t.stripe_invoice = i.id
        LEFT JOIN stripe_payments p ON p.payment = t.stripe_payment
       WHERE i.id IS NOT NULL OR t.status = 'credited'
    ),
    placed AS (SELECT paper.*, (extract(epoch FROM issued_at) * 1000000)::bigint AS microseconds FROM paper)
    SELECT key, id, number, status, currency, tax, total, issued_at AS "issuedAt", microseconds, origin, credits,
           coalesce(back.refunded, 0)::bigint AS refunded, coalesce(back.is_disputed, false) AS "isDisputed", notes.list AS notes
      FROM placed
      LEFT JOIN LATERAL (
           SELECT sum(m.amount_cents) FILTER (WHERE m.kind = 'refund' AND m.state = 'gone') AS refunded,
                  bool_or(m.kind = 'dispute' AND m.state IN ('open', 'gone')) AS is_disputed
             FROM money_back m WHERE m.account_id = ${accountId} AND m.top_up_id = placed.top_up_id
      ) AS back ON true
      LEFT JOIN LATERAL (
           SELECT coalesce(json_agg(json_build_object(
                    'id', n.id, 'number', n.number, 'total', n.total_cents::text, 'issuedAt', n.issued_at
                  ) ORDER BY n.issued_at, n.id), '[]') AS list
             FROM credit_notes n WHERE n.account_id = ${accountId} AND n.invoice_id = placed.id AND n.status = 'issued'
      ) AS notes ON true
     WHERE ${at}::bigint IS NULL OR (microseconds, key) < (${at}, ${key})
     ORDER BY microseconds DESC, key DESC
     LIMIT ${limit + 1}`);

  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    invoices: shown.map(toLine),
    nextBefore: rows.length > limit && last ? `${last.microseconds}_${last.key}` : null,
  };
}

function cursorOf(before: string | undefined): [at: bigint | null, key: string | null] {
  if (before === undefined) return [null, null];
  const cut = before.indexOf('_');
  return [BigInt(before.slice(0, cut)), before.slice(cut + 1)];
}

function toLine({ id, number, currency, tax, total, refunded, issuedAt, ...row }: Row): InvoiceLine {
  const { origin, credits, notes } = row;
  return {
    id,
    number,
    standing: standingOf({ ...row, total }, { ...row, refunded }),
    currency,
    tax,
    total,
    refunded,
    purchase: origin === null || credits === null ? null : { origin, credits },
    creditNotes: notes.map((note) => ({
      ...note,
      total: cents(BigInt(note.total)),
      issuedAt: new Date(note.issuedAt),
    })),
    issuedAt,
  };
}
