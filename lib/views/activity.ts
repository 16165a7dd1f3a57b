import sql from 'sql-template-tag';

import type { ActivityEntry, ActivityPage, ActivityQuery, ActivityShown } from '@/lib/contracts/activity';
import type { AccountCtx, AccountId } from '@/lib/db/context';
import { inSnapshot, type Queryable } from '@/lib/db/database';
import { findTimeZone } from '@/lib/db/time-zone';
import { findDays, NO_KEY } from '@/lib/db/usage';
import { findUsageChoices } from '@/lib/db/usage-choices';
import type { Cents, Credits } from '@/lib/domain/credits';
import type { EntryKind } from '@/lib/domain/entry';

import { unknownZone } from './usage';

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

type Wanted = { limit: number } & Partial<Omit<ActivityQuery, 'limit'>>;

/** The account's ledger, newest first, a page at a time. New entries never move what a later page shows. */
export const readActivity = ({ db, accountId }: AccountCtx, wanted: Wanted): Promise<ActivityPage> =>
  activityOf(db, accountId, wanted);

/** A page of the account's ledger, and what it can be narrowed to. */
export const readActivityShown = ({ db, accountId }: AccountCtx, wanted: Wanted): Promise<ActivityShown> =>
  inSnapshot(db, async (snapshot) => {
    const choices = await findUsageChoices(snapshot, accountId);
    const timeZone = wanted.timeZone ?? choices.timeZone;
    return { page: await activityOf(snapshot, accountId, { ...wanted, timeZone }), timeZone, choices };
  });

async function activityOf(db: Queryable, accountId: AccountId, wanted: Wanted): Promise<ActivityPage> {
  const { before, limit, kinds, services, apiKeyIds, least, most, sought } = wanted;
  const { start, end } = await daysOf(db, accountId, wanted);
  // One more than asked tells whether there is a page after this one.
  const rows = await db.query<Row>(sql`
    SELECT seq, kind, delta, balance_after AS "balanceAfter", reference, service, created_at AS "createdAt", top_up_id AS "topUpId",
           price_cents AS "priceCents", currency, stripe_invoice AS "stripeInvoice"
      FROM ledger.activity(
           ${accountId}, ${before === undefined ? null : BigInt(before)}, ${limit + 1}, ${kinds ?? null}::entry_kind[],
           ${services ?? null}::text[], ${apiKeyIds?.map((id) => id || NO_KEY) ?? null}::uuid[], ${start}, ${end},
           ${least ?? null}, ${most ?? null}, ${sought ?? null})`);

  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(toEntry),
    nextBefore: rows.length > limit && last ? last.seq.toString() : null,
  };
}

async function daysOf(db: Queryable, accountId: AccountId, { from, to, timeZone: said }: Wanted) {
  if (from === undefined && to === undefined) return { start: null, end: null };
  const timeZone = said ?? (await findTimeZone(db, accountId));
  const days = await findDays(db, { from, to, timeZone });
  if (!days) throw unknownZone(timeZone);
  return days;
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
