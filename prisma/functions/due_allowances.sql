-- Accounts whose allowance has ended, or that never had one; those that waited longest first.
CREATE OR REPLACE FUNCTION ledger.due_allowances(p_limit integer) RETURNS TABLE (account_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH now AS (SELECT ledger.now() AS now)
    (SELECT a.account_id FROM accounts a WHERE a.allowance_resets_at IS NULL LIMIT p_limit)
    UNION ALL
    (SELECT a.account_id FROM accounts a, now WHERE a.allowance_resets_at <= now.now ORDER BY a.allowance_resets_at LIMIT p_limit)
    LIMIT p_limit
$$;
