import sql from 'sql-template-tag';

import type { ActivityEntry, ActivityPage, ActivityQuery } from '@/lib/contracts/activity';
import type { AccountCtx } from '@/lib/db/context';
import type { Cents, Credits } from '@/lib/domain/credits';
import type { EntryKind } from '@/lib/domain/entry';

type Row = {
  seq: bigint;
  kind: EntryKind;
  delta: Credits;
  balanceAfter: Credits;
  reference: string;
  service: string | null;
  createdAt: Date;
  topUpId: string | null;
  priceCents: Cents | null;
  currency: string | null;
  stripeInvoice: string | null;
};

/** The account's ledger, newest first, a page at a time. New entries never move what a later page shows. */
export async function readActivity(
  { db, accountId }: AccountCtx,
  { before, limit }: ActivityQuery,
): Promise<ActivityPage> {
  const below = before === undefined ? null : BigInt(before);
  // One more than asked tells whether there is a page after this one.
  const rows = await db.query<Row>(sql`
    SELECT seq, kind, delta, balance_after AS "balanceAfter", reference, service, created_at AS "createdAt", top_up_id AS "topUpId",
           price_cents AS "priceCents", currency, stripe_invoice AS "stripeInvoice"
      FROM ledger.activity(${accountId}, ${below}, ${limit + 1})`);

  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(toEntry),
    nextBefore: rows.length > limit && last ? last.seq.toString() : null,
  };
}

function toEntry({ topUpId, priceCents, currency, stripeInvoice, seq, ...entry }: Row): ActivityEntry {
  return {
    ...entry,
    seq: seq.toString(),
    purchase: purchaseOf({ topUpId, priceCents, currency, stripeInvoice }),
  };
}

function purchaseOf({
  topUpId,
  priceCents,
  currency,
  stripeInvoice,
}: Pick<Row, 'topUpId' | 'priceCents' | 'currency' | 'stripeInvoice'>): ActivityEntry['purchase'] {
  if (topUpId === null || priceCents === null || currency === null) return null;
  return { topUpId, priceCents, currency, stripeInvoiceId: stripeInvoice };
}
