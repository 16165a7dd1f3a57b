import sql from 'sql-template-tag';

import type { Cents, Credits } from '@/lib/domain/credits';
import type { EntryKind } from '@/lib/domain/entry';
import type { HOLD_STATES, OperationState } from '@/lib/domain/operation-state';
import type { TopUpOrigin } from '@/lib/domain/top-up';

import type { AccountId } from '../context';
import type { Queryable } from '../database';

type Line = { accountId: AccountId; seq: bigint };

export type ShortRow = { seq: bigint; kind: EntryKind; delta: Credits; reference: string; createdAt: Date };

export type ProofRow = ShortRow & {
  balanceAfter: Credits;
  service: string | null;
  apiKeyName: string | null;
  ofSeq: bigint | null;
  calculation: unknown;
  metadata: Record<string, unknown> | null;
  holdAmount: Credits | null;
  holdState: (typeof HOLD_STATES)[number] | null;
  holdCreatedAt: Date | null;
  holdExpiresAt: Date | null;
  operationState: OperationState | null;
  operationCreatedAt: Date | null;
  operationFinishedAt: Date | null;
  openedAmount: Credits | null;
  openedExpiresAt: Date | null;
  origin: TopUpOrigin | null;
  priceCents: Cents | null;
  currency: string | null;
  priceBookVersion: string | null;
  packageId: string | null;
  stripePaymentId: string | null;
  stripeInvoiceId: string | null;
};

/** A line with all that is kept beside it; of one that answers a charge, service and key are the charge's. */
export async function findProof(db: Queryable, { accountId, seq }: Line): Promise<ProofRow | null> {
  const [row] = await db.query<ProofRow>(sql`
    SELECT e.seq, e.kind, e.delta, e.reference, e.created_at AS "createdAt", e.balance_after AS "balanceAfter", e.of_seq AS "ofSeq",
           coalesce(e.service, c.service) AS service, k.name AS "apiKeyName", d.calculation, d.metadata,
           h.amount AS "holdAmount", h.state AS "holdState", h.created_at AS "holdCreatedAt", h.expires_at AS "holdExpiresAt",
           o.state AS "operationState", o.created_at AS "operationCreatedAt", o.finished_at AS "operationFinishedAt",
           g.amount AS "openedAmount", g.expires_at AS "openedExpiresAt",
           t.origin, t.price_cents AS "priceCents", t.currency, t.price_book_version AS "priceBookVersion",
           t.package_id AS "packageId", t.stripe_payment AS "stripePaymentId", t.stripe_invoice AS "stripeInvoiceId"
      FROM entries e
      LEFT JOIN entries c ON c.account_id = e.account_id AND c.seq = e.of_seq
      LEFT JOIN entry_details d ON d.account_id = e.account_id AND d.seq = e.seq
      LEFT JOIN api_keys k ON k.id = coalesce(e.api_key_id, c.api_key_id) AND k.account_id = e.account_id
      LEFT JOIN holds h ON e.kind = 'consume' AND h.account_id = e.account_id AND h.reference = e.reference
      LEFT JOIN operations o ON e.kind = 'consume' AND o.account_id = e.account_id AND o.reference = e.reference
      LEFT JOIN grants g ON g.account_id = e.account_id AND g.grant_id = e.seq
      LEFT JOIN top_ups t ON e.kind = 'topup' AND t.account_id = e.account_id AND t.id::text = e.reference
     WHERE e.account_id = ${accountId} AND e.seq = ${seq}`);
  return row ?? null;
}

export type TouchedGrant = { seq: bigint; kind: EntryKind; amount: Credits; expiresAt: Date | null };

/** The grants that a line took from or gave back to, without the one that it opened, those that end first first. */
export const findTouchedGrants = (db: Queryable, { accountId, seq }: Line): Promise<TouchedGrant[]> =>
  db.query<TouchedGrant>(sql`
    SELECT g.grant_id AS seq, g.kind, coalesce(a.amount, abs(e.delta)) AS amount, g.expires_at AS "expiresAt"
      FROM entries e
      JOIN grants g ON g.account_id = e.account_id AND g.grant_id <> e.seq
      LEFT JOIN allocations a ON a.account_id = e.account_id AND a.seq = e.seq AND a.grant_id = g.grant_id
     WHERE e.account_id = ${accountId} AND e.seq = ${seq}
       AND g.grant_id = ANY (e.grant_id || ARRAY(
             SELECT grant_id FROM allocations WHERE account_id = e.account_id AND allocations.seq = e.seq))
     ORDER BY g.expires_at NULLS LAST, g.grant_id`);

/** The lines that answer a line, and the one that it answers, in order. */
export const findAnswers = (
  db: Queryable,
  { accountId, seq, ofSeq }: Line & { ofSeq: bigint | null },
): Promise<ShortRow[]> =>
  db.query<ShortRow>(sql`
    SELECT seq, kind, delta, reference, created_at AS "createdAt" FROM entries
     WHERE account_id = ${accountId} AND (of_seq = ${seq} OR seq = ${ofSeq})
     ORDER BY seq`);
