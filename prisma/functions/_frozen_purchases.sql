-- What disputes froze of each purchase, and what is left of its grant.
CREATE OR REPLACE FUNCTION ledger._frozen_purchases(p_account bigint)
RETURNS TABLE (top_up text, frozen bigint, remaining bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.top_up_id::text, sum(m.frozen)::bigint,
           coalesce(max(CASE WHEN g.grant_id = b.head_grant THEN b.head_left ELSE g.remaining END), 0)
      FROM money_back m
      JOIN balances b ON b.account_id = m.account_id
      LEFT JOIN grants g ON g.account_id = m.account_id AND g.kind = 'topup' AND g.reference = m.top_up_id::text
     WHERE m.account_id = p_account AND m.frozen > 0
     GROUP BY m.top_up_id
$$;
