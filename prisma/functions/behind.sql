-- Accounts with at least `p_least` entries beyond their roll-ups, those that are farthest behind first.
CREATE OR REPLACE FUNCTION ledger.behind(p_least integer, p_limit integer) RETURNS TABLE (account_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.account_id
      FROM balances b LEFT JOIN usage_progress p ON p.account_id = b.account_id
     WHERE b.seq - coalesce(p.rolled_seq, 0) >= p_least
     ORDER BY b.seq - coalesce(p.rolled_seq, 0) DESC, b.account_id
     LIMIT p_limit
$$;
