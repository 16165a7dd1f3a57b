import sql from 'sql-template-tag';

import { type AccountId, accountOfRow } from './context';
import type { Queryable } from './database';

/** A session that looks at an account. */
export type Watch = { readonly sessionId: string; readonly accountId: AccountId };

/** What was last seen of an account: equal marks mean that nothing a screen shows has moved. Empty: nothing yet. */
export type Marks = ReadonlyMap<AccountId, string>;

export type WatchedNews = {
  changed: { accountId: AccountId; mark: string }[];
  /** Sessions that may look no longer. */
  ended: Watch[];
};

type Row = { accountId: bigint; mark: string | null; sessionId: string | null };

/** What moved in the watched accounts, and who may watch no more: one statement for all of them, however many. */
export async function readWatched(
  db: Queryable,
  { marks, watches }: { marks: Marks; watches: readonly Watch[] },
): Promise<WatchedNews> {
  const rows = await db.query<Row>(sql`
    SELECT seen.account_id AS "accountId", now.mark, NULL::uuid AS "sessionId"
      FROM unnest(${[...marks.keys()]}::bigint[], ${[...marks.values()]}::text[]) AS seen (account_id, mark)
      JOIN LATERAL (
          SELECT concat_ws('-', b.seq, b.balance, b.held, r.version, r.paused_because,
                     extract(epoch FROM r.resumed_at)::bigint, extract(epoch FROM last.finished_at)::bigint) AS mark
            FROM balances b
            LEFT JOIN auto_top_up_rules r ON r.account_id = b.account_id
            LEFT JOIN LATERAL (
                SELECT o.finished_at FROM operations o
                 WHERE o.account_id = b.account_id AND o.state = 'pending_payment'
                 ORDER BY o.finished_at DESC LIMIT 1
            ) AS last ON true
           WHERE b.account_id = seen.account_id
      ) AS now ON now.mark <> seen.mark
    UNION ALL
    SELECT watch.account_id, NULL, watch.session_id
      FROM unnest(${watches.map(({ accountId }) => accountId)}::bigint[],
                  ${watches.map(({ sessionId }) => sessionId)}::uuid[]) AS watch (account_id, session_id)
     WHERE NOT EXISTS (
         SELECT FROM sign_in_sessions s
           JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
           JOIN members m ON m.account_id = watch.account_id AND m.user_id = u.id
          WHERE s.id = watch.session_id AND s.revoked_at IS NULL AND s.expires_at > now())`);
  return {
    changed: rows.flatMap(({ accountId, mark }) =>
      mark === null ? [] : [{ accountId: accountOfRow(accountId), mark }],
    ),
    ended: rows.flatMap(({ accountId, sessionId }) =>
      sessionId === null ? [] : [{ accountId: accountOfRow(accountId), sessionId }],
    ),
  };
}
