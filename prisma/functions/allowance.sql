-- How an account stands with its monthly allowance: what is left of it, whether anything is held or owed, and nothing once
-- it has ended. The head grant's remainder is read from the register, where it is current.
CREATE OR REPLACE FUNCTION ledger.allowance(p_account bigint)
RETURNS TABLE (opened_at timestamptz, last_reset_at timestamptz, next_reset_at timestamptz, remaining bigint, as_of timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.created_at, g.created_at, a.allowance_resets_at,
           CASE WHEN g.expires_at <= now THEN 0
                WHEN g.grant_id = b.head_grant THEN b.head_left
                ELSE coalesce(g.remaining, 0) END,
           now
      FROM accounts a
      JOIN balances b ON b.account_id = a.account_id
     CROSS JOIN ledger.now() AS now
      LEFT JOIN LATERAL (
           SELECT grant_id, created_at, expires_at, remaining FROM grants
            WHERE account_id = p_account AND kind = 'allowance' AND reference LIKE 'allowance:%'
            ORDER BY grant_id DESC LIMIT 1
      ) AS g ON true
     WHERE a.account_id = p_account
$$;
