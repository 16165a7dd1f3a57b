-- Writes the head register back to its grant and takes up the grant that is spent next: the one that would be lost
-- first. Called under the account's lock, whenever grants came or went.
CREATE OR REPLACE FUNCTION ledger._pick_head(p_account bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE grants g SET remaining = b.head_left
      FROM balances b
     WHERE b.account_id = p_account AND g.account_id = p_account AND g.grant_id = b.head_grant;

    UPDATE balances b SET (head_grant, head_left, head_expires) = (
        SELECT next.grant_id, coalesce(next.remaining, 0), next.expires_at
          FROM (SELECT 1) AS always
          LEFT JOIN LATERAL (
               SELECT grant_id, remaining, expires_at FROM grants
                WHERE account_id = p_account AND remaining > 0
                ORDER BY expires_at NULLS LAST, grant_id
                LIMIT 1
          ) AS next ON true
    )
     WHERE b.account_id = p_account;
$$;
