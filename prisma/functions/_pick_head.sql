-- Takes up the grant that is spent next: of those still live, the one that would be lost first, then the one of least
-- priority, then the oldest. Called under the account's lock, at the end of whatever laid the grants open.
CREATE OR REPLACE FUNCTION ledger._pick_head(p_account bigint, p_now timestamptz) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE balances b SET (head_grant, head_left, head_expires) = (
        SELECT next.grant_id, coalesce(next.remaining, 0), next.expires_at
          FROM (SELECT 1) AS always
          LEFT JOIN LATERAL (
               SELECT grant_id, remaining, expires_at FROM grants
                WHERE account_id = p_account AND remaining > 0 AND (expires_at IS NULL OR expires_at > p_now)
                ORDER BY expires_at NULLS LAST, priority, grant_id
                LIMIT 1
          ) AS next ON true
    )
     WHERE b.account_id = p_account;
$$;
