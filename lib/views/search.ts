import sql from 'sql-template-tag';

import type { Found, SearchQuery } from '@/lib/contracts/search';
import type { AccountCtx } from '@/lib/db/context';

const MOST_OF_A_KIND = 5;

/** Invoices by the beginning of their number, keys by name or beginning, work by its whole reference; of this account alone. */
export async function search({ db, accountId }: AccountCtx, { text }: SearchQuery): Promise<Found> {
  const [invoices, keys, operations] = await Promise.all([
    db.query<Found['invoices'][number]>(sql`
      SELECT id, number FROM invoices
       WHERE account_id = ${accountId} AND (starts_with(lower(number), lower(${text})) OR id = ${text})
       ORDER BY issued_at DESC, id LIMIT ${MOST_OF_A_KIND}`),
    db.query<Found['keys'][number]>(sql`
      SELECT id, name, prefix FROM api_keys
       WHERE account_id = ${accountId} AND revoked_at IS NULL
         AND (position(lower(${text}) IN lower(name)) > 0 OR starts_with(prefix, ${text}))
       ORDER BY created_at DESC, id LIMIT ${MOST_OF_A_KIND}`),
    // By the whole reference: an account may have millions, and their index is for finding one.
    db.query<Found['operations'][number]>(sql`
      SELECT reference, service FROM operations WHERE account_id = ${accountId} AND reference = ${text}
      UNION
      SELECT reference, service FROM entries
       WHERE account_id = ${accountId} AND kind = 'consume' AND reference = ${text}
      LIMIT ${MOST_OF_A_KIND}`),
  ]);
  return { invoices, keys, operations };
}
