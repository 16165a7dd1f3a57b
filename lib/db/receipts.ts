import sql from 'sql-template-tag';

import type { Receipt } from '@/lib/domain/receipt';

import { firstOwnerOf } from './buyers';
import type { AccountId } from './context';
import type { Queryable } from './database';

/** A credited top-up as its buyer should read of it; null when it is not credited or nobody is there to tell. */
export async function readReceipt(
  db: Queryable,
  { accountId, id }: { accountId: AccountId; id: string },
): Promise<Receipt | null> {
  const [receipt] = await db.query<Receipt>(sql`
    SELECT t.id AS "topUpId", u.email AS "to", a.name AS "accountName", t.origin,
           t.credits, t.price_cents AS "priceCents", coalesce(p.received_cents, CASE t.origin WHEN 'invoice' THEN t.price_cents ELSE 0 END) AS "chargedCents", t.currency, t.stripe_invoice AS "stripeInvoice",
           t.credited_at AS "creditedAt", e.balance_after AS "balanceAfter"
      FROM top_ups t
      JOIN accounts a USING (account_id)
      JOIN users u ON u.id = coalesce(t.started_by, ${firstOwnerOf(sql`t.account_id`)})
      LEFT JOIN stripe_payments p ON p.payment = t.stripe_payment
      JOIN entries e ON e.account_id = t.account_id AND e.kind = 'topup' AND e.reference = t.id::text
     WHERE t.account_id = ${accountId} AND t.id = ${id} AND t.status = 'credited'`);
  return receipt ?? null;
}
