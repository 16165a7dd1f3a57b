-- Accounts with entries that nobody audited, or that nobody looked at for a day; those never audited first, then those
-- that waited longest.
CREATE OR REPLACE FUNCTION ledger.accounts_to_audit(p_limit integer) RETURNS TABLE (account_id bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH now AS (SELECT ledger.now() AS now)
    SELECT b.account_id
      FROM now, balances b LEFT JOIN audit_marks m ON m.account_id = b.account_id
     WHERE m.account_id IS NULL OR m.seq <> b.seq OR m.audited_at <= now.now - interval '24 hours'
     ORDER BY m.audited_at NULLS FIRST
     LIMIT p_limit
$$;
